import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makePictureSizes } from '../../functions/adapters/make-picture-sizes.ts';
import { createPictureCodecs } from '../../functions/adapters/picture-codecs.ts';
import { SeedRejected } from '../../functions/core/article.ts';
import { inspectImage } from '../../functions/core/image/inspect-image.ts';
import { codecFiles } from '../../functions/platform/contract.ts';
import { mutateBytes } from '../core/image/mutate-bytes.ts';
import {
  addJpegSegments,
  addPngChunks,
  buildExif,
  buildJpegSegment,
  buildPngChunk,
  imageCases,
  sampleImages,
  secret,
} from '../core/image/sample-images.ts';

const { resolve } = createRequire(import.meta.url);
const codecs = createPictureCodecs((file) => readFileSync(resolve(codecFiles[file])));
const make = (key: string, bytes: Uint8Array) => makePictureSizes(codecs, key, bytes);

/** Red on the left, blue on the right, and a white top row. */
const draw = (width: number, height: number, alpha = 255) => {
  const data = new Uint8Array(width * height * 4);
  for (let index = 0; index < width * height; index += 1) {
    const isTop = index < width * Math.ceil(height / 4);
    const isLeft = index % width < width / 2;
    data.set(isTop ? [255, 255, 255, alpha] : isLeft ? [220, 20, 20, alpha] : [20, 20, 220, alpha], index * 4);
  }
  return { data, width, height };
};

const contains = (bytes: Uint8Array, text: string): boolean => Buffer.from(bytes).includes(text, 0, 'latin1');
const exifPrefix = Buffer.from('Exif\0\0');

test('a photograph has three widths in WebP and three in JPEG', async () => {
  const jpeg = await codecs.encodeJpeg(draw(1700, 85));
  const { type, files } = await make('quay.jpg', jpeg);
  expect(type).toBe('jpg');
  expect(files.map(({ name }) => name)).toEqual([
    '480.webp',
    '960.webp',
    '1600.webp',
    '480.jpg',
    '960.jpg',
    '1200.jpg',
  ]);
  for (const { name, bytes } of files) {
    const width = Number.parseInt(name, 10);
    expect(inspectImage(name, bytes)).toMatchObject({ width, height: width / 20, orientation: 1 });
  }
  expect(await make('quay.jpg', jpeg)).toEqual({ type, files });
});

test('a drawing, and what is transparent, has PNG beside WebP', async () => {
  const drawing = await codecs.encodePng(draw(400, 200));
  const { type, files } = await make('map.png', drawing);
  expect([type, files.map(({ name }) => name)]).toEqual(['png', ['400.webp', '400.png']]);
  const glass = await make('glass.webp', await codecs.encodeWebp(draw(100, 100, 40), false));
  expect(glass.files.map(({ name }) => name)).toEqual(['100.webp', '100.png']);
  const [, png] = glass.files;
  const { data } = await codecs.decode('image/png', png?.bytes ?? new Uint8Array());
  expect(data[3]).toBe(40);
});

test.each(imageCases)('$key has sizes without any of its metadata, or none', async ({ key, plain, withMetadata }) => {
  const { files } = await make(key, withMetadata);
  const stays = /cmyk|animated/.test(key);
  expect(files.length).toBe(stays ? 0 : 2);
  expect(await make(key, plain)).toEqual({ ...(await make(key, withMetadata)) });
  for (const { bytes } of files) {
    expect(contains(bytes, secret)).toBe(false);
    expect(contains(bytes, 'Exif')).toBe(false);
  }
});

describe('a picture that is stored on its side', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('is upright: orientation %i', async (orientation) => {
    // Stored so that, turned as its EXIF says, it is as drawn.
    const inverse: Readonly<Record<number, number>> = { 6: 8, 8: 6 };
    const { turnPixels } = await import('../../functions/core/image/turn-pixels.ts');
    const stored = turnPixels(draw(64, 32), inverse[orientation] ?? orientation);
    const jpeg = addJpegSegments(
      await codecs.encodeJpeg(stored),
      buildJpegSegment(0xe1, Buffer.concat([exifPrefix, buildExif(orientation)])),
    );
    const { files } = await make('a.jpg', jpeg);
    const small = files.find(({ name }) => name.endsWith('.jpg'))?.bytes ?? new Uint8Array();
    expect(inspectImage('a.jpg', small)).toMatchObject({ width: 64, height: 32, orientation: 1 });
    const { data } = await codecs.decode('image/jpeg', small);
    const at = (x: number, y: number) => [...data.subarray((y * 64 + x) * 4, (y * 64 + x) * 4 + 3)];
    expect(Math.min(...at(32, 1))).toBeGreaterThan(200);
    const [left, right] = [at(10, 20), at(50, 20)];
    expect(left[0]).toBeGreaterThan(150);
    expect(left[2]).toBeLessThan(100);
    expect(right[2]).toBeGreaterThan(150);
  });
});

describe('of metadata, sizes keep', () => {
  const profile = Buffer.concat([Buffer.alloc(16), Buffer.from('RGB '), Buffer.alloc(80_000, 7)]);
  test('the color profile', async () => {
    const parts = [profile.subarray(0, 60_000), profile.subarray(60_000)].map((part, index) =>
      buildJpegSegment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0'), Buffer.from([index + 1, 2]), part])),
    );
    const jpeg = addJpegSegments(await codecs.encodeJpeg(draw(64, 32)), ...parts);
    const { readColorProfile } = await import('../../functions/core/image/color-profile.ts');
    const { files } = await make('a.jpg', jpeg);
    for (const { name, bytes } of files)
      expect(Buffer.from(readColorProfile(name, bytes) ?? []), name).toEqual(profile);
    const [webp, jpg] = files;
    for (const [type, file] of [
      ['image/webp', webp],
      ['image/jpeg', jpg],
    ] as const)
      expect(await codecs.decode(type, file?.bytes ?? new Uint8Array())).toMatchObject({ width: 64, height: 32 });
    const png = await make(
      'a.png',
      addPngChunks(
        await codecs.encodePng(draw(64, 32)),
        buildPngChunk('iCCP', Buffer.concat([Buffer.from('P\0\0'), (await import('node:zlib')).deflateSync(profile)])),
      ),
    );
    for (const { name, bytes } of png.files)
      expect(Buffer.from(readColorProfile(name, bytes) ?? []), name).toEqual(profile);
  });

  test('the copyright notice', async () => {
    const iptc = Buffer.concat([
      Buffer.from('Photoshop 3.0\0' + '8BIM', 'latin1'),
      Buffer.from([4, 4, 0, 0, 0, 0, 0, 5 + 13]),
      Buffer.from([0x1c, 2, 116, 0, 13]),
      Buffer.from('© Ana Reis 26', 'latin1'),
    ]);
    const jpeg = addJpegSegments(await codecs.encodeJpeg(draw(64, 32)), buildJpegSegment(0xed, iptc));
    const { files } = await make('a.jpg', jpeg);
    const { readPictureCredits } = await import('../../functions/core/image/read-picture-credits.ts');
    for (const { name, bytes } of files)
      expect(readPictureCredits(name, bytes), name).toEqual({ copyright: '© Ana Reis 26' });
  });
});

test('fifty photographs with a position have sizes without any', async () => {
  const jpeg = await codecs.encodeJpeg(draw(16, 12));
  const number = fc.nat(359);
  await fc.assert(
    fc.asyncProperty(
      number,
      number,
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom('II', 'MM'),
      async (latitude, longitude, orientation, order) => {
        const exif = buildExif(orientation, order === 'II' ? 'II' : 'MM');
        const xmp = `http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude="${latitude},1N" exif:GPSLongitude="${longitude},2E"/>`;
        const located = addJpegSegments(
          jpeg,
          buildJpegSegment(0xe1, Buffer.concat([exifPrefix, exif])),
          buildJpegSegment(0xe1, xmp),
        );
        const { files } = await make('a.jpg', located);
        expect(files.length).toBe(2);
        for (const { bytes } of files) {
          expect(contains(bytes, 'GPS')).toBe(false);
          // Tag 0x8825 leads to the position.
          expect(contains(bytes, '\x88\x25\0\x04')).toBe(false);
          expect(contains(bytes, '\x25\x88\x04\0')).toBe(false);
          expect(contains(bytes, 'Exif')).toBe(false);
        }
      },
    ),
    { numRuns: 50 },
  );
});

test('a damaged picture is refused, or has sizes of what could be read', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .constantFrom('baseline.jpg' as const, 'plain.png' as const, 'lossy.webp' as const, 'alpha.avif' as const)
        .chain((key) => mutateBytes(sampleImages[key]).map((bytes) => ({ key, bytes }))),
      async ({ key, bytes }) => {
        try {
          await make(key, bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(SeedRejected);
        }
      },
    ),
    { numRuns: 60 },
  );
});
