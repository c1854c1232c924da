import * as z from 'zod';
import { cadences } from '../core/publication.ts';
import { type ComposeOutcome, composeIssue } from './compose-issue.ts';
import { mailRefusals, type RefusalOutcome } from './mail-refusals.ts';
import type { ComposeIssueServices } from './services.ts';

/** The scheduler writes times without milliseconds; ours all have them, since they are compared as text. */
const instantSchema = z.iso.datetime({ offset: true }).transform((time) => new Date(time).toISOString());

const composeMessageSchema = z.union([
  z.object({ cadence: z.enum(cadences), time: instantSchema.exactOptional() }),
  z.object({ mail: z.literal('refusals') }),
]);

export const handleComposeMessage = (
  services: ComposeIssueServices,
  message: unknown,
  getTimeLeftMs: () => number,
): Promise<ComposeOutcome | RefusalOutcome> => {
  const parsed = composeMessageSchema.parse(message);
  return 'mail' in parsed ? mailRefusals(services) : composeIssue(services, parsed, getTimeLeftMs);
};
