import { z } from 'zod';
import { cadences } from '../../../functions/core/publication.ts';

/** What a running local run can be asked to do. */
export const localCommandSchema = z.discriminatedUnion('do', [
  /** `at`: ISO 8601, by the clocks of the publication's zone; absent: now. */
  z.object({ do: z.literal('issue'), cadence: z.enum(cadences), at: z.string().exactOptional() }),
  z.object({ do: z.literal('weeks'), weeks: z.number() }),
  z.object({ do: z.literal('status') }),
  /** Not from the command line: for the operator's command. */
  z.object({ do: z.literal('connection') }),
]);
export type LocalCommand = z.infer<typeof localCommandSchema>;

/** A line of the answer: something to show, or at last the exit code. */
export const commandReplySchema = z.union([
  z.object({ text: z.string() }),
  z.object({ exitCode: z.number() }),
]);
export type CommandReply = z.infer<typeof commandReplySchema>;

/** It was understood and cannot be done; the message says why, for whoever asked. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
