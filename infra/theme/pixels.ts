import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { decode, encode, initSync as initPng } from '@jsquash/png/codec/pkg/squoosh_png.js';
import { initSync as initResize, resize } from '@jsquash/resize/lib/resize/pkg/squoosh_resize.js';
import { encodeDrawing } from '../../functions/core/card/encode-drawing.ts';
import { memoize } from '../../functions/core/text/memoize.ts';
import { codecFiles } from '../../functions/platform/contract.ts';

/** Four bytes (red, green, blue, opacity) for each pixel, row by row. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const { resolve } = createRequire(import.meta.url);
const lanczos3 = 3;

/** The codecs of `resize-picture`. */
const startCodecs = memoize((): true => {
  initPng(readFileSync(resolve(codecFiles['squoosh_png_bg.wasm'])));
  initResize(readFileSync(resolve(codecFiles['squoosh_resize_bg.wasm'])));
  return true;
});

export const encodePng = (pixels: Pixels): Uint8Array => {
  const drawing = encodeDrawing(pixels);
  if (drawing) return drawing;
  startCodecs();
  return encode(pixels.data, pixels.width, pixels.height, 8);
};

/** @throws what the decoder throws at what is no PNG */
export const decodePng = (bytes: Uint8Array): Pixels => {
  startCodecs();
  const { data, width, height } = decode(bytes);
  return { data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height };
};

/** A square picture, smaller. */
export const scaleDown = ({ data, width, height }: Pixels, size: number): Pixels => {
  if (width === size) return { data, width, height };
  startCodecs();
  const scaled = resize(data, width, height, size, size, lanczos3, true, false);
  return { data: new Uint8Array(scaled.buffer, scaled.byteOffset, scaled.byteLength), width: size, height: size };
};

const icoHeaderBytes = 6;
const icoEntryBytes = 16;

/** An ICO file of PNG pictures, which every browser reads. */
export const encodeIco = (pictures: readonly Pixels[]): Uint8Array => {
  const images = pictures.map(encodePng);
  const header = Buffer.alloc(icoHeaderBytes + icoEntryBytes * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [n, image] of images.entries()) {
    const entry = icoHeaderBytes + icoEntryBytes * n;
    const { width = 0 } = pictures[n] ?? {};
    // 0 stands for 256.
    header.writeUInt8(width % 256, entry);
    header.writeUInt8(width % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(image.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += image.length;
  }
  return new Uint8Array(Buffer.concat([header, ...images]));
};
