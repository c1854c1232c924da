import { type CadenceState, formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import type { Cadence } from '../core/publication.ts';
import { formatDraftKey, freezeIssue } from './freeze-issue.ts';
import { holdIssue } from './hold-issue.ts';
import { openIssue } from './open-issue.ts';
import { queueBatches } from './queue-batches.ts';
import type { ComposeIssueServices } from './services.ts';
import { writeBatches } from './write-batches.ts';
import { writeIssue } from './write-issue.ts';

/** A call of a schedule, with the instant it is for; or one to go on with the issue under way, without. */
export interface ComposeRequest {
  readonly cadence: Cadence;
  readonly time?: string | undefined;
}

/** `continued`: time ran out, and a message asks for the rest. */
export type ComposeOutcome = 'done' | 'held' | 'continued';

/**
 * Takes the issue under way to its end, and then opens the one that the call is for, if articles wait. Every step may
 * be repeated, by a call after a failed one or by two calls at once: each is a write under a condition, or writes what
 * was settled before.
 */
export const composeIssue = async (
  services: ComposeIssueServices,
  call: ComposeRequest,
  getTimeLeftMs: () => number,
): Promise<ComposeOutcome> => {
  for (let finished: string | undefined; ; ) {
    const state = await services.cadenceStates.get(call.cadence);
    if (!state.open) {
      if (call.time === undefined || call.time === finished) return 'done';
      if (!(await openIssue(services, { cadence: call.cadence, time: call.time }, state))) return 'done';
      continue;
    }
    const { open } = state;
    const name = formatIssueName({ cadence: call.cadence, number: open.number });
    const end = await services.runCorrelated('issue', name, () =>
      runSteps(services, call.cadence, open, getTimeLeftMs),
    );
    if (end === 'held') {
      services.log.warn('the issue waits for approval', { issue: name, ...open });
      return 'held';
    }
    if (end === 'outOfTime') {
      await services.issuesQueue.send({ cadence: call.cadence, time: call.time });
      return 'continued';
    }
    finished = open.at;
  }
};

type OpenIssue = NonNullable<CadenceState['open']>;

/** Step by step, each from the state as it is in the table. */
const runSteps = async (
  services: ComposeIssueServices,
  cadence: Cadence,
  open: OpenIssue,
  getTimeLeftMs: () => number,
): Promise<'closed' | 'held' | 'outOfTime'> => {
  let issue = await readOrCreateIssue(services, cadence, open);
  for (;;) {
    if (issue.at !== open.at) return 'closed';
    if (issue.state === 'held') return 'held';
    if (issue.state === 'discarded' || issue.state === 'sending') {
      await finishIssue(services, issue, open);
      return 'closed';
    }
    const next = await runStep(services, issue, getTimeLeftMs);
    if (next === 'outOfTime') return 'outOfTime';
    // Somebody was faster: what they made of it counts.
    issue = next ?? (await readOrCreateIssue(services, cadence, open));
  }
};

/** @returns the issue after the step, or undefined when it was changed meanwhile */
const runStep = (
  services: ComposeIssueServices,
  issue: Issue,
  getTimeLeftMs: () => number,
): Promise<Issue | 'outOfTime' | undefined> => {
  if (issue.state === 'composing' && services.publication.newsletter.hold) return holdIssue(services, issue);
  if (issue.state === 'frozen') return writeIssue(services, issue);
  if (issue.state === 'addressing') return writeBatches(services, issue, getTimeLeftMs);
  if (issue.state === 'queueing') return queueBatches(services, issue, getTimeLeftMs);
  return freezeIssue(services, issue);
};

const readOrCreateIssue = async (
  { issues }: ComposeIssueServices,
  cadence: Cadence,
  { number, at, after, upTo }: OpenIssue,
): Promise<Issue> => {
  const name = formatIssueName({ cadence, number });
  const known = await issues.get(name);
  if (known?.at === at) return known;
  const counts = { articles: 0, batches: 0, planned: 0, queued: 0 };
  await issues.create({ cadence, number, at, after, upTo, subject: '', state: 'composing', ...counts });
  const made = await issues.get(name);
  if (!made) throw new Error(`the issue ${name} was not written`);
  return made;
};

/**
 * Makes way for the next issue: what a sent one covers is covered, what a discarded one would have is not. The build
 * is asked for before the issue is closed, so that none is forgotten: next digests, archive and feeds of issues follow.
 */
const finishIssue = async (
  { buckets, build, cadenceStates, log, uploadsQueue }: ComposeIssueServices,
  issue: Issue,
  open: NonNullable<CadenceState['open']>,
): Promise<void> => {
  if (issue.state === 'sending') {
    await cadenceStates.markCovered(issue.cadence, open);
    await build.request();
    await uploadsQueue.send({ source: 'seedpress.build' });
    if (issue.draft) await buckets.internal.delete(formatDraftKey(issue, issue.draft));
    const { articles, batches, planned } = issue;
    log.info('issue queued', { issue: formatIssueName(issue), articles, batches, planned });
  }
  await cadenceStates.closeIssue(issue.cadence, open);
};
