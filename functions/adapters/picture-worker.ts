import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { SeedRejected } from '../core/article.ts';
import { makePictureSizes } from './make-picture-sizes.ts';
import { createPictureCodecs } from './picture-codecs.ts';

/** The main module of the thread that makes the sizes of one picture, and answers with one message. */
const { key, bytes, codecs } = z
  .object({ key: z.string(), bytes: z.instanceof(Uint8Array), codecs: z.record(z.string(), z.string()) })
  .parse(workerData);

try {
  const made = await makePictureSizes(
    createPictureCodecs((file) => readFileSync(codecs[file] ?? file)),
    key,
    bytes,
  );
  parentPort?.postMessage(made);
} catch (error) {
  if (!(error instanceof SeedRejected)) throw error;
  parentPort?.postMessage({ rejection: { reason: error.message, ...(error.place && { place: error.place }) } });
}
