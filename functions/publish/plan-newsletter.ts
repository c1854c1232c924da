import type { CadenceArrival } from '../adapters/table/sent-articles.ts';
import { maxArrival } from '../core/lifecycle/list-positions.ts';
import type { SiteManifest } from '../core/lifecycle/manifest.ts';
import type { NumberedEntry, PendingEntries } from '../core/newsletter/issue/pending-entries.ts';
import { type Cadence, selectScheduledCadences } from '../core/publication.ts';
import type { PlacedEntry } from '../core/site/list-parts.ts';
import { sitePaths } from '../core/site-paths.ts';
import { memoize } from '../core/text/memoize.ts';
import type { BuildContext } from './build-context.ts';
import { mapSeparately } from './isolate-failures.ts';
import { planIssueArchive } from './plan-issue-archive.ts';
import { planNextDigest } from './plan-next-digest.ts';
import type { PlannedDocument } from './write-documents.ts';

/** How far issues have come. It changes only with a refresh. */
export type IssueProgress = Pick<SiteManifest, 'cadences' | 'hasLeftOut'>;

export const readIssueProgress = async ({ services }: BuildContext): Promise<IssueProgress> => {
  const { cadenceStates, publication, sentArticles } = services;
  const cadences = await Promise.all(
    selectScheduledCadences(publication).map(async (cadence) => ({
      cadence,
      after: (await cadenceStates.get(cadence)).arrival,
    })),
  );
  if (cadences.length === 0) return { cadences, hasLeftOut: false };
  const after = Math.min(...cadences.map((one) => one.after));
  return { cadences, hasLeftOut: await sentArticles.hasLeftOut({ after, upTo: maxArrival }) };
};

interface NewsletterInput {
  readonly progress: IssueProgress;
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
  /** How the paths of those begin that cannot be planned, and stay as they are. */
  readonly failed: readonly string[];
}

const isNumbered = ({ sortKey }: PlacedEntry): boolean => /^\d/.test(sortKey);

/** Articles of all cadences at once, where what was read last has all that they wait for. */
const readRecentlyPending = async (
  { services }: BuildContext,
  { progress: { cadences, hasLeftOut }, latest, isAll, lastAmendment }: NewsletterInput,
): Promise<ReadonlyMap<Cadence, PendingEntries> | undefined> => {
  const after = Math.min(...cadences.map((one) => one.after));
  const numbered = latest.filter(isNumbered);
  const announced = numbered.map(({ sortKey, entry }): NumberedEntry => ({ number: Number(sortKey), entry }));
  const isCovered = isAll || numbered.length < latest.length || (announced.at(-1)?.number ?? 0) <= after + 1;
  if (hasLeftOut || !isCovered) return undefined;
  return services.sentArticles.listRecentlyPending(cadences, announced, lastAmendment > after);
};

const readPending = async (
  { services }: BuildContext,
  { cadence, after }: CadenceArrival,
  recent: Promise<ReadonlyMap<Cadence, PendingEntries> | undefined>,
): Promise<PendingEntries> =>
  (await recent)?.get(cadence) ?? services.sentArticles.listPending(cadence, { after, upTo: maxArrival });

export const planNewsletter = async (context: BuildContext, input: NewsletterInput): Promise<NewsletterPlan> => {
  const { log } = context.services;
  const failed: string[] = [];
  // Where it cannot be read for all cadences, it is read for each.
  const readRecent = memoize(() => readRecentlyPending(context, input).catch(() => undefined));
  const plans = [
    ...(input.hasArchive ? [{ start: sitePaths.issues, plan: () => planIssueArchive(context) }] : []),
    ...input.progress.cadences.map((arrival) => ({
      start: sitePaths.nextDigest(arrival.cadence, 'html').slice(0, -'html'.length),
      plan: async () => planNextDigest(context, arrival.cadence, await readPending(context, arrival, readRecent())),
    })),
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
  return { planned: planned.flat(), failed };
};
