import { fingerprint } from '../core/identity.ts';
import type { ArticleRecord } from '../core/lifecycle/article-record.ts';
import type { SeedRecord } from '../core/lifecycle/seed-record.ts';
import { isPictureOther } from '../core/lifecycle/to-picture.ts';
import { toLinkName } from '../core/links/find-candidates.ts';
import { mapInParallel, waitForBoth } from '../platform/concurrency.ts';
import type { BuildContext } from './build-context.ts';
import { isolateFailures, mapSeparately } from './isolate-failures.ts';
import type { PublishServices } from './services.ts';

/** An article before and after an update, while its page is not written yet. */
export interface ChangedArticle {
  readonly previous: ArticleRecord | undefined;
  readonly record: ArticleRecord;
}

export const isCopyOnSite = ({ etag, withheld, isHeld, rejection, copyFingerprint }: SeedRecord): boolean =>
  etag !== undefined && !withheld && !isHeld && (!rejection || (Boolean(copyFingerprint) && !rejection.isAfterwards));

export const listPublicKeys = (record: ArticleRecord | undefined): readonly string[] =>
  record?.state === 'published' ? record.seedKeys : [];

export const removeAll = (values: readonly string[], removed: readonly string[]): string[] =>
  values.filter((value) => !removed.includes(value));

/**
 * Keys of uploads that come to the site, leave it or have another address there, all because of one article or file.
 */
interface AddressChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly moved: readonly string[];
  /** A picture or file that is copied to the site. */
  readonly isCopy: boolean;
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
      isCopy: false,
      fail: (error: unknown) => void failures.articles.set(record.id, error),
    };
  });
  const copied = seeds.filter(({ kind }) => kind === 'image' || kind === 'file');
  const ofCopies = copied.map((seed) => {
    const { key, etag, copyFingerprint = '' } = seed;
    const [wasThere, isThere] = [copyFingerprint !== '', isCopyOnSite(seed)];
    // Readers are told how long a file is, and how large a picture.
    const isOther =
      seed.kind === 'image'
        ? isPictureOther(seed)
        : etag !== undefined && copyFingerprint !== fingerprint(buildVersion, etag);
    return {
      added: isThere && !wasThere ? [key] : [],
      removed: wasThere && !isThere ? [key] : [],
      moved: isThere && isOther ? [key] : [],
      isCopy: true,
      fail: (error: unknown) => void failures.seeds.set(key, error),
    };
  });
  return [...ofArticles, ...ofCopies].filter(
    ({ added, removed, moved }) => added.length + removed.length + moved.length > 0,
  );
};

/** Records which uploads are on the site, by name. Those of articles come with their places in lists. */
const saveNames = async ({ links }: PublishServices, changes: readonly AddressChange[]): Promise<void> => {
  const added = changes.flatMap((change) => change.added);
  const removed = changes.flatMap((change) => change.removed);
  const toNamed = (key: string) => ({ name: toLinkName(key), key });
  // A file that moves from one article to another is in both.
  await links.saveNames(
    changes.flatMap((change) => (change.isCopy ? change.added : [])).map(toNamed),
    removeAll(removed, added).map(toNamed),
  );
};

/** Marks the articles that link to what changes and are not built in this round. @returns whether there are any */
const markLinkingArticles = async (
  { services, failures, unlinkedNames }: BuildContext,
  changes: readonly AddressChange[],
  articles: readonly ChangedArticle[],
): Promise<boolean> => {
  const { links, articles: store, seeds, log } = services;
  const built = new Set(articles.map(({ record }) => record.id));
  const named = changes.map(({ added, removed, moved, fail }) => ({
    names: [...new Set([...added, ...removed, ...moved].map(toLinkName))].filter((name) => !unlinkedNames.has(name)),
    fail,
  }));
  const linked = await isolateFailures(
    named,
    async (some) => {
      const known = new Set(await links.selectLinkedNames(some.flatMap(({ names }) => names)));
      return some.map(({ names, fail }) => ({ names: names.filter((name) => known.has(name)), fail }));
    },
    ({ fail }, error) => fail(error),
  );
  const linking = await mapSeparately(
    linked,
    async ({ names }) => (await mapInParallel(names, (name) => links.listLinkingArticles(name))).flat(),
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

/**
 * Records by name what comes to the site or leaves it, and marks articles that link to it.
 * @returns whether there are any
 */
export const followAddressChanges = async (
  context: BuildContext,
  articles: readonly ChangedArticle[],
  seeds: readonly SeedRecord[],
): Promise<boolean> => {
  const save = async (some: readonly AddressChange[]) => {
    await saveNames(context.services, some);
    return some;
  };
  const changes = listAddressChanges(context, articles, seeds);
  const [, hasMarked] = await waitForBoth(
    isolateFailures(changes, save, (change, error) => change.fail(error)),
    markLinkingArticles(context, changes, articles),
  );
  return hasMarked;
};
