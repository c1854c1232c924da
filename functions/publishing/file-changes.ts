import {
  type Decision,
  decideFiling,
  type Filing,
  isLive,
  type Publication,
} from '../core/filing/decide-filing.ts';
import { type Claims, fileArticle } from '../core/filing/file-article.ts';
import type { ArticleRecord, SeedRecord } from '../core/filing/records.ts';
import { uploadId } from '../core/filing/upload-id.ts';
import { fingerprint } from '../core/identity.ts';
import { slugOf } from '../core/slug.ts';
import type { BodyReader } from './body-reader.ts';
import { inParallel } from './in-parallel.ts';
import type { PublishingServices } from './services.ts';
import { writePage } from './write-page.ts';

/** An article before and after a filing. */
export interface Filed {
  readonly previous: ArticleRecord | undefined;
  readonly record: ArticleRecord;
  /** The uploads that led to it: one, but for a seed that is renamed. */
  readonly uploads: readonly SeedRecord[];
}

/**
 * Brings records, lists and pages of articles up to what the bucket says of the changed seeds. Only the builder calls it.
 * Every step may be repeated after a crash: the marks stay until the documents have followed.
 */
export const fileChanges = async (
  services: PublishingServices,
  changed: readonly SeedRecord[],
  bodies: BodyReader,
): Promise<Filed[]> => {
  const filings = await gather(services, changed);
  const decided = filings.map((filing) => ({ filing, decision: decideFiling(filing) }));
  const numbers = await takeNumbers(services, decided);
  const file = async ({ filing, decision }: Decided, uploads: readonly SeedRecord[]): Promise<Filed> => {
    const slug = await claimSlug(services, filing, decision);
    const claims = { slug, ...numbers.get(filing.id) };
    const record = fileArticle(filing, decision, claims, services.publication.timeZone);
    const page = await writePage(services, record, bodies);
    const { page: _before, ...rest } = record;
    return { previous: filing.previous, record: { ...rest, ...(page && { page }) }, uploads };
  };
  const uploadsOf = Map.groupBy(
    changed.flatMap((seed) => claimsOf(seed).map((id) => ({ id, seed }))),
    ({ id }) => id,
  );
  const filed = await inParallel(decided, (each) => {
    const uploads = uploadsOf.get(each.filing.id)?.map(({ seed }) => seed) ?? [];
    return services.about('upload', nameUploads(uploads), () => file(each, uploads));
  });
  const records = filed.map(({ record }) => record);
  await services.articles.save(records);
  await services.lists.place(records);
  return filed;
};

/** One id for the uploads of an article. */
export const nameUploads = (uploads: readonly SeedRecord[]): string => uploads.map(uploadId).sort().join(' ');

/** For every article that a changed seed is or was: its record and the live seeds that say they are it. */
const gather = async (services: PublishingServices, changed: readonly SeedRecord[]): Promise<Filing[]> => {
  const now = services.now().toISOString();
  const ids = [...new Set(changed.flatMap(claimsOf))].sort();
  const previous = new Map((await services.articles.getMany(ids)).map((record) => [record.id, record]));
  const known = new Set(changed.map(({ key }) => key));
  const others = [...previous.values()].flatMap(({ sources }) => sources).filter((key) => !known.has(key));
  const seeds = [...changed, ...(await services.seeds.getMany([...new Set(others)]))];
  const live = Map.groupBy(seeds.filter(isLive), ({ version }) => version.id);
  return ids
    .map((id) => ({ id, previous: previous.get(id), seeds: live.get(id) ?? [], now }))
    .filter(({ previous: before, seeds: claims }) => before !== undefined || claims.length > 0);
};

/** The articles that a seed stands under, or is to. */
export const claimsOf = ({ version, claims = [] }: SeedRecord): string[] => [
  ...new Set([...claims, ...(version ? [version.id] : [])]),
];

interface Decided {
  readonly filing: Filing;
  readonly decision: Decision;
}

type Numbers = Pick<Claims, 'arrival' | 'returned' | 'corrected'>;

/** Numbers the announcements of this filing in the order of their dates, then returns and corrections. */
const takeNumbers = async (
  { build }: PublishingServices,
  decided: readonly Decided[],
): Promise<Map<string, Numbers>> => {
  const published = decided
    .flatMap(({ filing: { id }, decision }) => (decision.kind === 'publish' ? [{ id, decision }] : []))
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const wanted = [
    ...published.filter(({ decision }) => decision.needsArrival).map(({ id }) => ({ id, what: 'arrival' })),
    ...published.filter(({ decision }) => decision.needsReturn).map(({ id }) => ({ id, what: 'returned' })),
    ...published
      .filter(({ decision }) => decision.needsCorrection)
      .map(({ id }) => ({ id, what: 'corrected' })),
  ];
  const numbers = new Map<string, Numbers>();
  if (wanted.length === 0) return numbers;
  const first = await build.takeArrivals(wanted.length);
  for (const [index, { id, what }] of wanted.entries())
    numbers.set(id, { ...numbers.get(id), [what]: first + index });
  return numbers;
};

const orderOf = ({ id, decision }: { id: string; decision: Publication }): string =>
  `${decision.published}#${id}`;

/** The wished slug, or where another article holds it, the same with a few letters that follow from the id. */
const claimSlug = async (
  { articles }: PublishingServices,
  { id }: Filing,
  decision: Decision,
): Promise<string | undefined> => {
  if (decision.kind !== 'publish' || !decision.needsSlug) return undefined;
  const own = fingerprint(id);
  const wished = slugOf(decision.seed.version.slugWish, own.slice(0, 8));
  for (const slug of [wished, `${wished}-${own.slice(0, 6)}`, `${wished}-${own}`]) {
    if (await articles.claimSlug(slug, id)) return slug;
  }
  throw new Error(`no slug is free for ${id}`);
};
