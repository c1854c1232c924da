import * as z from 'zod';
import { cadences } from '../core/publication.ts';
import { type ComposeOutcome, composeIssue } from './compose-issue.ts';
import { countOverdueIssues } from './count-overdue-issues.ts';
import { mailRefusals, type RefusalOutcome } from './mail-refusals.ts';
import { isReconciliationDay, reconcileSuppressions } from './reconcile-suppressions.ts';
import { requestWaitingIssue } from './request-waiting-issue.ts';
import type { ComposeIssueServices } from './services.ts';
import { type TidyOutcome, tidyReaders } from './tidy-readers.ts';

/** The scheduler writes times without milliseconds; ours all have them, since they are compared as text. */
const instantSchema = z.iso.datetime({ offset: true }).transform((time) => new Date(time).toISOString());

const composeMessageSchema = z.union([
  z.object({
    cadence: z.enum(cadences),
    time: instantSchema.exactOptional(),
    announced: z.number().exactOptional(),
  }),
  z.object({ mail: z.literal('refusals') }),
  z.object({ readers: z.literal('tidy') }),
]);

export const handleComposeMessage = async (
  services: ComposeIssueServices,
  message: unknown,
  getTimeLeftMs: () => number,
): Promise<ComposeOutcome | RefusalOutcome | TidyOutcome> => {
  const parsed = composeMessageSchema.parse(message);
  if ('readers' in parsed) return lookAfterReaders(services, getTimeLeftMs);
  if ('cadence' in parsed) return composeIssue(services, parsed, getTimeLeftMs);
  await countOverdueIssues(services);
  await requestWaitingIssue(services);
  return mailRefusals(services);
};

/** Once a day. Where a message goes on with it, the weekly part comes last, and once. */
const lookAfterReaders = async (services: ComposeIssueServices, getTimeLeftMs: () => number): Promise<TidyOutcome> => {
  const outcome = await tidyReaders(services, getTimeLeftMs);
  const now = services.now();
  if (outcome === 'tidy' && isReconciliationDay(now))
    await reconcileSuppressions(services, { at: now.toISOString(), occasion: 'weekly' }, getTimeLeftMs);
  return outcome;
};
