import { recordLeftPosition } from '../adapters/table/find-left-position.ts';
import type { Entry } from '../core/entry.ts';
import { fitPendingEntries } from '../core/newsletter/digest/fit-pending-entries.ts';
import { omitLeftOut } from '../core/newsletter/issue/apply-issue-edits.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import {
  findFirstAfter,
  formatReaderClass,
  type LetterPlan,
  type LetterReader,
  type RepeatedArticle,
  selectLetterEntries,
} from '../core/newsletter/issue/letters.ts';
import type { NumberedEntries, PendingEntries } from '../core/newsletter/issue/pending-entries.ts';
import type { Progress } from '../core/newsletter/subscriber/progress.ts';
import { type ActiveSubscriber, isPaused, type Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import { hasOnlyFormerTopics, listWantedSlugs } from '../core/newsletter/subscriber/topic-choice.ts';
import { createDigestContext } from './build-issue-draft.ts';
import { createRecipientReader } from './recipient-reader.ts';
import type { ComposeIssueServices } from './services.ts';

export interface ReaderOfIssue extends LetterReader {
  /** Where they are if they are not in step with the cadence. */
  readonly position?: number;
  /** They are in step since the issue before: another call may have seen them elsewhere. */
  readonly isNewInStep?: boolean;
}

/** Classes of readers beyond these wait for the next issue, the smallest first. */
const maxClasses = 5000;

/**
 * Finds a reader's position, and what distinguishes their letter. Undefined for a reader who gets none now: one who is
 * not active any more, or whose last letter is still being sent.
 */
export const toReaderOfIssue = async (
  services: ComposeIssueServices,
  issue: Issue,
  subscriber: ActiveSubscriber,
  floor: number,
): Promise<ReaderOfIssue | undefined> => {
  if (isPaused(subscriber, services.now().toISOString())) return undefined;
  const current = await updateStep(services, issue, subscriber);
  if (current.state !== 'active') return undefined;
  const { progress, topics, passed } = current;
  const choice = { topics: listWantedSlugs(services.publication, topics), passed };
  if (!progress) return { after: issue.after, ...choice };
  if ('since' in progress)
    return { after: issue.after, isNewInStep: progress.since.issue === formatPreviousName(issue), ...choice };
  if ('left' in progress) return undefined;
  const { position, missed } = progress;
  return { after: Math.max(position, floor), position, missed, ...choice };
};

/** Those whose last letter was that of the issue before are in step from now on. */
const updateStep = async (
  services: ComposeIssueServices,
  issue: Issue,
  subscriber: ActiveSubscriber,
): Promise<Subscriber> => {
  const { progress } = subscriber;
  if (!progress || 'position' in progress || ('since' in progress && progress.upTo === undefined)) return subscriber;
  if ('since' in progress && isOfPreviousIssue(progress, issue)) {
    const { after } = await services.subscribers.apply(subscriber.key, { kind: 'joinStep' });
    return after ?? subscriber;
  }
  const { after } = await services.subscribers.apply(subscriber.key, { kind: 'loseStep' });
  return after ? recordLeftPosition(services, after) : subscriber;
};

const formatPreviousName = ({ cadence, number }: Issue): string => formatIssueName({ cadence, number: number - 1 });

const isOfPreviousIssue = ({ since, upTo }: Extract<Progress, { since: unknown }>, issue: Issue): boolean =>
  upTo === issue.after && since.issue === formatPreviousName(issue);

/** Decides on the letters of an issue besides the first, from all who may get one. */
export const planLetters = async (
  services: ComposeIssueServices,
  issue: Issue,
  { pool, pending }: { readonly pool: NumberedEntries; readonly pending: PendingEntries },
): Promise<LetterPlan> => {
  const repeated = listRepeated(pool);
  const classes = await countClasses(services, issue, repeated);
  const entries = new Map<string, Entry>();
  const plan: Pick<LetterPlan, 'classes' | 'letters'> = { classes: {}, letters: [] };
  const letters = new Map([[formatContent(pending), 0]]);
  for (const [name, { reader }] of classes.slice(0, maxClasses)) {
    const selected = await selectEntries(services, issue, { pool, pending }, reader);
    const cutAt = selected.upTo < pending.upTo ? Math.max(selected.upTo, reader.after) : undefined;
    const content = formatContent(selected);
    if (selected.entries.length > 0 && !letters.has(content)) {
      letters.set(content, letters.size);
      plan.letters.push({
        articles: selected.entries.map(({ id }) => id),
        corrections: selected.corrections.map(({ id }) => id),
        hasMore: selected.hasMore,
        ...(cutAt !== undefined && { cutAt }),
      });
      for (const entry of [...selected.entries, ...selected.corrections]) entries.set(entry.id, entry);
    }
    const letter = selected.entries.length > 0 ? letters.get(content) : undefined;
    plan.classes[name] = { ...(letter !== undefined && { letter }), ...(cutAt !== undefined && { cutAt }) };
  }
  return { ...plan, repeated, entries: [...entries.values()] };
};

/** Where a letter ends is a part of it: whom it moves there is another matter. */
const formatContent = ({ entries, corrections, hasMore, upTo }: PendingEntries): string =>
  JSON.stringify([entries.map(({ id }) => id), corrections.map(({ id }) => id), hasMore, upTo]);

const listRepeated = ({ announced }: NumberedEntries): RepeatedArticle[] =>
  announced.flatMap(({ entry, repeated }) => (repeated ? [{ id: entry.id, ...repeated }] : []));

const countClasses = async (
  services: ComposeIssueServices,
  issue: Issue,
  repeated: readonly RepeatedArticle[],
): Promise<(readonly [string, { readonly reader: ReaderOfIssue; readonly count: number }])[]> => {
  const { floor = 0 } = await services.cadenceStates.get(issue.cadence);
  const recipients = createRecipientReader(services.subscribers, issue.cadence);
  const classes = new Map<string, { readonly reader: ReaderOfIssue; readonly count: number }>();
  let withoutTopics = 0;
  for (let page = await recipients.readPage(); page; page = await recipients.readPage()) {
    for (const subscriber of page) {
      const reader = await toReaderOfIssue(services, issue, subscriber, floor);
      if (!reader) continue;
      if (hasOnlyFormerTopics(services.publication, subscriber.topics)) withoutTopics += 1;
      const name = formatReaderClass(reader, repeated, { cadence: issue.cadence, regularAfter: issue.after });
      classes.set(name, { reader, count: (classes.get(name)?.count ?? 0) + 1 });
    }
  }
  if (withoutTopics > 0)
    services.log.warn('readers chose only topics that are not offered any more', {
      issue: formatIssueName(issue),
      readers: withoutTopics,
    });
  return [...classes].sort(([, a], [, b]) => b.count - a.count);
};

/** Readers behind the cadence need articles that its issues have had; the others some of those that this one has. */
const selectEntries = async (
  services: ComposeIssueServices,
  issue: Issue,
  { pool, pending }: { readonly pool: NumberedEntries; readonly pending: PendingEntries },
  reader: ReaderOfIssue,
): Promise<PendingEntries> => {
  const { cadence, after: regularAfter } = issue;
  const firstAfter = findFirstAfter(reader);
  if (firstAfter < regularAfter) {
    const range = { after: firstAfter, upTo: pending.upTo };
    const read = await services.sentArticles.readPool(cadence, range, reader);
    return fitPendingEntries(omitLeftOut(read.pending, issue), createDigestContext(services, issue));
  }
  const { upTo } = pending;
  const announced = pool.announced.filter(({ number }) => number < upTo + 1);
  const corrected = pool.corrected.filter(({ number }) => number <= upTo);
  const isSame = reader.after === regularAfter && !reader.topics && !reader.passed && !reader.missed;
  if (isSame) return pending;
  const selected = selectLetterEntries({ ...pool, announced, corrected, upTo }, reader, { cadence, regularAfter });
  return omitLeftOut(selected, issue);
};
