import * as z from 'zod';
import { type Cadence, cadences } from '../../publication.ts';

/** Batch 0 stands for an issue that had nothing for the reader. */
const deliverySchema = z.object({ issue: z.string(), batch: z.number() });
export type ReaderDelivery = z.infer<typeof deliverySchema>;

/**
 * Arrivals after `after`, up to and including `upTo`: of a letter that was taken back when a later one had been sent.
 */
export const missedRangeSchema = z.object({ after: z.number(), upTo: z.number() });
export type MissedRange = z.infer<typeof missedRangeSchema>;

/**
 * How far the announcements have come for a reader: docs/decisions/0036-each-article-once.md. Without one, they are in
 * step with their cadence: they are where its last issue ended.
 */
export const progressSchema = z.union([
  /** What was announced up to here has reached them, or they did not want it; all but what they missed. */
  z.object({ position: z.number(), missed: z.array(missedRangeSchema).exactOptional() }),
  /** In step since a delivery. With `upTo`, they are where that letter ended, and the next issue decides. */
  z.object({ since: deliverySchema, upTo: z.number().exactOptional() }),
  /** Was in step with a cadence. Where they are is in its delivery batches, from the last to that of `since`. */
  z.object({
    left: z.object({
      cadence: z.enum(cadences),
      since: deliverySchema.exactOptional(),
      /** They want nothing that was announced up to here. */
      floor: z.number().exactOptional(),
      /** The key that they had, where they have another address now. */
      key: z.string().exactOptional(),
    }),
  }),
]);
export type Progress = z.infer<typeof progressSchema>;
export type LeftCadence = Extract<Progress, { left: unknown }>['left'];

/** A cadence that a reader had before, and where they were when they left it. */
export const passedCadenceSchema = z.object({ cadence: z.enum(cadences), upTo: z.number() });
export type PassedCadence = z.infer<typeof passedCadenceSchema>;

const maxPassedCadences = 20;

interface ReaderLedger {
  readonly cadence: Cadence;
  readonly progress?: Progress;
}

/** Of a reader of whom something changes: from then on, the issues of their cadence do not move them any more. */
export const leaveStep = ({ cadence, progress }: ReaderLedger): Progress => {
  if (progress && !('since' in progress)) return progress;
  return { left: { cadence, ...(progress && { since: progress.since }) } };
};

/** Of a reader who wants nothing that was announced up to an arrival. */
export const raiseProgress = (progress: Progress, floor: number): Progress => {
  if ('position' in progress) return { position: Math.max(progress.position, floor) };
  if ('since' in progress) return progress;
  const { left } = progress;
  return { left: { ...left, floor: Math.max(left.floor ?? 0, floor) } };
};

/** Of a reader at a new address: their deliveries are under the key that they had. */
export const carryProgress = (reader: ReaderLedger & { readonly key: string }): Progress => {
  const progress = leaveStep(reader);
  return 'left' in progress ? { left: { key: reader.key, ...progress.left } } : progress;
};

export const addPassedCadence = (
  passed: readonly PassedCadence[],
  cadence: Cadence,
  position: number,
): PassedCadence[] => [...passed, { cadence, upTo: position }].slice(-maxPassedCadences);
