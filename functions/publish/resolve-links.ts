import type { Entry } from '../core/entry.ts';
import { fingerprint } from '../core/identity.ts';
import type { ArticleRecord } from '../core/lifecycle/article-record.ts';
import { findArticleId, type SeedRecord } from '../core/lifecycle/seed-record.ts';
import { findCandidates, findReferenceName, toLinkName } from '../core/links/find-candidates.ts';
import { parsePlaceholderUrl, type SeedReference } from '../core/links/seed-references.ts';
import { findCopyPath, sitePaths, toSiteUrl } from '../core/site-paths.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { BuildContext } from './build-context.ts';
import { isolateFailures, mapSeparately } from './isolate-failures.ts';
import type { PublishServices } from './services.ts';

/** An article before and after an update, while its page is not written yet. */
interface ChangedArticle {
  readonly previous: ArticleRecord | undefined;
  readonly record: ArticleRecord;
}

const isCopyOnSite = ({ etag, withheld, isHeld, rejection, copyFingerprint }: SeedRecord): boolean =>
  etag !== undefined && !withheld && !isHeld && (!rejection || Boolean(copyFingerprint));

const listPublicKeys = (record: ArticleRecord | undefined): readonly string[] =>
  record?.state === 'published' ? record.seedKeys : [];

const listReferences = ({ state, entry }: ArticleRecord): readonly SeedReference[] =>
  state === 'published' ? (entry?.references ?? []) : [];

/** Names to be found by are those of paths, too: a file that has moved has its name still. */
const toNames = (references: readonly SeedReference[]): string[] => [
  ...new Set(references.map((reference) => findReferenceName(reference) ?? toLinkName(reference))),
];

const removeAll = (values: readonly string[], removed: readonly string[]): string[] =>
  values.filter((value) => !removed.includes(value));

/** Keys of uploads that come to the site, leave it or have another address there, all because of one article or file. */
interface AddressChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly moved: readonly string[];
  readonly fail: (error: unknown) => void;
}

const listAddressChanges = (
  { services: { buildVersion }, failures }: BuildContext,
  articles: readonly ChangedArticle[],
  seeds: readonly SeedRecord[],
): AddressChange[] => {
  const ofArticles = articles.map(({ previous, record }) => {
    const [before, after] = [listPublicKeys(previous), listPublicKeys(record)];
    return {
      added: removeAll(after, before),
      removed: removeAll(before, after),
      moved: previous?.entry?.slug === record.entry?.slug ? [] : after,
      fail: (error: unknown) => void failures.articles.set(record.id, error),
    };
  });
  const copied = seeds.filter(({ kind }) => kind === 'image' || kind === 'file');
  const ofCopies = copied.map((seed) => {
    const { key, etag, copyFingerprint = '' } = seed;
    const [wasThere, isThere] = [copyFingerprint !== '', isCopyOnSite(seed)];
    // Readers are told how long a file is.
    const isOther = seed.kind === 'file' && etag !== undefined && copyFingerprint !== fingerprint(buildVersion, etag);
    return {
      added: isThere && !wasThere ? [key] : [],
      removed: wasThere && !isThere ? [key] : [],
      moved: isThere && isOther ? [key] : [],
      fail: (error: unknown) => void failures.seeds.set(key, error),
    };
  });
  return [...ofArticles, ...ofCopies].filter(
    ({ added, removed, moved }) => added.length + removed.length + moved.length > 0,
  );
};

/** Records which uploads are on the site, by name. */
const saveNames = async ({ links }: PublishServices, changes: readonly AddressChange[]): Promise<void> => {
  const added = changes.flatMap((change) => change.added);
  const removed = changes.flatMap((change) => change.removed);
  const toNamed = (key: string) => ({ name: toLinkName(key), key });
  // A file that moves from one article to another is in both.
  await links.saveNames(added.map(toNamed), removeAll(removed, added).map(toNamed));
};

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

/** Marks the articles that link to what changes and are not built in this round. @returns whether there are any */
const markLinkingArticles = async (
  { services, failures }: BuildContext,
  changes: readonly AddressChange[],
  articles: readonly ChangedArticle[],
): Promise<boolean> => {
  const { links, articles: store, seeds, log } = services;
  const built = new Set(articles.map(({ record }) => record.id));
  const linking = await mapSeparately(
    changes,
    async ({ added, removed, moved }) => {
      const names = [...new Set([...added, ...removed, ...moved].map(toLinkName))];
      return (await mapInParallel(names, (name) => links.listLinkingArticles(name))).flat();
    },
    ({ fail }, error) => fail(error),
  );
  const marked = await isolateFailures(
    [...new Set(linking.flat())].filter((id) => !built.has(id) && !failures.articles.has(id)),
    async (ids) => {
      const keys = (await store.getMany(ids)).flatMap((record) => listPublicKeys(record).slice(0, 1));
      await seeds.markChanged(keys.map((key) => ({ key, sequencer: '' })));
      return keys;
    },
    (id, error) => log.error(`the links of article ${id} were not followed`, error),
  );
  return marked.length > 0;
};

interface Resolving {
  readonly services: PublishServices;
  /** What this round has changed and the table does not have yet. */
  readonly seeds: ReadonlyMap<string, SeedRecord>;
  readonly records: ReadonlyMap<string, ArticleRecord>;
}

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
  const { image, ...rest } = entry;
  const placeholder = image && parsePlaceholderUrl(image.url);
  const imagePath = placeholder && find(placeholder.reference)?.path;
  const shown = placeholder ? imagePath && { url: toSiteUrl(site, imagePath), alt: image.alt } : image;
  return {
    ...rest,
    ...(shown && { image: shown }),
    ...(found.length > 0 && { links: Object.fromEntries(found.map(({ reference, path }) => [reference, path])) }),
    ...(files.length > 0 && { files: [...new Map(files.map((file) => [file.path, file])).values()] }),
  };
};

/** What cannot be read is as if it were not there. */
const skip = (): void => undefined;

/** Finds what articles refer to, for all of them at once. */
const resolveAll = async <T extends ChangedArticle>(
  { services, seeds, records }: Resolving,
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
  const keysByName = new Map(found);
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
        if (seed && path) return { path, seed };
      }
      return undefined;
    });
    return { ...article, record: { ...record, entry } };
  });
};

/**
 * Gives articles the addresses of what they refer to, and marks other articles that refer to what changes here. It is
 * done before the changes are saved, so that a build after a crash finds the same changes. Only a change of an address
 * marks an article, so circles of links come to an end: docs/decisions/0023-files-and-links.md
 */
export const resolveLinks = async <T extends ChangedArticle>(
  context: BuildContext,
  articles: readonly T[],
  changed: readonly SeedRecord[],
): Promise<{ readonly articles: readonly T[]; readonly hasMarked: boolean }> => {
  const { services, failures } = context;
  const changes = listAddressChanges(context, articles, changed);
  const save = async (some: readonly AddressChange[]) => {
    await saveNames(services, some);
    return some;
  };
  const saved = await isolateFailures(changes, save, (change, error) => change.fail(error));
  const fail = ({ record }: T, error: unknown) => failures.articles.set(record.id, error);
  const linked = await isolateFailures(
    articles.filter(({ record }) => !failures.articles.has(record.id)),
    async (some) => {
      await saveLinkedNames(services, some);
      return some;
    },
    fail,
  );
  const hasMarked = await markLinkingArticles(context, saved, articles);
  const resolving = {
    services,
    seeds: new Map(changed.map((seed) => [seed.key, seed])),
    records: new Map(articles.map(({ record }) => [record.id, record])),
  };
  const sound = linked.filter(({ record }) => !failures.articles.has(record.id));
  return { articles: await isolateFailures(sound, (some) => resolveAll(resolving, some), fail), hasMarked };
};

/** Finds what an entry refers to that is not published yet. */
export const resolveUnpublishedEntry = async (services: PublishServices, key: string, entry: Entry): Promise<Entry> => {
  const { id } = entry;
  const record: ArticleRecord = { id, seedKeys: [key], state: 'published', entry, positions: [], stalePositions: [] };
  const resolving = { services, seeds: new Map(), records: new Map() };
  const [resolved] = await resolveAll(resolving, [{ previous: undefined, record }]);
  return resolved?.record.entry ?? entry;
};
