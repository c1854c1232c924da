import { deleteIssuePreview } from '../adapters/issue-previews.ts';
import { formatIssueName, type Issue, type OpenIssue } from '../core/newsletter/issue/issue-record.ts';
import type { Cadence } from '../core/publication.ts';
import { formatDraftKey, freezeIssue } from './freeze-issue.ts';
import { holdIssue, needsPreview } from './hold-issue.ts';
import { openIssue } from './open-issue.ts';
import { queueBatches } from './queue-batches.ts';
import { reconcileSuppressions } from './reconcile-suppressions.ts';
import type { ComposeIssueServices } from './services.ts';
import { writeBatches } from './write-batches.ts';
import { writeIssue } from './write-issue.ts';

export interface ComposeRequest {
  readonly cadence: Cadence;
  readonly time?: string | undefined;
  /** Of a request for an immediate issue. */
  readonly announced?: number | undefined;
}

/** `continued`: time ran out, and a message was queued for the rest. */
export type ComposeOutcome = 'done' | 'held' | 'continued';

/**
 * Finishes the open issue, then opens the one that was requested, if articles are pending. Every step may be repeated,
 * after a failure or by two calls at once: it is a conditional write, or writes the same as before.
 */
export const composeIssue = async (
  services: ComposeIssueServices,
  request: ComposeRequest,
  getTimeLeftMs: () => number,
): Promise<ComposeOutcome> => {
  const { cadence, time, announced } = request;
  const { paused } = await services.rateLimit.get();
  if (paused?.holdsComposing) {
    services.log.warn('no issue: composing is held', { cadence, time, reason: paused.reason });
    return 'held';
  }
  for (let finished: string | undefined; ; ) {
    const state = await services.cadenceStates.get(cadence);
    if (!state.open) {
      if (time === undefined || time === finished) return 'done';
      if (!(await openIssue(services, { cadence, time, announced }, state))) return 'done';
      continue;
    }
    const { open } = state;
    const name = formatIssueName({ cadence, number: open.number });
    const outcome = await services.runCorrelated('issue', name, () => runSteps(services, cadence, open, getTimeLeftMs));
    if (outcome === 'held') {
      services.log.warn('the issue waits for approval', { issue: name, ...open });
      return 'held';
    }
    if (outcome === 'outOfTime') {
      await services.issuesQueue.send(request);
      return 'continued';
    }
    finished = open.at;
  }
};

const runSteps = async (
  services: ComposeIssueServices,
  cadence: Cadence,
  open: OpenIssue,
  getTimeLeftMs: () => number,
): Promise<'closed' | 'held' | 'outOfTime'> => {
  let issue = await readOrCreateIssue(services, cadence, open);
  for (;;) {
    if (issue.at !== open.at) return 'closed';
    if (issue.state === 'held' && !needsPreview(issue)) return 'held';
    if (issue.state === 'discarded' || issue.state === 'sending') {
      await finishIssue(services, issue, open);
      return 'closed';
    }
    const next = await runStep(services, issue, getTimeLeftMs);
    if (next === 'outOfTime') return 'outOfTime';
    issue = next ?? (await readOrCreateIssue(services, cadence, open));
  }
};

/** @returns the issue after the step, or undefined when another call changed it meanwhile */
const runStep = (
  services: ComposeIssueServices,
  issue: Issue,
  getTimeLeftMs: () => number,
): Promise<Issue | 'outOfTime' | undefined> => {
  if (issue.state === 'held' || (issue.state === 'composing' && services.publication.newsletter.hold))
    return holdIssue(services, issue);
  if (issue.state === 'frozen') return writeFrozenIssue(services, issue, getTimeLeftMs);
  if (issue.state === 'addressing') return writeBatches(services, issue, getTimeLeftMs);
  if (issue.state === 'queueing') return queueBatches(services, issue, getTimeLeftMs);
  return freezeIssue(services, issue);
};

/** Readers whose bounce or complaint was not reported are found before the recipients are. */
const writeFrozenIssue = async (
  services: ComposeIssueServices,
  issue: Issue,
  getTimeLeftMs: () => number,
): Promise<Issue | 'outOfTime' | undefined> => {
  await reconcileSuppressions(services, { at: issue.at, occasion: formatIssueName(issue) }, getTimeLeftMs);
  return writeIssue(services, issue, getTimeLeftMs);
};

const readOrCreateIssue = async (
  { issues }: ComposeIssueServices,
  cadence: Cadence,
  { number, at, after, upTo }: OpenIssue,
): Promise<Issue> => {
  const name = formatIssueName({ cadence, number });
  const existing = await issues.get(name);
  if (existing?.at === at) return existing;
  await issues.create({
    cadence,
    number,
    at,
    after,
    upTo,
    subject: '',
    state: 'composing',
    articles: 0,
    batches: 0,
    planned: 0,
    queued: 0,
    revision: 0,
  });
  const created = await issues.get(name);
  if (!created) throw new Error(`the issue ${name} was not written`);
  return created;
};

/**
 * Closes the issue, so that the next can be opened. A sent issue covers its articles; those that it had no space for,
 * and those of a discarded one, wait for the next. The build is requested first, so that next digests and the archive
 * of issues follow even after a crash.
 */
const finishIssue = async (services: ComposeIssueServices, issue: Issue, open: OpenIssue): Promise<void> => {
  const { buckets, build, cadenceStates, log, uploadsQueue } = services;
  if (issue.previewed !== undefined) await deleteIssuePreview(buckets.internal, issue, issue.previewed);
  if (issue.state === 'sending') {
    await cadenceStates.markCovered(issue.cadence, { ...open, upTo: issue.upTo });
    await build.requestRefresh();
    await uploadsQueue.send({ source: 'seedpress.build' });
    if (issue.draft) await buckets.internal.delete(formatDraftKey(issue, issue.draft));
    const { articles, batches, planned } = issue;
    log.info('issue queued', { issue: formatIssueName(issue), articles, batches, planned });
  }
  await cadenceStates.closeIssue(issue.cadence, open);
};
