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
import type { AssignedSeeds } from './assign-changed-seeds.ts';
import type { BuildContext } from './build-context.ts';
import { claimAddresses } from './claim-addresses.ts';
import { isolateFailures, mapSeparately } from './isolate-failures.ts';
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

/**
 * Brings records, pages and lists of articles up to date with the changed seeds. Only the builder calls it. Every step
 * may be repeated after a crash. Articles that a step fails on are left as they are.
 * @returns the articles, and whether others that link to them are marked as changed
 */
export const updateArticles = async (
  context: BuildContext,
  { seeds: changed, articles }: AssignedSeeds,
): Promise<{ readonly updated: readonly UpdatedArticle[]; readonly hasMarked: boolean }> => {
  const { services, failures } = context;
  const fail = (id: string, error: unknown) => failures.articles.set(id, error);
  const decided = await mapSeparately(
    articles,
    async (input) => ({ input, decision: decideLifecycle(input) }),
    ({ id }, error) => fail(id, error),
  );
  const numbers = await reserveNumbers(services, decided);
  const uploadsById = Map.groupBy(
    changed.flatMap((seed) => listClaimedIds(seed).map((id) => ({ id, seed }))),
    ({ id }) => id,
  );
  const built = await mapSeparately(
    decided,
    ({ input, decision }) => {
      const uploads = uploadsById.get(input.id)?.map(({ seed }) => seed) ?? [];
      return services.runCorrelated('upload', formatUploadIds(uploads), async () => {
        const { warnings, ...addresses } = await claimAddresses(services, input, decision);
        const allocated = { ...addresses, ...numbers.get(input.id) };
        const record = buildArticleRecord(input, decision, allocated, services.publication.timeZone);
        const { previous, seeds, conflicting = [] } = input;
        return { previous, record, uploads, seeds, conflicting, warnings };
      });
    },
    ({ input }, error) => fail(input.id, error),
  );
  const resolved = await resolveLinks(context, built, changed);
  const written = await mapSeparately(
    resolved.articles,
    (article) =>
      services.runCorrelated('upload', formatUploadIds(article.uploads), async () => ({
        ...article,
        record: await writeArticleAddresses(context, article.record),
      })),
    ({ record }, error) => fail(record.id, error),
  );
  const save = async (some: readonly UpdatedArticle[]) => {
    const records = some.map(({ record }) => record);
    await services.articles.save(records);
    await services.lists.place(records);
    return some;
  };
  const updated = await isolateFailures(written, save, ({ record }, error) => fail(record.id, error));
  return { updated, hasMarked: resolved.hasMarked };
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
  const first = await build.reserveArrivals(wanted.length);
  for (const [index, { id, field }] of wanted.entries())
    numbers.set(id, { ...numbers.get(id), [field]: first + index });
  return numbers;
};

const toAnnouncementOrder = ({ id, decision }: { id: string; decision: PublishDecision }): string =>
  `${decision.published}#${id}`;
