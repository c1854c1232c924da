import { formatIssueName, type Issue } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { type Cadence, cadences } from '../../../functions/core/publication.ts';
import { splitIntoChunks } from '../../../functions/platform/split-into-chunks.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { closeBatches } from './close-batches.ts';
import { type MailedIssue, readMailedIssues } from './read-mailed-issues.ts';
import { restoreAnnouncements } from './restore-announcements.ts';

export type LedgerServices = Pick<
  CliServices,
  | 's3'
  | 'buckets'
  | 'articles'
  | 'seeds'
  | 'batches'
  | 'build'
  | 'cadenceStates'
  | 'issues'
  | 'sentArticles'
  | 'publication'
  | 'now'
>;

export interface RestoredLedger {
  /** Issues that were mailed, and which the table did not know. */
  readonly issues: readonly string[];
  readonly announcements: number;
  /** Recipients of whom nobody knows whether they have their mail. */
  readonly uncertain: number;
}

/** An issue may be on its way for so long, as the day's quota has it. */
const maxDeliveryDays = 30;
const chunkSize = 100;

/**
 * Tells a table that was set back what readers have, by the issues in the internal bucket, so that no article is mailed
 * twice: docs/decisions/0032-restoring.md. It changes nothing where the table knows all, and can be repeated.
 */
export const restoreLedger = async (services: LedgerServices): Promise<RestoredLedger> => {
  const mailed = await readMailedIssues(services);
  const upTo = Math.max(0, ...mailed.map((issue) => issue.upTo));
  // First of all: no announcement gets the number of one that was mailed.
  if (upTo > 0) await services.build.raiseArrivals(upTo);
  await recordSentArticles(services, mailed);
  const announcements = await restoreAnnouncements(services, mailed);
  const restored: string[] = [];
  let uncertain = 0;
  const since = services.now().getTime() - maxDeliveryDays * 24 * 60 * 60 * 1000;
  for (const issue of mailed) {
    const name = formatIssueName(issue);
    const isKnown = (await services.issues.get(name))?.state === 'sending';
    if (isKnown && Date.parse(issue.at) < since) continue;
    const closed = await closeBatches(services.batches, name);
    uncertain += closed.uncertain;
    if (isKnown) continue;
    await restoreIssue(services, issue, closed);
    await services.sentArticles.postpone(issue.leftOut, issue);
    restored.push(name);
  }
  for (const cadence of cadences) {
    await advanceCadence(services, cadence, mailed);
    // How far a reader had come is as old as the table.
    if (restored.length > 0) await services.cadenceStates.raiseFloor(cadence, upTo);
  }
  return { issues: restored, announcements, uncertain };
};

const recordSentArticles = async (
  { sentArticles }: Pick<LedgerServices, 'sentArticles'>,
  mailed: readonly MailedIssue[],
): Promise<void> => {
  for (const cadence of cadences) {
    const newest = new Map(
      mailed
        .filter((issue) => issue.cadence === cadence)
        .flatMap((issue) =>
          issue.articles.map(({ articleId, correction }) => [
            articleId,
            { articleId, cadence, issue: formatIssueName(issue), ...(correction !== undefined && { correction }) },
          ]),
        ),
    );
    const order = new Map(mailed.map((issue, index) => [formatIssueName(issue), index]));
    for (const chunk of splitIntoChunks([...newest.values()], chunkSize)) {
      const ids = chunk.map(({ articleId }) => articleId);
      const known = new Map((await sentArticles.list(cadence, ids)).map((one) => [one.articleId, one.issue]));
      const isNewer = (issue: string, other: string | undefined): boolean =>
        other === undefined || (order.get(issue) ?? 0) > (order.get(other) ?? Number.POSITIVE_INFINITY);
      await sentArticles.record(chunk.filter(({ articleId, issue }) => isNewer(issue, known.get(articleId))));
    }
  }
};

const restoreIssue = async (
  { issues, publication }: LedgerServices,
  { cadence, number, at, subject, after, upTo, articleCount }: MailedIssue,
  { batches, recipients }: { readonly batches: number; readonly recipients: number },
): Promise<void> => {
  const issue: Issue = {
    cadence,
    number,
    at,
    after,
    upTo,
    subject,
    articles: articleCount,
    state: 'sending',
    batches,
    planned: recipients,
    queued: batches,
    revision: 0,
  };
  await issues.restore(issue);
  await issues.addToIndex(issue, publication.timeZone);
};

/** The next issue of the cadence comes after the last that was mailed. */
const advanceCadence = async (
  { cadenceStates }: LedgerServices,
  cadence: Cadence,
  mailed: readonly MailedIssue[],
): Promise<void> => {
  const last = mailed
    .filter((issue) => issue.cadence === cadence)
    .reduce<MailedIssue | undefined>((found, one) => (one.number >= (found?.number ?? 0) ? one : found), undefined);
  const state = await cadenceStates.get(cadence);
  if (!last || (last.number <= state.number && !(state.open && state.open.number <= last.number))) return;
  const { open, ...rest } = state;
  await cadenceStates.replace(cadence, state, {
    ...rest,
    number: last.number,
    at: last.at,
    arrival: Math.max(state.arrival, last.upTo),
    ...(open && open.number > last.number && { open }),
  });
};
