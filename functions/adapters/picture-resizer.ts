import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import type { Card } from '../core/card/card.ts';
import { type Rejection, rejectionSchema } from '../core/lifecycle/seed-record.ts';
import { pictureTimeoutSeconds } from '../platform/contract.ts';
import type { MadeSizes } from './make-picture-sizes.ts';

export interface PictureResizerOptions {
  /** The main module of the thread: `picture-worker.ts`, or its bundle. */
  readonly entry: URL;
  /** Paths of the codecs' files, by their names. */
  readonly codecs: Readonly<Record<string, string>>;
  /** Paths of the files of the font that cards have. */
  readonly fonts: readonly string[];
  readonly timeoutMs?: number;
}

export interface PictureResizer {
  /** @throws when the thread fails, which may be because of the picture */
  resize(key: string, bytes: Uint8Array): Promise<MadeSizes | { readonly rejection: Rejection }>;
  /** A card as a PNG. */
  drawCard(card: Card): Promise<Uint8Array>;
}

const answerSchema = z.union([
  z.object({ rejection: rejectionSchema }),
  z.object({
    type: z.enum(['jpg', 'png']).optional(),
    files: z.array(z.object({ name: z.string(), bytes: z.instanceof(Uint8Array) })),
  }),
]);

/**
 * Makes the sizes of pictures and draws cards, each in a thread of its own. Its memory is free again afterwards, and a
 * picture that takes too long is stopped.
 */
export const createPictureResizer = ({
  entry,
  codecs,
  fonts,
  timeoutMs = pictureTimeoutSeconds * 1000,
}: PictureResizerOptions): PictureResizer => {
  const runThread = async (work: object, signal: AbortSignal): Promise<unknown> => {
    const worker = new Worker(entry, { workerData: { ...work, codecs }, env: {} });
    try {
      const [answer] = await once(worker, 'message', { signal });
      return answer;
    } finally {
      await worker.terminate();
    }
  };
  return {
    resize: async (key, bytes) => {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const parsed = answerSchema.parse(await runThread({ key, bytes }, timeout));
        return 'rejection' in parsed ? parsed : { type: parsed.type, files: parsed.files };
      } catch (error) {
        if (!timeout.aborted) throw error;
        return {
          rejection: { reason: `The image takes too long to read (over ${timeoutMs / 1000} s). Save it smaller.` },
        };
      }
    },
    drawCard: async (card) =>
      z.instanceof(Uint8Array).parse(await runThread({ card, fonts }, AbortSignal.timeout(timeoutMs))),
  };
};
