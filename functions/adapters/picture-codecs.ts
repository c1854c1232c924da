import decodeAvif, { init as initAvifDecoder } from '@jsquash/avif/decode.js';
import decodeJpeg, { init as initJpegDecoder } from '@jsquash/jpeg/decode.js';
import encodeJpeg, { init as initJpegEncoder } from '@jsquash/jpeg/encode.js';
import decodePng, { init as initPngDecoder } from '@jsquash/png/decode.js';
import encodePng, { init as initPngEncoder } from '@jsquash/png/encode.js';
import { initSync as initResize, resize } from '@jsquash/resize/lib/resize/pkg/squoosh_resize.js';
import decodeWebp, { init as initWebpDecoder } from '@jsquash/webp/decode.js';
import encodeWebp, { init as initWebpEncoder } from '@jsquash/webp/encode.js';
import type { PixelBuffer } from '../core/image/turn-pixels.ts';
import { memoize } from '../core/text/memoize.ts';
import type { CodecFile } from '../platform/contract.ts';

const lanczos3 = 3;
/** Of 100. At these, photographs look the same beside each other. */
const webpQuality = 78;
const jpegQuality = 80;

export interface PictureCodecs {
  /** @param type a content type. @throws what a decoder throws at damaged data */
  decode(type: string, bytes: Uint8Array): Promise<PixelBuffer>;
  /** @param hasAlpha transparent pixels have a color, too, which must not shine through */
  scale(pixels: PixelBuffer, width: number, height: number, hasAlpha: boolean): PixelBuffer;
  encodeWebp(pixels: PixelBuffer, isLossless: boolean): Promise<Uint8Array>;
  encodeJpeg(pixels: PixelBuffer): Promise<Uint8Array>;
  encodePng(pixels: PixelBuffer): Promise<Uint8Array>;
}

/** The codecs of jSquash. Their memory never shrinks, so that a thread has them for one picture. */
export const createPictureCodecs = (readModule: (file: CodecFile) => Uint8Array): PictureCodecs => {
  /** Emscripten's option for the bytes of a module. */
  const useModule = (file: CodecFile) => ({ wasmBinary: readModule(file) });
  const readBytes = (file: CodecFile) => Uint8Array.from(readModule(file));
  const decoders: Readonly<Record<string, (buffer: ArrayBuffer) => Promise<PixelBuffer | null>>> = {
    'image/jpeg': async (buffer) => {
      await initJpegDecoder(useModule('mozjpeg_dec.wasm'));
      return decodeJpeg(buffer);
    },
    'image/png': async (buffer) => {
      await initPngDecoder(readBytes('squoosh_png_bg.wasm'));
      return decodePng(buffer);
    },
    'image/webp': async (buffer) => {
      await initWebpDecoder(useModule('webp_dec.wasm'));
      return decodeWebp(buffer);
    },
    'image/avif': async (buffer) => {
      await initAvifDecoder(useModule('avif_dec.wasm'));
      return decodeAvif(buffer);
    },
  };
  const encoders = {
    webp: () => initWebpEncoder(useModule('webp_enc_simd.wasm')),
    jpeg: () => initJpegEncoder(useModule('mozjpeg_enc.wasm')),
    png: () => initPngEncoder(readBytes('squoosh_png_bg.wasm')),
  };
  const start = memoize((name: keyof typeof encoders): Promise<unknown> => encoders[name]());
  return {
    decode: async (type, bytes) => {
      const decoded = await decoders[type]?.(Uint8Array.from(bytes).buffer);
      if (!decoded) throw new Error(`no decoder could read the picture as ${type}`);
      const { data, width, height } = decoded;
      return { data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height };
    },
    scale: ({ data, width, height }, newWidth, newHeight, hasAlpha) => {
      initResize(readBytes('squoosh_resize_bg.wasm'));
      const scaled = resize(data, width, height, newWidth, newHeight, lanczos3, hasAlpha, false);
      return { data: new Uint8Array(scaled.buffer), width: newWidth, height: newHeight };
    },
    encodeWebp: async (pixels, isLossless) => {
      await start('webp');
      const lossless = isLossless ? { lossless: 1 } : {};
      return new Uint8Array(await encodeWebp(toImageData(pixels), { quality: webpQuality, ...lossless }));
    },
    encodeJpeg: async (pixels) => {
      await start('jpeg');
      return new Uint8Array(await encodeJpeg(toImageData(pixels), { quality: jpegQuality }));
    },
    encodePng: async (pixels) => {
      await start('png');
      return new Uint8Array(await encodePng(toImageData(pixels)));
    },
  };
};

const toImageData = ({ data, width, height }: PixelBuffer) => ({ data: new Uint8ClampedArray(data), width, height });
