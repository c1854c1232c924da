import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SeedRejected } from '../../../functions/core/article.ts';
import { stripImageMetadata } from '../../../functions/core/image/strip-image-metadata.ts';
import { findImageType } from '../../../functions/core/seed-kind.ts';
import { hasChromium, startChromium } from '../site/browser.ts';
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

if (!hasChromium) console.warn('Images are not looked at in a browser: there is no /usr/bin/chromium.');

/** Run in the page, which has the types of another platform. */
const readPixelsInPage = `(urls) => Promise.all(urls.map(async (url) => {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    return '';
  }
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.some((value) => value > 0) ? canvas.width + ' × ' + canvas.height + ': ' + pixels.join() : '';
}))`;

/** Width, height and pixels of images as a page shows them; an empty text where it shows nothing. */
const readPixels = (page: Page, key: string, images: readonly Uint8Array[]): Promise<string[]> => {
  const urls = images.map((image) => `data:${findImageType(key)};base64,${Buffer.from(image).toString('base64')}`);
  return page.evaluate<string[]>(`(${readPixelsInPage})(${JSON.stringify(urls)})`);
};

const addExifPrefix = (exif: Uint8Array): Uint8Array => Buffer.concat([Buffer.from('Exif\0\0'), exif]);

const strip = (key: string, image: Uint8Array): Uint8Array | undefined => {
  try {
    return stripImageMetadata(key, image);
  } catch (error) {
    if (error instanceof SeedRejected) return undefined;
    throw error;
  }
};

describe.skipIf(!hasChromium)('in a browser', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await startChromium();
    page = await browser.newPage();
  });
  afterAll(() => browser.close());

  test.each(imageCases)('$key looks the same without its metadata', async ({ key, withMetadata }) => {
    const [before, after] = await readPixels(page, key, [withMetadata, stripImageMetadata(key, withMetadata)]);
    expect(before).toMatch(/^8 × 6: \d/);
    expect(after).toBe(before);
  });

  const exif = buildExif(6);
  test.each([
    ['a.jpg', addJpegSegments(sampleImages['baseline.jpg'], buildJpegSegment(0xe1, addExifPrefix(exif)))],
    ['a.png', addPngChunks(sampleImages['plain.png'], buildPngChunk('eXIf', exif))],
    ['a.webp', addWebpChunks(sampleImages['alpha.webp'], buildWebpChunk('EXIF', exif))],
  ])('a turned %s is shown as before', async (key, turned) => {
    const [before, after] = await readPixels(page, key, [turned, stripImageMetadata(key, turned)]);
    expect(after).toBe(before);
    // Chromium does not turn WebP.
    if (!key.endsWith('.webp')) expect(after).toMatch(/^6 × 8: \d/);
  });

  // The samples are fixed: how much browsers show of broken image data depends on what follows it in the file.
  test.each(imageCases)('what is published of a damaged $key looks as it did', async ({ key, withMetadata }) => {
    const pairs = fc.sample(mutateBytes(withMetadata), { seed: 9, numRuns: 100 }).flatMap((damaged) => {
      const stripped = strip(key, damaged);
      return stripped ? [[damaged, stripped] as const] : [];
    });
    const before = await readPixels(
      page,
      key,
      pairs.map(([damaged]) => damaged),
    );
    const after = await readPixels(
      page,
      key,
      pairs.map(([, stripped]) => stripped),
    );
    for (const [index, pixels] of before.entries()) if (pixels !== '') expect(after[index], `${index}`).toBe(pixels);
  });
});
