import type { BodyReader } from '../adapters/body-reader.ts';
import { fingerprint } from '../core/identity.ts';
import { type AllocatedFields, buildArticleRecord } from '../core/lifecycle/build-article-record.ts';
import {
  decideLifecycle,
  isLive,
  type LifecycleDecision,
  type LifecycleInput,
  type PublishDecision,
} from '../core/lifecycle/decide-lifecycle.ts';
import type { ArticleRecord, SeedRecord } from '../core/lifecycle/records.ts';
import { formatUploadId } from '../core/lifecycle/upload-id.ts';
import { compareStrings } from '../core/text/compare-strings.ts';
import { toSlug } from '../core/text/slug.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { PublishServices } from './services.ts';
import { writePage } from './write-page.ts';

/** An article before and after a filing. */
export interface UpdatedArticle {
  readonly previous: ArticleRecord | undefined;
  readonly record: ArticleRecord;
  /** The uploads that led to it: one, but for a seed that is renamed. */
  readonly uploads: readonly SeedRecord[];
}

/**
 * Brings records, lists and pages of articles up to what the bucket says of the changed seeds. Only the builder calls it.
 * Every step may be repeated after a crash: the marks stay until the documents have followed.
 */
export const updateArticles = async (
  services: PublishServices,
  changed: readonly SeedRecord[],
  bodies: BodyReader,
): Promise<UpdatedArticle[]> => {
  const filings = await readArticleInputs(services, changed);
  const decided = filings.map((filing) => ({ filing, decision: decideLifecycle(filing) }));
  const numbers = await reserveNumbers(services, decided);
  const file = async (
    { filing, decision }: DecidedArticle,
    uploads: readonly SeedRecord[],
  ): Promise<UpdatedArticle> => {
    const slug = await claimFreeSlug(services, filing, decision);
    const claims = { slug, ...numbers.get(filing.id) };
    const record = buildArticleRecord(filing, decision, claims, services.publication.timeZone);
    const page = await writePage(services, record, bodies);
    const { pageFingerprint: _before, ...rest } = record;
    return {
      previous: filing.previous,
      record: { ...rest, ...(page && { pageFingerprint: page }) },
      uploads,
    };
  };
  const uploadsOf = Map.groupBy(
    changed.flatMap((seed) => listClaimedIds(seed).map((id) => ({ id, seed }))),
    ({ id }) => id,
  );
  const filed = await mapInParallel(decided, (each) => {
    const uploads = uploadsOf.get(each.filing.id)?.map(({ seed }) => seed) ?? [];
    return services.runCorrelated('upload', formatUploadIds(uploads), () => file(each, uploads));
  });
  const records = filed.map(({ record }) => record);
  await services.articles.save(records);
  await services.lists.place(records);
  return filed;
};

/** One id for the uploads of an article. */
export const formatUploadIds = (uploads: readonly SeedRecord[]): string =>
  uploads.map(formatUploadId).sort().join(' ');

/** For every article that a changed seed is or was: its record and the live seeds that say they are it. */
const readArticleInputs = async (
  services: PublishServices,
  changed: readonly SeedRecord[],
): Promise<LifecycleInput[]> => {
  const now = services.now().toISOString();
  const ids = [...new Set(changed.flatMap(listClaimedIds))].sort();
  const previous = new Map((await services.articles.getMany(ids)).map((record) => [record.id, record]));
  const known = new Set(changed.map(({ key }) => key));
  const others = [...previous.values()]
    .flatMap(({ seedKeys: sources }) => sources)
    .filter((key) => !known.has(key));
  const seeds = [...changed, ...(await services.seeds.getMany([...new Set(others)]))];
  const live = Map.groupBy(seeds.filter(isLive), ({ version }) => version.id);
  return ids
    .map((id) => ({ id, previous: previous.get(id), seeds: live.get(id) ?? [], now }))
    .filter(({ previous: before, seeds: claims }) => before !== undefined || claims.length > 0);
};

/** The articles that a seed stands under, or is to. */
export const listClaimedIds = ({ version, articleIds: claims = [] }: SeedRecord): string[] => [
  ...new Set([...claims, ...(version ? [version.id] : [])]),
];

interface DecidedArticle {
  readonly filing: LifecycleInput;
  readonly decision: LifecycleDecision;
}

type ArrivalNumbers = Pick<AllocatedFields, 'arrival' | 'returned' | 'corrected'>;

/** Numbers the announcements of this filing in the order of their dates, then returns and corrections. */
const reserveNumbers = async (
  { build }: PublishServices,
  decided: readonly DecidedArticle[],
): Promise<Map<string, ArrivalNumbers>> => {
  const published = decided
    .flatMap(({ filing: { id }, decision }) => (decision.kind === 'publish' ? [{ id, decision }] : []))
    .sort((a, b) => compareStrings(toAnnouncementOrder(a), toAnnouncementOrder(b)));
  const wanted = [
    ...published.filter(({ decision }) => decision.needsArrival).map(({ id }) => ({ id, what: 'arrival' })),
    ...published.filter(({ decision }) => decision.needsReturn).map(({ id }) => ({ id, what: 'returned' })),
    ...published
      .filter(({ decision }) => decision.needsCorrection)
      .map(({ id }) => ({ id, what: 'corrected' })),
  ];
  const numbers = new Map<string, ArrivalNumbers>();
  if (wanted.length === 0) return numbers;
  const first = await build.reserveArrivals(wanted.length);
  for (const [index, { id, what }] of wanted.entries())
    numbers.set(id, { ...numbers.get(id), [what]: first + index });
  return numbers;
};

const toAnnouncementOrder = ({ id, decision }: { id: string; decision: PublishDecision }): string =>
  `${decision.published}#${id}`;

/** The wished slug, or where another article holds it, the same with a few letters that follow from the id. */
const claimFreeSlug = async (
  { articles }: PublishServices,
  { id }: LifecycleInput,
  decision: LifecycleDecision,
): Promise<string | undefined> => {
  if (decision.kind !== 'publish' || !decision.needsSlug) return undefined;
  const own = fingerprint(id);
  const wished = toSlug(decision.seed.version.slugSource, own.slice(0, 8));
  for (const slug of [wished, `${wished}-${own.slice(0, 6)}`, `${wished}-${own}`]) {
    if (await articles.claimSlug(slug, id)) return slug;
  }
  throw new Error(`no slug is free for ${id}`);
};
