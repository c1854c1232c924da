import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeedRejected } from '../../../functions/core/article.ts';
import { inspectImage } from '../../../functions/core/image/inspect-image.ts';
import { stripImageMetadata } from '../../../functions/core/image/strip-image-metadata.ts';
import { mutateBytes } from './mutate-bytes.ts';
import {
  addJpegSegments,
  addPngChunks,
  addWebpChunks,
  buildExif,
  buildJpegSegment,
  buildPngChunk,
  buildWebpChunk,
  imageCases,
  sampleImages,
} from './sample-images.ts';

const inspect = (key: string, image: Uint8Array) => inspectImage(key, stripImageMetadata(key, image));

const withBytes = (image: Uint8Array, offset: number, bytes: readonly number[]): Uint8Array => {
  const changed = Uint8Array.from(image);
  changed.set(bytes, offset);
  return changed;
};

const jpeg = sampleImages['baseline.jpg'];
const frame = Buffer.from(jpeg).indexOf(Uint8Array.of(0xff, 0xc0));

test.each(imageCases)('$key has 8 by 6 pixels', ({ key, withMetadata }) => {
  expect(inspect(key, withMetadata)).toMatchObject({ width: 8, height: 6, orientation: 1 });
});

test('what moves or is not RGB is not resized', () => {
  const resized = imageCases.filter(({ key, plain }) => inspect(key, plain).canBeResized).map(({ key }) => key);
  expect(resized).toEqual([
    'baseline.jpg',
    'progressive.jpg',
    'plain.png',
    'lossy.webp',
    'lossless.webp',
    'alpha.webp',
    'alpha.avif',
    'with-exif-and-xmp.avif',
  ]);
});

describe('a picture that is stored on its side', () => {
  test.each([
    ['a.jpg', (exif) => addJpegSegments(jpeg, buildJpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif])))],
    ['a.png', (exif) => addPngChunks(sampleImages['plain.png'], buildPngChunk('eXIf', exif))],
    ['a.webp', (exif) => addWebpChunks(sampleImages['alpha.webp'], buildWebpChunk('EXIF', exif))],
  ] as const satisfies readonly (readonly [string, (exif: Uint8Array) => Uint8Array])[])(
    '%s is shown upright',
    (key, addExif) => {
      for (let orientation = 1; orientation <= 8; orientation += 1)
        expect(inspect(key, addExif(buildExif(orientation)))).toMatchObject({
          ...(orientation > 4 ? { width: 6, height: 8 } : { width: 8, height: 6 }),
          orientation,
        });
    },
  );
});

test('a picture of over fifty megapixels is refused with its size', () => {
  const enlarge = (height: number, width: number) =>
    withBytes(jpeg, frame + 5, [height >> 8, height & 255, width >> 8, width & 255]);
  expect(inspect('a.jpg', enlarge(5000, 10_000))).toMatchObject({ width: 10_000, height: 5000 });
  expect(() => inspect('a.jpg', enlarge(5001, 10_000))).toThrow(
    'The image has 51 megapixels (10000 × 5001), at most 50 are published. Save it smaller.',
  );
});

test('a JPEG of very many scans is refused', () => {
  const scan = Buffer.from(jpeg).indexOf(Uint8Array.of(0xff, 0xda));
  const scans = (count: number) =>
    Buffer.concat([
      jpeg.subarray(0, scan),
      ...Array.from({ length: count }, () => jpeg.subarray(scan, -2)),
      jpeg.subarray(-2),
    ]);
  expect(inspect('a.jpg', scans(100)).width).toBe(8);
  expect(() => inspect('a.jpg', scans(101))).toThrow('101 scans');
});

test.each(imageCases)(
  'damage of $key is refused or leaves a size, and nothing else is thrown',
  ({ key, withMetadata }) => {
    fc.assert(
      fc.property(mutateBytes(withMetadata), (mutated) => {
        try {
          const { width, height } = inspect(key, mutated);
          expect(width * height).toBeLessThanOrEqual(50_000_000);
        } catch (error) {
          expect(error).toBeInstanceOf(SeedRejected);
        }
      }),
    );
  },
);
