import type { CadenceArrival, RecentlyPending } from '../adapters/table/sent-articles.ts';
import type { ArticleRecord } from '../core/lifecycle/article-record.ts';
import { maxArrival } from '../core/lifecycle/list-positions.ts';
import type { SiteManifest } from '../core/lifecycle/manifest.ts';
import type { NumberedEntry, PendingEntries } from '../core/newsletter/issue/pending-entries.ts';
import { type Cadence, type ScheduledCadence, selectScheduledCadences } from '../core/publication.ts';
import type { PlacedEntry } from '../core/site/list-parts.ts';
import { sitePaths } from '../core/site-paths.ts';
import { memoize } from '../core/text/memoize.ts';
import type { BuildContext } from './build-context.ts';
import { mapSeparately } from './isolate-failures.ts';
import { planIssueArchive } from './plan-issue-archive.ts';
import { planNextDigest } from './plan-next-digest.ts';
import type { PlannedDocument } from './write-documents.ts';

/** How far issues have come. It changes only with a refresh. */
export type IssueProgress = Pick<SiteManifest, 'cadences' | 'hasLeftOut' | 'hasSent'>;

export const readIssueProgress = async ({ services }: BuildContext): Promise<IssueProgress> => {
  const { cadenceStates, publication, sentArticles } = services;
  const cadences = await Promise.all(
    selectScheduledCadences(publication).map(async (cadence) => ({
      cadence,
      after: (await cadenceStates.get(cadence)).arrival,
    })),
  );
  if (cadences.length === 0) return { cadences, hasLeftOut: false, hasSent: false };
  const after = Math.min(...cadences.map((one) => one.after));
  // Until the articles that wait were looked at.
  return { cadences, hasLeftOut: await sentArticles.hasLeftOut({ after, upTo: maxArrival }), hasSent: true };
};

interface NewsletterInput {
  readonly progress: IssueProgress;
  /** Articles that changed. */
  readonly updated: readonly ArticleRecord[];
  /** Newest first: the articles that were announced last. */
  readonly latest: readonly PlacedEntry[];
  /** Whether they are all that were announced. */
  readonly isAll: boolean;
  /** The number of the last return or correction. */
  readonly lastAmendment: number;
  readonly hasArchive: boolean;
}

export interface NewsletterPlan {
  readonly planned: readonly PlannedDocument[];
  /** How the paths of those begin that stay as they are, or cannot be planned. */
  readonly kept: readonly string[];
  readonly progress: IssueProgress;
}

const toDigestStart = (cadence: ScheduledCadence): string =>
  sitePaths.nextDigest(cadence, 'html').slice(0, -'html'.length);

/** Whether a full digest stays as it is: all that changed was announced for the first time after what it shows. */
const isDigestKept = (fullUpTo: number | undefined, updated: readonly ArticleRecord[]): boolean =>
  fullUpTo !== undefined &&
  updated.every(
    ({ arrival, returnNumber, correctionNumber }) =>
      (arrival ?? 0) > fullUpTo && returnNumber === undefined && correctionNumber === undefined,
  );

const isNumbered = ({ sortKey }: PlacedEntry): boolean => /^\d/.test(sortKey);

/** Articles of all cadences at once, where what was read last has all that they wait for. */
const readRecentlyPending = async (
  { services }: BuildContext,
  { progress: { cadences, hasLeftOut, hasSent }, latest, isAll, lastAmendment }: NewsletterInput,
): Promise<RecentlyPending | undefined> => {
  const after = Math.min(...cadences.map((one) => one.after));
  const numbered = latest.filter(isNumbered);
  const announced = numbered.map(({ sortKey, entry }): NumberedEntry => ({ number: Number(sortKey), entry }));
  const isCovered = isAll || numbered.length < latest.length || (announced.at(-1)?.number ?? 0) <= after + 1;
  if (hasLeftOut || !isCovered) return undefined;
  const hasAmendments = lastAmendment > after;
  return services.sentArticles.listRecentlyPending({ cadences, announced, hasAmendments, maySent: hasSent });
};

const readPending = async (
  { services }: BuildContext,
  { cadence, after }: CadenceArrival,
  recent: Promise<RecentlyPending | undefined>,
): Promise<PendingEntries> =>
  (await recent)?.pending.get(cadence) ?? services.sentArticles.listPending(cadence, { after, upTo: maxArrival });

export const planNewsletter = async (context: BuildContext, input: NewsletterInput): Promise<NewsletterPlan> => {
  const { log } = context.services;
  const { progress, updated } = input;
  const kept = progress.cadences.filter(({ fullUpTo }) => isDigestKept(fullUpTo, updated));
  const stale = progress.cadences.filter((one) => !kept.includes(one));
  const failed: string[] = [];
  const pendingByCadence = new Map<Cadence, PendingEntries>();
  // Where it cannot be read for all cadences, it is read for each.
  const readRecent = memoize(() =>
    readRecentlyPending(context, { ...input, progress: { ...progress, cadences: stale } }).catch(() => undefined),
  );
  const planDigest = async (arrival: CadenceArrival & { readonly cadence: ScheduledCadence }) => {
    const pending = await readPending(context, arrival, readRecent());
    pendingByCadence.set(arrival.cadence, pending);
    return planNextDigest(context, arrival.cadence, pending);
  };
  const plans = [
    ...(input.hasArchive ? [{ start: sitePaths.issues, plan: () => planIssueArchive(context) }] : []),
    ...stale.map((arrival) => ({ start: toDigestStart(arrival.cadence), plan: () => planDigest(arrival) })),
  ];
  const planned = await mapSeparately(
    plans,
    // A second time, as no mark of a change leads to another build.
    ({ plan }) => plan().catch(() => plan()),
    ({ start }, error) => {
      failed.push(start);
      log.error(`${start} cannot be planned and stays as it is`, error);
    },
  );
  const cadences = progress.cadences.map((one) => {
    const pending = pendingByCadence.get(one.cadence);
    if (!pending) return one;
    const { fullUpTo: _fullUpTo, ...rest } = one;
    return { ...rest, ...(pending.hasMore && { fullUpTo: pending.upTo }) };
  });
  const recent = stale.length === 0 ? undefined : await readRecent();
  return {
    planned: planned.flat(),
    kept: [...failed, ...kept.map(({ cadence }) => toDigestStart(cadence))],
    progress: { cadences, hasLeftOut: progress.hasLeftOut, hasSent: recent?.hasSent ?? progress.hasSent },
  };
};
