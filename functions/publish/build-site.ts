import type { Build } from '../adapters/table/build.ts';
import type { ChangedSeed } from '../adapters/table/seeds.ts';
import { formatUploadId } from '../core/lifecycle/seed-record.ts';
import { buildImmediateIssueRequest } from '../core/newsletter/issue/immediate-issue.ts';
import { sitePaths, toSiteUrl } from '../core/site-paths.ts';
import { mapInParallel, waitForBoth } from '../platform/concurrency.ts';
import { buildLeaseSeconds } from '../platform/contract.ts';
import { acknowledgeChanges, maxFailures } from './acknowledge-changes.ts';
import { applyFolderRules } from './apply-folder-rules.ts';
import { assignChangedSeeds, readChangedSeeds } from './assign-changed-seeds.ts';
import { createBuildContext } from './build-context.ts';
import { buildDocuments } from './build-documents.ts';
import { rebuildStaleMonth, startBuildVersion, withBuildVersion } from './build-version.ts';
import { finalizeArticles, finalizeSeeds } from './finalize-changes.ts';
import { requestSizes } from './picture-sizes.ts';
import { markPreviewsOf } from './preview-pictures.ts';
import type { PublishServices } from './services.ts';
import { formatUploadIds, type UpdatedArticle, updateArticles } from './update-articles.ts';
import { updateMenuPages } from './update-menu-pages.ts';

const maxChangesPerRound = 500;
/** No round is started when the function has less time left than this. */
const minTimeForRoundMs = 30_000;

/** `continued`: a message was queued for the rest. */
export type BuildOutcome = 'built' | 'continued';

export interface BuildLease {
  readonly holder: string;
  readonly build: Build;
}

/** @returns undefined where another builder has the lease */
export const acquireLease = async (services: PublishServices, isRequest: boolean): Promise<BuildLease | undefined> => {
  const holder = services.createId();
  const now = services.now();
  const seconds = Math.floor(now.getTime() / 1000);
  const build = await services.build.acquireLease({
    holder,
    now: seconds,
    until: seconds + buildLeaseSeconds,
    since: now.toISOString(),
    isRequest,
  });
  if (!build) return undefined;
  services.memory.begin(build, isRequest);
  return { holder, build };
};

/** Brings the site up to date with the records. One builder works at a time, until nothing is requested meanwhile. */
export const buildSite = async (
  services: PublishServices,
  { holder, build: acquired }: BuildLease,
  getTimeLeftMs: () => number,
): Promise<BuildOutcome> => {
  let build = acquired;
  try {
    for (;;) {
      const { hasMore, unmark } = await buildRound(withBuildVersion(services, build), build);
      const { requested } = build;
      // A mark that is left after a crash leads to another build.
      const finish = async () => (hasMore ? undefined : services.build.finish(holder, requested));
      const [, finished] = await waitForBoth(unmark(), finish());
      if (finished) {
        services.memory.end(finished);
        if (finished.announced > acquired.announced) await requestImmediateIssue(services, finished);
        return 'built';
      }
      if (getTimeLeftMs() < minTimeForRoundMs) break;
      build = await services.build.get();
    }
  } catch (error) {
    await services.build.releaseLease(holder);
    throw error;
  }
  await services.build.releaseLease(holder);
  await services.uploadsQueue.send({ source: 'seedpress.build' });
  return 'continued';
};

/** Where it fails, `compose-issue` finds the articles when it looks for those that wait. */
const requestImmediateIssue = async (
  { issuesQueue, log, now, publication }: PublishServices,
  { announced }: Build,
): Promise<void> => {
  const request = buildImmediateIssueRequest(publication, announced, now());
  if (!request) return;
  try {
    await issuesQueue?.send(request.message, request.delaySeconds);
  } catch (error) {
    log.error('no immediate issue could be asked for', error);
  }
};

interface BuiltRound {
  /** Whether there is more to do. */
  readonly hasMore: boolean;
  /** Removes the marks of the changes that are done. */
  readonly unmark: () => Promise<void>;
}

/**
 * Builds one portion of changes. A request without a change rebuilds the documents of the whole site: an issue was
 * sent.
 */
const buildRound = async (services: PublishServices, build: Build): Promise<BuiltRound> => {
  const isNewVersion = build.buildVersion !== services.buildVersion;
  if (isNewVersion) await startBuildVersion(services, build);
  const marked = await services.memory.listChanges(maxChangesPerRound);
  // The marks of others are left where a build could not remove them when it set them aside, until the seed changes.
  const pending = new Set(marked.flatMap(({ key, failures }) => (failures < maxFailures ? [key] : [])));
  const changes = marked.filter(({ key }) => pending.has(key));
  const isRequested = !build.isRebuilding && build.requested > build.built;
  const isNeeded = changes.length > 0 || isNewVersion || isRequested;
  const { hasMore, unmark } = isNeeded
    ? await buildChanges(services, build, changes)
    : { hasMore: false, unmark: async () => {} };
  if (!isNewVersion && !build.isRebuilding)
    return { hasMore: hasMore || changes.length === maxChangesPerRound, unmark };
  if (changes.length === 0) await rebuildStaleMonth(services);
  return { hasMore: true, unmark };
};

/**
 * Every step may be repeated after a crash: the marks of the changes are removed last. What fails because of one seed
 * or article is done without it, and its mark stays.
 */
const buildChanges = async (
  services: PublishServices,
  build: Build,
  changes: readonly ChangedSeed[],
): Promise<BuiltRound> => {
  const context = createBuildContext(services, build);
  const read = await readChangedSeeds(context, changes);
  const { seeds: found, hasMarked: hasMarkedFolders } = await applyFolderRules(context, read.seeds, read.sections);
  const assigned = await assignChangedSeeds(context, { ...read, seeds: found });
  const { updated: articles, seeds, hasMarked, ...before } = await updateArticles(context, assigned);
  const feeds = await buildDocuments(await updateMenuPages(context, articles), articles, before);
  if (seeds.length > 0)
    services.log.info('documents written', { uploads: seeds.map(formatUploadId), feeds: feeds.length });
  await finalizeArticles(context, articles);
  // After the articles: a seed whose claims are trimmed no longer leads to the article that it has left.
  await finalizeSeeds(context, seeds, articles);
  await requestSizes(context);
  const hasPreviews = await markPreviewsOf(services, seeds);
  await notifyHubs(services, feeds);
  const assignedKeys = new Set(seeds.map(({ key }) => key));
  const unmark = await acknowledgeChanges(context, changes, [
    ...found.filter(({ key }) => !assignedKeys.has(key)),
    ...seeds,
  ]);
  await logChanges(services, articles);
  return { hasMore: assigned.hasDisplaced || hasPreviews || hasMarked || hasMarkedFolders, unmark };
};

/** Notifies the hubs of every feed that changed. A failure is not retried: feed readers still poll. */
const notifyHubs = async (
  { publication, site, webSub, log }: PublishServices,
  feeds: readonly string[],
): Promise<void> => {
  const notifications = publication.hubs.flatMap((hub) => feeds.map((path) => ({ hub, feed: toSiteUrl(site, path) })));
  await mapInParallel(notifications, async ({ hub, feed }) => {
    try {
      await webSub.publish(hub, feed);
    } catch (error) {
      log.count('hubFailures', 1);
      log.warn('notifying the hub failed', { hub, feed, error: String(error) });
    }
  });
};

/**
 * Logs what was published, changed or withdrawn, and how long it took. Articles that were only rebuilt are left out.
 */
const logChanges = async (
  { runCorrelated, log, site, now }: PublishServices,
  articles: readonly UpdatedArticle[],
): Promise<void> => {
  const changed = articles.filter(
    ({ previous, record }) => previous?.state !== record.state || previous.entry?.revision !== record.entry?.revision,
  );
  for (const { previous, record, uploads } of changed) {
    const { state, entry, seedKeys, dueAt } = record;
    await runCorrelated('upload', formatUploadIds(uploads), async () => {
      log.info(state, {
        key: (seedKeys.length > 0 ? seedKeys : (previous?.seedKeys ?? [])).join(),
        ...(state === 'published' && entry && { address: toSiteUrl(site, sitePaths.article(entry)) }),
        ...(dueAt && { due: dueAt }),
      });
    });
    // A scheduled article is published at its own time, not as fast as possible.
    if (state !== 'published' || previous?.state === 'scheduled') continue;
    const uploadTimes = uploads.map(({ uploadedAt }) => Date.parse(uploadedAt ?? '')).filter(Number.isFinite);
    if (uploadTimes.length > 0)
      log.count('publishingTime', Math.max(0, now().getTime() - Math.max(...uploadTimes)) / 1000);
  }
  log.count('published', changed.filter(({ record }) => record.state === 'published').length);
};
