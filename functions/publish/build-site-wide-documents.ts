import { isDeepStrictEqual } from 'node:util';
import { isVersionedAsset } from '../adapters/site-objects.ts';
import type { WithdrawnArticle } from '../core/entry.ts';
import { selectLargestTopics, updateLargestTopics } from '../core/lifecycle/largest-topics.ts';
import {
  countArticles,
  type ListSize,
  type Manifest,
  type MonthSummary,
  type SiteManifest,
} from '../core/lifecycle/manifest.ts';
import { maxHomeTopics } from '../core/site/render-home-page.ts';
import { sitePaths } from '../core/site-paths.ts';
import { compareStrings } from '../core/text/compare-strings.ts';
import type { BuildContext } from './build-context.ts';
import type { MonthsRead } from './build-months.ts';
import type { BuiltNamedList } from './build-named-list.ts';
import type { PlacedEntries } from './placed-entries.ts';
import { findNewestArchive } from './plan-month-documents.ts';
import { type IssueProgress, planNewsletter, readIssueProgress } from './plan-newsletter.ts';
import { planFixedDocuments, planHomePage, planMainFeeds, planNames, planOpml } from './plan-site-documents.ts';
import { readLatest } from './read-lists-before.ts';
import type { UpdatedArticle } from './update-articles.ts';
import { type DocumentFingerprints, type PlannedDocument, writeDocuments } from './write-documents.ts';

/** Characters of the summaries of months that the manifest of the site has. */
const maxMonthsLength = 150_000;

interface SiteInput {
  /** The manifest as it was saved, where nothing but articles has changed since. */
  readonly before: SiteManifest | undefined;
  /** The manifest as it was saved, if there is one. */
  readonly manifest: SiteManifest | undefined;
  /** The newest announced articles, where they may have changed. */
  readonly latest: PlacedEntries | undefined;
  readonly updated: readonly Pick<UpdatedArticle, 'record'>[];
  readonly withdrawn: readonly WithdrawnArticle[];
  readonly months: Promise<MonthsRead>;
}

/** The documents of the site fall into groups, of which only those that may change are planned. */
const groups = {
  issues: (path: string) => path === sitePaths.issues || path.startsWith(`${sitePaths.issues}/`),
  digests: (path: string) => path.startsWith('/digest/'),
  latest: (path: string) => path === sitePaths.home || Object.values(sitePaths.feeds).includes(path),
  names: (path: string) => [sitePaths.topics, sitePaths.authors, sitePaths.subscribe].includes(path),
  opml: (path: string) => path === sitePaths.opml,
};
type Group = keyof typeof groups | 'fixed';

const findGroup = (path: string): Group => {
  for (const group of ['issues', 'digests', 'latest', 'names', 'opml'] as const) if (groups[group](path)) return group;
  return 'fixed';
};

/** Old style sheets and scripts stay in the bucket: cached pages, and pages that are not rebuilt yet, still load them. */
const omitOldAssets = (
  fingerprints: DocumentFingerprints,
  planned: readonly PlannedDocument[],
): DocumentFingerprints => {
  const paths = new Set(planned.map(({ path }) => path));
  return Object.fromEntries(
    Object.entries(fingerprints).filter(([path]) => paths.has(path) || !isVersionedAsset(path)),
  );
};

/** Writes documents of the site, group by group, and knows what is in the bucket. */
const createSiteWriter = (context: BuildContext, manifest: SiteManifest | undefined) => {
  const written: string[] = [];
  let current: DocumentFingerprints = manifest?.fingerprints ?? {};
  return {
    written,
    getFingerprints: () => current,
    write: async (
      own: readonly Group[],
      planned: readonly PlannedDocument[],
      isKept: (path: string) => boolean = () => false,
    ): Promise<void> => {
      const isOwn = ([path]: readonly [string, string]): boolean => own.includes(findGroup(path));
      const before = omitOldAssets(Object.fromEntries(Object.entries(current).filter(isOwn)), planned);
      const result = await writeDocuments(context, before, planned, isKept);
      written.push(...result.written);
      current = {
        ...Object.fromEntries(Object.entries(current).filter((each) => !isOwn(each))),
        ...result.fingerprints,
      };
    },
  };
};

const toListSize = ({ name, title, years }: Manifest): ListSize => ({
  slug: name,
  name: title,
  count: countArticles(years === undefined ? {} : { years }),
});

const isRenamed = ({ before, change: { manifest } }: BuiltNamedList): boolean => before?.title !== manifest?.title;

/**
 * Builds what every article changes: home page, main feeds, next digests, indexes. What the articles cannot have
 * changed is not read.
 */
export const startSiteDocuments = (context: BuildContext, input: SiteInput) => {
  const { build, services } = context;
  const { before, manifest, updated, withdrawn, months } = input;
  const { lists, publication } = services;
  const writer = createSiteWriter(context, manifest);
  const progress: Promise<IssueProgress> = before ? Promise.resolve(before) : readIssueProgress(context);
  let latest = input.latest ? Promise.resolve(input.latest) : before ? undefined : readLatest(context);

  const writeLatest = async (): Promise<void> => {
    const { summaries } = await months;
    const isSameArchive =
      before?.months !== undefined &&
      isDeepStrictEqual(findNewestArchive(before.months), findNewestArchive(summaries)) &&
      isDeepStrictEqual(listMonths(before.months), listMonths(summaries));
    if (!isSameArchive) latest ??= readLatest(context);
    const entries = (await latest)?.placed.map(({ entry }) => entry);
    if (!entries) return writer.write(['fixed'], planFixedDocuments(context, summaries));
    const main = { latest: entries, withdrawn, months: summaries };
    const feeds = planMainFeeds(context, main);
    const home = before ? [planHomePage(context, main, before.largestTopics)] : [];
    await writer.write(
      ['latest', 'fixed'],
      [...feeds, ...home, ...planFixedDocuments(context, summaries)],
      (path) => !before && path === sitePaths.home,
    );
  };

  const writeNewsletter = async (): Promise<IssueProgress> => {
    const known = await progress;
    if (!latest) return known;
    const { placed, isAll } = await latest;
    const amendments = updated.map(({ record }) => Math.max(record.returnNumber ?? 0, record.correctionNumber ?? 0));
    const {
      planned,
      kept,
      progress: after,
    } = await planNewsletter(context, {
      progress: known,
      updated: updated.map(({ record }) => record),
      latest: placed,
      isAll,
      lastAmendment: Math.max(build.lastAmendment, ...amendments),
      hasArchive: !before,
    });
    await writer.write(before ? ['digests'] : ['digests', 'issues'], planned, (path) =>
      kept.some((start) => path.startsWith(start)),
    );
    return after;
  };
  const newsletter = writeNewsletter();
  // Whoever awaits it gets the failure.
  newsletter.catch(() => undefined);

  const writeAll = async (): Promise<void> => {
    // A failure that nobody waits for ends the process.
    const results = await Promise.allSettled([writeLatest(), newsletter, progress]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  };

  const readNames = async (kind: 'topic' | 'author', named: readonly BuiltNamedList[]): Promise<Manifest[]> => {
    const manifests = new Map((await lists.listManifests(kind)).map((one) => [one.name, one]));
    for (const { change } of named.filter((list) => list.change.kind === kind)) {
      if (change.manifest) manifests.set(change.name, change.manifest);
      else manifests.delete(change.name);
    }
    return [...manifests.values()].sort((a, b) => compareStrings(a.name, b.name));
  };

  /**
   * What follows from the lists of topics and authors.
   * @returns the manifest of the site, and paths of the main feeds that were written
   */
  const finish = async (named: readonly BuiltNamedList[]) => {
    const { summaries } = await months;
    const hasNewNames = !before || named.some(isRenamed);
    const changed = named.flatMap(({ change: { kind, manifest: after } }) =>
      kind === 'topic' && after ? [toListSize(after)] : [],
    );
    let largestTopics = before && !hasNewNames ? updateLargestTopics(before.largestTopics, changed) : undefined;
    let hasMoreTopics = before?.hasMoreTopics ?? false;
    if (!largestTopics) {
      const [topics, authors] = await Promise.all([readNames('topic', named), readNames('author', named)]);
      const sizes = topics.map(toListSize);
      largestTopics = selectLargestTopics(sizes);
      hasMoreTopics = sizes.length > largestTopics.length;
      const toNames = (some: readonly Manifest[]) => some.map(({ name, title }) => ({ slug: name, name: title }));
      await writer.write(['names'], planNames(context, { topics: toNames(topics), authors: toNames(authors) }));
    }
    await writer.write(['opml'], [planOpml(context, { largestTopics, hasMoreTopics })]);
    if (!before || !isSameSelection(before.largestTopics, largestTopics)) {
      const { placed } = await (latest ?? readLatest(context));
      const home = planHomePage(
        context,
        { latest: placed.map(({ entry }) => entry), months: summaries },
        largestTopics,
      );
      await writer.write(['latest'], [home], (path) => path !== sitePaths.home);
    }
    const { cadences, hasLeftOut, hasSent } = await newsletter;
    const after: SiteManifest = {
      name: 'site',
      title: publication.title,
      fingerprints: writer.getFingerprints(),
      buildVersion: services.buildVersion,
      refreshes: build.refreshes,
      withdrawn: [...withdrawn],
      ...(JSON.stringify(summaries).length <= maxMonthsLength && { months: [...summaries] }),
      largestTopics,
      hasMoreTopics,
      cadences,
      hasLeftOut,
      hasSent,
    };
    const main = Object.values(sitePaths.feeds);
    return {
      manifest: isDeepStrictEqual(after, manifest) ? undefined : after,
      feeds: writer.written.filter((path) => main.includes(path)),
      hasNewNames,
    };
  };

  return { written: writeAll(), finish };
};

const listMonths = (months: readonly MonthSummary[]): string[] => months.map(({ name }) => name);

const isSameSelection = (before: readonly ListSize[], after: readonly ListSize[]): boolean => {
  const select = (topics: readonly ListSize[]) =>
    topics.slice(0, maxHomeTopics).map(({ slug, name }) => `${slug} ${name}`);
  return isDeepStrictEqual(select(before), select(after));
};
