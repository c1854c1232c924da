import { z } from 'zod';

export const controlRequestSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('describe') }),
  z.object({ action: z.literal('waitUntilIdle') }),
  /** Sets the clock to the next instant at which something is due, `until` at the latest, and does what is due. */
  z.object({ action: z.literal('advanceClock'), until: z.iso.datetime() }),
]);
export type ControlRequest = z.infer<typeof controlRequestSchema>;

/** What a program needs to work on the run's data with the functions' own code. */
export const localRunDescriptionSchema = z.object({
  /** Endpoints, credentials without meaning, and the variables of all functions. */
  environment: z.record(z.string(), z.string()),
  queues: z.array(z.object({ name: z.string(), url: z.string(), deadLettersUrl: z.string().exactOptional() })),
  inbox: z.url(),
  clockOffsetMs: z.number(),
  /** When the next schedule is due; absent without schedules. */
  nextFiring: z.iso.datetime().exactOptional(),
});
export type LocalRunDescription = z.infer<typeof localRunDescriptionSchema>;

export const advancedClockSchema = z.object({ now: z.iso.datetime() });
