import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxPictureBytes } from '../../../functions/core/article/check-seed-file.ts';
import { SeedRejected } from '../../../functions/core/article.ts';
import { stripImageMetadata } from '../../../functions/core/image/strip-image-metadata.ts';
import { measureCpuMs } from '../../measure-cpu-ms.ts';
import { mutateBytes } from './mutate-bytes.ts';
import {
  addGifExtensions,
  addJpegSegments,
  addPngChunks,
  addWebpChunks,
  buildExif,
  buildGifExtension,
  buildJpegSegment,
  buildPngChunk,
  buildWebpChunk,
  imageCases,
  sampleImages,
  secret,
} from './sample-images.ts';

const contains = (image: Uint8Array, text: string): boolean => Buffer.from(image).includes(text, 0, 'latin1');
const concat = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

/** The stripped image, or the reason of the refusal. */
const strip = (key: string, image: Uint8Array): Uint8Array | string => {
  try {
    return stripImageMetadata(key, image);
  } catch (error) {
    if (error instanceof SeedRejected) return error.message;
    throw error;
  }
};

describe.each(imageCases)('$key', ({ key, plain, withMetadata }) => {
  test('loses all metadata, and what is behind its end', () => {
    expect(contains(withMetadata, secret)).toBe(true);
    const stripped = stripImageMetadata(key, withMetadata);
    expect(contains(stripped, secret)).toBe(false);
    expect(contains(stripped, 'http://ns.adobe.com')).toBe(false);
  });

  test('is otherwise the same file', () => {
    const stripped = stripImageMetadata(key, withMetadata);
    expect(stripped.subarray(0, plain.length)).toEqual(stripImageMetadata(key, plain));
    expect(stripImageMetadata(key, stripped)).toEqual(stripped);
    if (!key.endsWith('.avif')) expect(stripped.length).toBeLessThanOrEqual(plain.length);
  });

  test('is refused wherever it is cut off', () => {
    const whole = stripImageMetadata(key, plain);
    for (let length = 0; length < plain.length; length += 1) {
      const stripped = strip(key, plain.subarray(0, length));
      // The end of each image of a GIF may be the end of the file.
      if (typeof stripped !== 'string') expect(key).toMatch(/gif$/);
      if (length < whole.length / 2) expect(stripped, `${length} bytes`).toBeTypeOf('string');
    }
  });
});

describe('orientation', () => {
  const upright = {
    jpg: sampleImages['baseline.jpg'],
    png: sampleImages['plain.png'],
    webp: sampleImages['alpha.webp'],
  };
  const images = [
    ['a.jpg', upright.jpg, (exif) => addJpegSegments(upright.jpg, buildJpegSegment(0xe1, concat(exifPrefix, exif)))],
    ['a.png', upright.png, (exif) => addPngChunks(upright.png, buildPngChunk('eXIf', exif))],
    ['a.webp', upright.webp, (exif) => addWebpChunks(upright.webp, buildWebpChunk('EXIF', exif))],
  ] as const satisfies readonly (readonly [string, Uint8Array, (exif: Uint8Array) => Uint8Array])[];

  test.each(images)('of %s is kept, without the rest of its EXIF', (key, _, addExif) => {
    for (const byteOrder of ['II', 'MM'] as const)
      for (let orientation = 2; orientation <= 8; orientation += 1) {
        const stripped = stripImageMetadata(key, addExif(buildExif(orientation, byteOrder)));
        expect(contains(stripped, orientationEntry(orientation))).toBe(true);
        expect(contains(stripped, secret)).toBe(false);
        expect(stripImageMetadata(key, stripped)).toEqual(stripped);
      }
  });

  test.each(images)('of %s leaves nothing where it is upright or not an orientation', (key, plain, addExif) => {
    for (const orientation of [0, 1, 9, 65_535])
      expect(stripImageMetadata(key, addExif(buildExif(orientation)))).toEqual(stripImageMetadata(key, plain));
  });

  test.each(images)('of %s may be in EXIF that is broken anywhere', (key, plain, addExif) => {
    fc.assert(
      fc.property(mutateBytes(buildExif(6)), (exif) => {
        const stripped = stripImageMetadata(key, addExif(exif));
        expect(contains(stripped, secret)).toBe(false);
        expect(stripped.length).toBeLessThan(plain.length + 64);
      }),
    );
  });
});

const exifPrefix = new TextEncoder().encode('Exif\0\0');
/** Tag 0x0112, one short, big-endian. */
const orientationEntry = (orientation: number): string =>
  `\x01\x12\0\x03\0\0\0\x01\0${String.fromCharCode(orientation)}`;

describe('what is seen is kept', () => {
  const profile = `profile of colors`;

  test('a JPEG keeps its color profile and what Adobe says of its channels', () => {
    const jpeg = addJpegSegments(
      sampleImages['baseline.jpg'],
      buildJpegSegment(0xe2, `ICC_PROFILE\0\x01\x02${profile}`),
      buildJpegSegment(0xe2, `ICC_PROFILE\0\x02\x02${profile}`),
    );
    expect(stripImageMetadata('a.jpg', jpeg)).toEqual(jpeg);
    expect(contains(stripImageMetadata('a.jpg', sampleImages['cmyk.jpg']), 'Adobe')).toBe(true);
  });

  test('a JPEG loses the thumbnail in its first segment', () => {
    const jpeg = sampleImages['baseline.jpg'];
    const header = buildJpegSegment(0xe0, `JFIF\0\x01\x01\0\0\x01\0\x01\x01\x02${secret}`);
    expect(stripImageMetadata('a.jpg', concat(jpeg.subarray(0, 2), header, jpeg.subarray(20)))).toEqual(jpeg);
  });

  test('a JPEG loses metadata between its scans', () => {
    const jpeg = sampleImages['progressive.jpg'];
    const secondScan = Buffer.from(jpeg).lastIndexOf(Buffer.of(0xff, 0xda));
    const comment = buildJpegSegment(0xfe, secret);
    const commented = concat(jpeg.subarray(0, secondScan), comment, jpeg.subarray(secondScan));
    expect(stripImageMetadata('a.jpg', commented)).toEqual(jpeg);
  });

  test('a PNG keeps its color profile, size and transparency', () => {
    const chunks = ['iCCP', 'gAMA', 'cHRM', 'sRGB', 'cICP', 'pHYs', 'tRNS'].map((type) => buildPngChunk(type, profile));
    const png = addPngChunks(sampleImages['plain.png'], ...chunks);
    expect(stripImageMetadata('a.png', png)).toEqual(png);
  });

  test('a GIF keeps its repetitions and its color profile', () => {
    const gif = addGifExtensions(sampleImages['animated.gif'], buildGifExtension(0xff, 'ICCRGBG1012', profile));
    expect(stripImageMetadata('a.gif', gif)).toEqual(gif);
    expect(contains(gif, 'NETSCAPE2.0')).toBe(true);
  });

  test('a GIF without its last byte is given it', () => {
    const gif = sampleImages['animated.gif'];
    expect(stripImageMetadata('a.gif', gif.subarray(0, -1))).toEqual(gif);
  });

  test('a WebP keeps its color profile, and its flags say what it has', () => {
    const webp = sampleImages['alpha.webp'];
    const all = concat(webp.subarray(0, 20), Uint8Array.of(0x3c), webp.subarray(21));
    const withProfile = stripImageMetadata('a.webp', addWebpChunks(all, buildWebpChunk('ICCP', profile)));
    expect(contains(withProfile, profile)).toBe(true);
    expect(withProfile[20]).toBe(0x30);
    const turned = stripImageMetadata('a.webp', addWebpChunks(all, buildWebpChunk('EXIF', buildExif(6))));
    expect(turned[20]).toBe(0x18);
  });

  test('a WebP loses what is hidden in the frames of its animation', () => {
    const webp = sampleImages['animated.webp'];
    const start = Buffer.from(webp).indexOf('ANMF');
    const length = Buffer.from(webp).readUInt32LE(start + 4);
    const frame = webp.subarray(start + 8, start + 8 + length);
    const hiding = buildWebpChunk('ANMF', concat(frame, buildWebpChunk('prVt', secret)));
    const altered = addWebpChunks(webp.subarray(0, start), hiding, webp.subarray(start + 8 + length));
    expect(contains(altered, secret)).toBe(true);
    expect(stripImageMetadata('a.webp', altered)).toEqual(stripImageMetadata('a.webp', webp));
  });
});

describe('a file that is not what its name says', () => {
  test.each([
    [
      'a.jpg',
      sampleImages['plain.png'],
      /ends in \.jpg, but the file is a PNG image\. Give it a name that ends in \.png/,
    ],
    ['a.png', sampleImages['baseline.jpg'], /ends in \.png, but the file is a JPEG image/],
    ['a.jpeg', sampleImages['alpha.avif'], /ends in \.jpeg, but the file is an AVIF image/],
    ['a.webp', sampleImages['animated.gif'], /a GIF image/],
    ['a.gif', sampleImages['lossy.webp'], /a WebP image/],
    ['a.jpg', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), /a HEIC image\. Save it as JPEG/],
    ['a.jpg', Buffer.from('%PDF-1.7'), /a PDF document/],
    ['a.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), /not an image/],
    ['a.png', new Uint8Array(), /empty/],
  ])('%s is refused in words for its publisher', (key, bytes, reason) => {
    expect(strip(key, bytes)).toMatch(reason);
  });

  test('an animated AVIF, whose frames are not looked into, is refused', () => {
    const box = Buffer.from('\0\0\0\x08moov', 'latin1');
    expect(strip('a.avif', concat(sampleImages['alpha.avif'], box))).toMatch(/Animated AVIF/);
  });
});

describe('a damaged file', () => {
  test.each(imageCases)('made from $key is refused, or stripped to a file that is whole', ({ key, withMetadata }) => {
    fc.assert(
      fc.property(mutateBytes(withMetadata), (mutated) => {
        const stripped = strip(key, mutated);
        if (typeof stripped !== 'string') expect(stripImageMetadata(key, stripped)).toEqual(stripped);
      }),
      { numRuns: 300 },
    );
  });

  const repeat = (part: Uint8Array, length: number): Uint8Array => Buffer.alloc(length, part);
  const jpeg = sampleImages['baseline.jpg'];
  test.each([
    ['bytes before a marker', 'a.jpg', (size: number) => addJpegSegments(jpeg, repeat(Uint8Array.of(0xff), size))],
    ['stuffed bytes', 'a.jpg', (size: number) => concat(jpeg.subarray(0, -2), repeat(Uint8Array.of(0xff, 0), size))],
    ['empty comments', 'a.jpg', (size: number) => addJpegSegments(jpeg, repeat(buildJpegSegment(0xfe, ''), size))],
    [
      'empty chunks of a PNG',
      'a.png',
      (size: number) => addPngChunks(sampleImages['plain.png'], repeat(buildPngChunk('gAMA', ''), size)),
    ],
    [
      'empty chunks of a WebP',
      'a.webp',
      (size: number) => addWebpChunks(sampleImages['alpha.webp'], repeat(buildWebpChunk('ALPH', ''), size)),
    ],
    [
      'blocks of one byte',
      'a.gif',
      (size: number) =>
        concat(
          sampleImages['animated.gif'].subarray(0, 25),
          Uint8Array.of(0x21, 0xfe),
          repeat(Uint8Array.of(1, 1), size),
        ),
    ],
    [
      'empty boxes',
      'a.avif',
      (size: number) => concat(sampleImages['alpha.avif'], repeat(Buffer.from('\0\0\0\x08free', 'latin1'), size)),
    ],
  ])('of 30 MB of %s takes no more than moments', (_, key, build) => {
    const image = build(maxPictureBytes);
    expect(measureCpuMs(() => strip(key, image))).toBeLessThan(6000);
  });
});
