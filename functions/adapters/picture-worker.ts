import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { SeedRejected } from '../core/article.ts';
import { cardSchema } from '../core/card/card-schema.ts';
import { drawCard } from '../core/card/draw-card.ts';
import { encodeDrawing } from '../core/card/encode-drawing.ts';
import { createLettering } from '../core/card/lettering.ts';
import { type MadeSizes, makePictureSizes } from './make-picture-sizes.ts';
import { createPictureCodecs, type PictureCodecs } from './picture-codecs.ts';

const pictureSchema = z.object({ key: z.string(), bytes: z.instanceof(Uint8Array) });
const drawingSchema = z.object({ card: cardSchema, fonts: z.array(z.string()) });

/** The main module of the thread that makes the sizes of one picture, or draws a card, and answers with one message. */
const work = z
  .object({ codecs: z.record(z.string(), z.string()) })
  .and(z.union([pictureSchema, drawingSchema]))
  .parse(workerData);

const resize = async (
  codecs: PictureCodecs,
  { key, bytes }: z.infer<typeof pictureSchema>,
): Promise<MadeSizes | object> => {
  try {
    return await makePictureSizes(codecs, key, bytes);
  } catch (error) {
    if (!(error instanceof SeedRejected)) throw error;
    return { rejection: { reason: error.message, ...(error.place && { place: error.place }) } };
  }
};

const draw = async (codecs: PictureCodecs, { card, fonts }: z.infer<typeof drawingSchema>): Promise<Uint8Array> => {
  const drawn = drawCard(card, createLettering(fonts.map((file) => readFileSync(file))));
  return encodeDrawing(drawn) ?? codecs.encodePng(drawn);
};

const codecs = createPictureCodecs((file) => readFileSync(work.codecs[file] ?? file));
parentPort?.postMessage('card' in work ? await draw(codecs, work) : await resize(codecs, work));
