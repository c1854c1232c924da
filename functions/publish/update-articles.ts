import type { SeedWarning } from '../core/article.ts';
import type { ArticleRecord } from '../core/lifecycle/article-record.ts';
import { type AllocatedFields, buildArticleRecord } from '../core/lifecycle/build-article-record.ts';
import {
  decideLifecycle,
  type LifecycleDecision,
  type LifecycleInput,
  type PublishDecision,
} from '../core/lifecycle/decide-lifecycle.ts';
import { formatUploadId, listClaimedIds, type SeedRecord } from '../core/lifecycle/seed-record.ts';
import { compareStrings } from '../core/text/compare-strings.ts';
import { waitForBoth } from '../platform/concurrency.ts';
import { listCardRequests } from './article-cards.ts';
import type { AssignedSeeds } from './assign-changed-seeds.ts';
import type { BuildContext } from './build-context.ts';
import { claimAddresses } from './claim-addresses.ts';
import { isolateFailures, mapSeparately } from './isolate-failures.ts';
import type { PlacedEntries } from './placed-entries.ts';
import { type Manifests, readListsBefore } from './read-lists-before.ts';
import { createRelatedArticles, readTopicLists, type TopicLists } from './related-articles.ts';
import { resolveLinks } from './resolve-links.ts';
import type { PublishServices } from './services.ts';
import { writeArticleAddresses } from './write-article-addresses.ts';

/** An article before and after an update. */
export interface UpdatedArticle {
  readonly previous: ArticleRecord | undefined;
  readonly record: ArticleRecord;
  /** The uploads that caused it: more than one only when a seed was renamed. */
  readonly uploads: readonly SeedRecord[];
  /** The seeds that it is published from now, and those that state its id in vain. */
  readonly seeds: readonly SeedRecord[];
  readonly conflicting: readonly SeedRecord[];
  /** What the author of its seeds should look at. */
  readonly warnings: readonly SeedWarning[];
}

/** What of the table changes only where articles do: it is read while their pages are written. */
export interface ListsBefore {
  readonly manifests: Manifests;
  /** The newest announced articles, where they may have changed. */
  readonly latest: PlacedEntries | undefined;
  readonly topicLists: TopicLists;
}

interface ArticleUpdate extends ListsBefore {
  /** Without the seeds whose articles could not be recorded. */
  readonly seeds: readonly SeedRecord[];
  readonly updated: readonly UpdatedArticle[];
  /** Whether other articles, which link to these, are marked as changed. */
  readonly hasMarked: boolean;
}

/**
 * Brings records, pages and lists of articles up to date with the changed seeds. Only the builder calls it. Every step
 * may be repeated after a crash. Articles that a step fails on are left as they are.
 */
export const updateArticles = async (context: BuildContext, assigned: AssignedSeeds): Promise<ArticleUpdate> => {
  const { services, failures } = context;
  const [decided, topicLists] = await waitForBoth(
    decideArticles(context, assigned),
    readTopicLists(context, assigned.articles),
  );
  const seeds = assigned.seeds.filter(({ key }) => !failures.seeds.has(key));
  const sound = decided.filter(({ record }) => !failures.articles.has(record.id));
  const [{ written, hasMarked }, before] = await waitForBoth(
    writePages(context, { decided: sound, seeds, topicLists }),
    readListsBefore(context, sound),
  );
  const save = async (some: readonly UpdatedArticle[]) => {
    const records = some.map(({ record }) => record);
    await services.articles.save(records);
    await services.lists.place(records, listCardRequests(records, services.publication));
    return some;
  };
  const updated = await isolateFailures(written, save, ({ record }, error) => failures.articles.set(record.id, error));
  return { seeds, updated, hasMarked, topicLists, ...before };
};

/** Decides what becomes of each article, and reserves its numbers and addresses. */
const decideArticles = async (
  { services, failures }: BuildContext,
  { seeds: changed, articles, save }: AssignedSeeds,
): Promise<UpdatedArticle[]> => {
  const fail = (id: string, error: unknown) => failures.articles.set(id, error);
  const decided = await mapSeparately(
    articles,
    async (input) => ({ input, decision: decideLifecycle(input) }),
    ({ id }, error) => fail(id, error),
  );
  const uploadsById = Map.groupBy(
    changed.flatMap((seed) => listClaimedIds(seed).map((id) => ({ id, seed }))),
    ({ id }) => id,
  );
  const findUploads = (id: string): SeedRecord[] => uploadsById.get(id)?.map(({ seed }) => seed) ?? [];
  const claim = () =>
    mapSeparately(
      decided,
      ({ input, decision }) =>
        services.runCorrelated('upload', formatUploadIds(findUploads(input.id)), async () => ({
          input,
          decision,
          claimed: await claimAddresses(services, input, decision),
        })),
      ({ input }, error) => fail(input.id, error),
    );
  const [, [numbers, claimed]] = await waitForBoth(save(), waitForBoth(reserveNumbers(services, decided), claim()));
  return mapSeparately(
    claimed,
    async ({ input, decision, claimed: { warnings, ...addresses } }) => {
      const allocated = { ...addresses, ...numbers.get(input.id) };
      const record = buildArticleRecord(input, decision, allocated, services.publication.timeZone);
      const { previous, seeds, conflicting = [] } = input;
      return { previous, record, uploads: findUploads(input.id), seeds, conflicting, warnings };
    },
    ({ input }, error) => fail(input.id, error),
  );
};

const writePages = async (
  context: BuildContext,
  {
    decided,
    seeds,
    topicLists,
  }: {
    readonly decided: readonly UpdatedArticle[];
    readonly seeds: readonly SeedRecord[];
    readonly topicLists: TopicLists;
  },
): Promise<{
  readonly written: readonly UpdatedArticle[];
  readonly hasMarked: boolean;
}> => {
  const { services, failures } = context;
  const resolved = await resolveLinks(context, decided, seeds);
  const related = createRelatedArticles(context, resolved.articles, topicLists);
  const writing = mapSeparately(
    resolved.articles,
    (article) =>
      services.runCorrelated('upload', formatUploadIds(article.uploads), async () => ({
        ...article,
        record: await writeArticleAddresses(context, article.record, await related.find(article.record)),
      })),
    ({ record }, error) => failures.articles.set(record.id, error),
  );
  const [written, [hasLinking, hasFollowers]] = await waitForBoth(
    writing,
    waitForBoth(resolved.followed, related.markFollowers()),
  );
  return {
    written: written.filter(({ record }) => !failures.articles.has(record.id)),
    hasMarked: hasLinking || hasFollowers,
  };
};

export const formatUploadIds = (uploads: readonly SeedRecord[]): string => uploads.map(formatUploadId).sort().join(' ');

interface DecidedArticle {
  readonly input: LifecycleInput;
  readonly decision: LifecycleDecision;
}

const numberedEvents = [
  ['arrival', 'needsArrival'],
  ['returnNumber', 'needsReturn'],
  ['correctionNumber', 'needsCorrection'],
] as const;

type ReservedNumbers = Pick<AllocatedFields, (typeof numberedEvents)[number][0]>;

/** Numbers arrivals in the order of their dates, then returns, then corrections. */
const reserveNumbers = async (
  { build }: PublishServices,
  decided: readonly DecidedArticle[],
): Promise<Map<string, ReservedNumbers>> => {
  const published = decided
    .flatMap(({ input: { id }, decision }) => (decision.kind === 'publish' ? [{ id, decision }] : []))
    .sort((a, b) => compareStrings(toAnnouncementOrder(a), toAnnouncementOrder(b)));
  const wanted = numberedEvents.flatMap(([field, isNeeded]) =>
    published.filter(({ decision }) => decision[isNeeded]).map(({ id }) => ({ id, field })),
  );
  const numbers = new Map<string, ReservedNumbers>();
  if (wanted.length === 0) return numbers;
  const hasAmendments = wanted.some(({ field }) => field !== 'arrival');
  const first = await build.reserveArrivals(wanted.length, hasAmendments);
  for (const [index, { id, field }] of wanted.entries())
    numbers.set(id, { ...numbers.get(id), [field]: first + index });
  return numbers;
};

const toAnnouncementOrder = ({ id, decision }: { id: string; decision: PublishDecision }): string =>
  `${decision.published}#${id}`;
