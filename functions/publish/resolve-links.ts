import type { Entry } from '../core/entry.ts';
import type { ArticleRecord } from '../core/lifecycle/article-record.ts';
import { findArticleId, type SeedRecord } from '../core/lifecycle/seed-record.ts';
import { toPicture } from '../core/lifecycle/to-picture.ts';
import { findCandidates, findReferenceName, toLinkName } from '../core/links/find-candidates.ts';
import { resolveImage } from '../core/links/resolve-image.ts';
import type { SeedReference } from '../core/links/seed-references.ts';
import { findCopyPath, sitePaths } from '../core/site-paths.ts';
import { compareStrings } from '../core/text/compare-strings.ts';
import type { BuildContext } from './build-context.ts';
import {
  type ChangedArticle,
  followAddressChanges,
  isCopyOnSite,
  listPublicKeys,
  removeAll,
} from './follow-address-changes.ts';
import { isolateFailures, mapSeparately } from './isolate-failures.ts';
import type { PublishServices } from './services.ts';

const listReferences = ({ state, entry }: ArticleRecord): readonly SeedReference[] =>
  state === 'published' ? (entry?.references ?? []) : [];

/** Names to be found by are those of paths, too: a file that has moved has its name still. */
const toNames = (references: readonly SeedReference[]): string[] => [
  ...new Set(references.map((reference) => findReferenceName(reference) ?? toLinkName(reference))),
];

/** Records what articles link to, before it is sought, so that they hear of what comes later. */
const saveLinkedNames = async ({ links }: PublishServices, articles: readonly ChangedArticle[]): Promise<void> => {
  const changes = articles.map(({ previous, record }) => ({
    id: record.id,
    before: previous ? toNames(listReferences(previous)) : [],
    after: toNames(listReferences(record)),
  }));
  const toLinks = (id: string, names: readonly string[]) => names.map((name) => ({ name, id }));
  await links.saveLinks(
    changes.flatMap(({ id, before, after }) => toLinks(id, removeAll(after, before))),
    changes.flatMap(({ id, before, after }) => toLinks(id, removeAll(before, after))),
  );
};

interface Resolving {
  readonly services: PublishServices;
  /** What this round has changed and the table does not have yet. */
  readonly seeds: ReadonlyMap<string, SeedRecord>;
  readonly records: ReadonlyMap<string, ArticleRecord>;
  /** Is told of the pictures that are found. */
  readonly shownPictures?: Map<string, SeedRecord>;
}

/** Characters of what pictures say of themselves, in one article: the table keeps it in each of its lists. */
const maxTextsLength = 20_000;

const limitTexts = (pictures: NonNullable<Entry['pictures']>): NonNullable<Entry['pictures']> => {
  let length = 0;
  return pictures.map(({ caption, credit, copyright, ...picture }) => {
    length += [caption, credit, copyright].reduce((sum, text = '') => sum + text.length, 0);
    if (length > maxTextsLength) return picture;
    return { ...picture, ...(caption && { caption }), ...(credit && { credit }), ...(copyright && { copyright }) };
  });
};

const resolveEntry = (
  entry: Entry,
  site: string,
  find: (reference: SeedReference) => { readonly path: string; readonly seed: SeedRecord } | undefined,
): Entry => {
  const found = (entry.references ?? []).flatMap((reference) => {
    const target = find(reference);
    return target ? [{ reference, ...target }] : [];
  });
  const files = found.flatMap(({ path, seed: { kind, file } }) => {
    if (kind !== 'file' || !file) return [];
    const { type, bytes, seconds } = file;
    return [{ path, type, bytes, ...(seconds !== undefined && { seconds }) }];
  });
  const pictures = found.flatMap(({ path, seed }) => {
    const picture = seed.kind === 'image' ? toPicture(seed) : undefined;
    return picture ? [{ path, ...picture }] : [];
  });
  const { image, ...rest } = entry;
  const shown = image && resolveImage(image, rest, site, (reference) => find(reference)?.path);
  return {
    ...rest,
    ...(shown && { image: shown }),
    ...(found.length > 0 && { links: Object.fromEntries(found.map(({ reference, path }) => [reference, path])) }),
    ...(pictures.length > 0 && {
      pictures: limitTexts([...new Map(pictures.map((each) => [each.path, each])).values()]),
    }),
    ...(files.length > 0 && { files: [...new Map(files.map((file) => [file.path, file])).values()] }),
  };
};

/** What cannot be read is as if it were not there. */
const skip = (): void => undefined;

/** Finds what articles refer to, for all of them at once. */
const resolveAll = async <T extends ChangedArticle>(
  { services, seeds, records, shownPictures }: Resolving,
  articles: readonly T[],
): Promise<T[]> => {
  const linking = articles.filter(({ record }) => listReferences(record).length > 0);
  if (linking.length === 0) return [...articles];
  const references = linking.flatMap(({ record }) => listReferences(record));
  const names = [...new Set(references.flatMap((reference) => findReferenceName(reference) ?? []))];
  const found = await mapSeparately(
    names,
    async (name): Promise<[string, string[]]> => [name, await services.links.listKeys(name)],
    skip,
  );
  const changedKeys = Map.groupBy([...records.values()].flatMap(listPublicKeys), toLinkName);
  const keysByName = new Map(
    found.map(([name, keys]) => [name, [...new Set([...keys, ...(changedKeys.get(name) ?? [])])].sort(compareStrings)]),
  );
  const listCandidates = (reference: SeedReference, from: string): string[] =>
    findCandidates(reference, from, keysByName.get(findReferenceName(reference) ?? '') ?? []);
  const wanted = linking.flatMap(({ record }) =>
    listReferences(record).flatMap((reference) => listCandidates(reference, record.seedKeys[0] ?? '')),
  );
  const stored = await isolateFailures(
    [...new Set(wanted)].filter((key) => !seeds.has(key)),
    (some) => services.seeds.getMany(some),
    skip,
  );
  const targets = new Map([...stored.map((seed): [string, SeedRecord] => [seed.key, seed]), ...seeds]);
  const ids = new Set([...new Set(wanted)].flatMap((key) => findArticleId(targets.get(key) ?? {}) ?? []));
  const others = await isolateFailures(
    [...ids].filter((id) => !records.has(id)),
    (some) => services.articles.getMany(some),
    skip,
  );
  const articlesById = new Map([...others.map((record): [string, ArticleRecord] => [record.id, record]), ...records]);
  const findPath = (seed: SeedRecord): string | undefined => {
    if (seed.kind === 'image' || seed.kind === 'file') return isCopyOnSite(seed) ? findCopyPath(seed.key) : undefined;
    const article = articlesById.get(findArticleId(seed) ?? '');
    return article?.entry && listPublicKeys(article).includes(seed.key) ? sitePaths.article(article.entry) : undefined;
  };
  return articles.map((article) => {
    const { record } = article;
    if (!record.entry || listReferences(record).length === 0) return article;
    const entry = resolveEntry(record.entry, services.site, (reference) => {
      for (const key of listCandidates(reference, record.seedKeys[0] ?? '')) {
        const seed = targets.get(key);
        const path = seed && findPath(seed);
        if (!seed || !path) continue;
        if (seed.kind === 'image') shownPictures?.set(seed.key, seed);
        return { path, seed };
      }
      return undefined;
    });
    return { ...article, record: { ...record, entry } };
  });
};

interface ResolvedLinks<T> {
  readonly articles: readonly T[];
  /** Whether other articles were marked, once all addresses are recorded. */
  readonly followed: Promise<boolean>;
}

/**
 * Gives articles the addresses of what they refer to, and marks other articles that refer to what changes here. It is
 * done before the changes are saved, so that a build after a crash finds the same changes. Only a change of an address
 * marks an article, so circles of links come to an end: docs/decisions/0023-files-and-links.md
 */
export const resolveLinks = async <T extends ChangedArticle>(
  context: BuildContext,
  articles: readonly T[],
  changed: readonly SeedRecord[],
): Promise<ResolvedLinks<T>> => {
  const { services, failures } = context;
  const followed = followAddressChanges(context, articles, changed);
  // Whoever awaits it gets the failure.
  followed.catch(() => undefined);
  // What is sought by name has to be recorded by name first.
  if (
    articles.some(({ previous, record }) => [record, previous ?? record].some((one) => listReferences(one).length > 0))
  )
    await followed;
  const fail = ({ record }: T, error: unknown) => failures.articles.set(record.id, error);
  const linked = await isolateFailures(
    articles.filter(({ record }) => !failures.articles.has(record.id)),
    async (some) => {
      await saveLinkedNames(services, some);
      return some;
    },
    fail,
  );
  const resolving = {
    services,
    seeds: new Map(changed.map((seed) => [seed.key, seed])),
    records: new Map(articles.map(({ record }) => [record.id, record])),
    shownPictures: context.shownPictures,
  };
  const sound = linked.filter(({ record }) => !failures.articles.has(record.id));
  return { articles: await isolateFailures(sound, (some) => resolveAll(resolving, some), fail), followed };
};

/** Finds what an entry refers to that is not published yet. */
export const resolveUnpublishedEntry = async (services: PublishServices, key: string, entry: Entry): Promise<Entry> => {
  const { id } = entry;
  const record: ArticleRecord = { id, seedKeys: [key], state: 'published', entry, positions: [], stalePositions: [] };
  const resolving = { services, seeds: new Map(), records: new Map() };
  const [resolved] = await resolveAll(resolving, [{ previous: undefined, record }]);
  return resolved?.record.entry ?? entry;
};
