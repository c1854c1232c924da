import { createBodyReader } from '../adapters/body-reader.ts';
import type { Build } from '../adapters/table/build.ts';
import type { ChangedSeed } from '../adapters/table/seeds.ts';
import type { SeedRecord } from '../core/lifecycle/records.ts';
import { formatUploadId } from '../core/lifecycle/upload-id.ts';
import { sitePaths, toSiteUrl } from '../core/site-paths.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import { buildLeaseSeconds, internalFolders } from '../platform/contract.ts';
import { buildDocuments } from './build-documents.ts';
import { rebuildStaleMonth, startBuildVersion, withBuildVersion } from './build-version.ts';
import { publishImage } from './publish-image.ts';
import type { PublishServices } from './services.ts';
import { formatUploadIds, listClaimedIds, type UpdatedArticle, updateArticles } from './update-articles.ts';
import { writeRejection } from './write-rejection.ts';

/** Changes filed in one round. */
const maxChangesPerRound = 500;
/** A round is not begun when the function has less time left than this. Milliseconds. */
const minTimeForRoundMs = 30_000;

/** How a call of the builder ended: `busy` when another builder will see to it, `continued` when a message asks for more. */
export type BuildOutcome = 'built' | 'busy' | 'continued';

/**
 * Brings the site up to the records. One builder works at a time; it goes on until nothing was requested while it built.
 * @param timeLeft milliseconds until the function is stopped
 */
export const buildSite = async (services: PublishServices, timeLeft: () => number): Promise<BuildOutcome> => {
  const holder = services.createId();
  const now = services.now();
  const seconds = Math.floor(now.getTime() / 1000);
  let build = await services.build.acquireLease({
    holder,
    now: seconds,
    until: seconds + buildLeaseSeconds,
    since: now.toISOString(),
  });
  if (!build) return 'busy';
  try {
    for (;;) {
      const more = await buildRound(withBuildVersion(services, build), build);
      if (!more && (await services.build.finish(holder, build.requested))) return 'built';
      if (timeLeft() < minTimeForRoundMs) break;
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

/**
 * Files one portion of changes and builds what follows from it; true when there is more to do. A request without a
 * change asks for the front: an issue went out.
 */
const buildRound = async (services: PublishServices, build: Build): Promise<boolean> => {
  const renewed = build.buildVersion !== services.buildVersion;
  if (renewed) await startBuildVersion(services, build);
  const changes = await services.seeds.listChanged(maxChangesPerRound);
  const asked = !build.isRebuilding && build.requested > build.built;
  if (changes.length > 0 || renewed || asked) await buildChanges(services, build, changes);
  if (!renewed && !build.isRebuilding) return changes.length === maxChangesPerRound;
  if (changes.length === 0) await rebuildStaleMonth(services);
  return true;
};

/** Every step may be repeated: the marks go last, once documents and hubs have followed. */
const buildChanges = async (
  services: PublishServices,
  build: Build,
  changes: readonly ChangedSeed[],
): Promise<void> => {
  const seeds = await services.seeds.getMany(changes.map(({ sk }) => sk));
  const bodies = createBodyReader(services);
  const since = build.since ?? services.now().toISOString();
  await mapInParallel(seeds, (seed) => claimArticles(services, seed));
  const filed = await updateArticles(services, seeds, bodies);
  const feeds = await buildDocuments(services, filed, { bodies, since });
  if (seeds.length > 0)
    services.log.info('documents written', { uploads: seeds.map(formatUploadId), feeds: feeds.length });
  await finalizeArticles(services, filed);
  // After the articles: once a seed's claims are trimmed, its mark does not lead to them any more.
  await mapInParallel(seeds, (seed) => finalizeSeed(services, seed));
  await notifyHubs(services, feeds);
  await mapInParallel(changes, (change) => services.seeds.unmark(change));
  await logChanges(services, filed);
};

/** Says what is new, changed or gone, and how long it took; an article that was only made anew is no news. */
const logChanges = async (services: PublishServices, filed: readonly UpdatedArticle[]): Promise<void> => {
  const { runCorrelated: about, log, site, now } = services;
  const news = filed.filter(
    ({ previous, record }) =>
      previous?.state !== record.state || previous.entry?.revision !== record.entry?.revision,
  );
  for (const { previous, record, uploads } of news) {
    const { state, entry, seedKeys: sources, dueAt: due } = record;
    await about('upload', formatUploadIds(uploads), async () => {
      log.info(state, {
        key: sources.join(),
        ...(state === 'published' && entry && { address: toSiteUrl(site, sitePaths.article(entry)) }),
        ...(due && { due }),
      });
    });
    // What waited for its own time is as late as it was meant to be.
    if (state !== 'published' || previous?.state === 'scheduled') continue;
    const uploaded = uploads
      .map(({ uploadedAt: modified }) => Date.parse(modified ?? ''))
      .filter(Number.isFinite);
    if (uploaded.length > 0)
      log.count('publishingTime', Math.max(0, now().getTime() - Math.max(...uploaded)) / 1000);
  }
  log.count('published', news.filter(({ record }) => record.state === 'published').length);
};

/** Notes under which articles a seed may stand before it does, so that none is forgotten when its id changes. */
const claimArticles = async ({ seeds }: PublishServices, seed: SeedRecord): Promise<void> => {
  const claims = listClaimedIds(seed);
  if (claims.length > (seed.articleIds?.length ?? 0))
    await seeds.saveBuilderFields(seed.key, { articleIds: claims });
};

/** Report, image, and under which article alone the seed stands now. */
const finalizeSeed = async (services: PublishServices, seed: SeedRecord): Promise<void> => {
  await writeRejection(services, seed);
  if (seed.kind === 'image') {
    const shown = await publishImage(services, seed);
    if (shown !== (seed.imageFingerprint ?? ''))
      await services.seeds.saveBuilderFields(seed.key, { imageFingerprint: shown });
  }
  const claims = seed.version ? [seed.version.id] : [];
  if (listClaimedIds(seed).length > claims.length)
    await services.seeds.saveBuilderFields(seed.key, { articleIds: claims });
};

/** Once the documents have followed, forgets the places that articles left and the bodies they had. */
const finalizeArticles = async (
  { articles, buckets }: PublishServices,
  filed: readonly UpdatedArticle[],
): Promise<void> => {
  await articles.save(
    filed
      .filter(({ record }) => record.stalePositions.length > 0)
      .map(({ record }) => ({ ...record, stalePositions: [] })),
  );
  const old = filed.flatMap(({ previous, record }) => {
    const body = previous?.entry?.bodyKey;
    return body && body !== record.entry?.bodyKey ? [internalFolders.bodies + body] : [];
  });
  await mapInParallel(old, (name) => buckets.internal.delete(name));
};

/** Tells the hubs of every changed feed. A hub that is away is told of the next change: readers still poll. */
const notifyHubs = async (
  { publication, site, webSub: hub, log }: PublishServices,
  feeds: readonly string[],
): Promise<void> => {
  const pings = publication.hubs.flatMap((address) =>
    feeds.map((path) => ({ address, feed: toSiteUrl(site, path) })),
  );
  await mapInParallel(pings, async ({ address, feed }) => {
    try {
      await hub.publish(address, feed);
    } catch (error) {
      log.count('hubFailures', 1);
      log.warn('hub was not told', { hub: address, feed, error: String(error) });
    }
  });
};
