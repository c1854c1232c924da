import { findMinimumArticles } from '../core/newsletter/issue/decide-open-issue.ts';
import { findNextIssueTime } from '../core/newsletter/issue/find-next-issue-time.ts';
import { type CadenceState, formatIssueName } from '../core/newsletter/issue/issue-record.ts';
import { type Cadence, selectCadences } from '../core/publication.ts';
import type { ComposeIssueServices } from './services.ts';

const hourMs = 60 * 60 * 1000;
/** Longer than a composition that failed at first takes: it is tried again for two and a half hours. */
const graceMs = 3 * hourMs;
const approvalGraceMs = 24 * hourMs;

type Overdue = { readonly since: string; readonly reason: string };

/** Counts issues that did not come though articles wait for them: whatever should have made them cannot tell. */
export const countOverdueIssues = async (services: ComposeIssueServices): Promise<void> => {
  for (const cadence of selectCadences(services.publication)) {
    const state = await services.cadenceStates.get(cadence);
    const overdue = state.open
      ? await findOpenTooLong(services, cadence, state.open)
      : await findMissed(services, cadence, state);
    if (!overdue) continue;
    services.log.warn('an issue is overdue', { cadence, ...overdue });
    services.log.count('issuesOverdue', 1);
  }
};

const isOlder = ({ now }: Pick<ComposeIssueServices, 'now'>, instant: string, graceTimeMs: number): boolean =>
  now().getTime() - Date.parse(instant) > graceTimeMs;

const findOpenTooLong = async (
  services: ComposeIssueServices,
  cadence: Cadence,
  { number, at }: NonNullable<CadenceState['open']>,
): Promise<Overdue | undefined> => {
  if (!isOlder(services, at, graceMs)) return undefined;
  const issue = await services.issues.get(formatIssueName({ cadence, number }));
  if (issue?.state === 'held')
    return isOlder(services, at, approvalGraceMs) ? { since: at, reason: 'it waits for approval' } : undefined;
  return { since: at, reason: 'it is being composed' };
};

const findMissed = async (
  services: ComposeIssueServices,
  cadence: Cadence,
  { at = '', consideredAt = '', arrival }: CadenceState,
): Promise<Overdue | undefined> => {
  const { announced, since = '' } = await services.build.get();
  const last = [at, consideredAt, since].sort().at(-1);
  const due = last ? findNextIssueTime(services.publication, cadence, new Date(last)) : undefined;
  if (due === undefined || !isOlder(services, due, graceMs)) return undefined;
  const { entries } = await services.sentArticles.listPending(cadence, { after: arrival, upTo: announced });
  if (entries.length < findMinimumArticles(services.publication, cadence)) return undefined;
  return { since: due, reason: 'its schedule was not followed' };
};
