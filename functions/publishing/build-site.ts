import type { Build } from '../adapters/table/build.ts';
import type { Change } from '../adapters/table/seeds.ts';
import type { SeedRecord } from '../core/filing/records.ts';
import { uploadId } from '../core/filing/upload-id.ts';
import { addressOf, sitePaths } from '../core/site-paths.ts';
import { buildLease, deskFolders } from '../runtime/contract.ts';
import { createBodyReader } from './body-reader.ts';
import { buildDocuments } from './build-documents.ts';
import { claimsOf, type Filed, fileChanges, nameUploads } from './file-changes.ts';
import { inParallel } from './in-parallel.ts';
import { publishImage } from './publish-image.ts';
import { inEdition, startNewEdition, takeUpOldMonth } from './renew-edition.ts';
import type { PublishingServices } from './services.ts';
import { writeRejection } from './write-rejection.ts';

/** Changes filed in one round. */
const roundSize = 500;
/** A round is not begun when the function has less time left than this. Milliseconds. */
const roundTime = 30_000;

/** How a call of the builder ended: `busy` when another builder will see to it, `continued` when a message asks for more. */
export type Outcome = 'built' | 'busy' | 'continued';

/**
 * Brings the site up to the records. One builder works at a time; it goes on until nothing was requested while it built.
 * @param timeLeft milliseconds until the function is stopped
 */
export const buildSite = async (services: PublishingServices, timeLeft: () => number): Promise<Outcome> => {
  const holder = services.newId();
  const now = services.now();
  const seconds = Math.floor(now.getTime() / 1000);
  let build = await services.build.acquire({
    holder,
    now: seconds,
    until: seconds + buildLease,
    since: now.toISOString(),
  });
  if (!build) return 'busy';
  try {
    for (;;) {
      const more = await buildRound(inEdition(services, build), build);
      if (!more && (await services.build.finish(holder, build.requested))) return 'built';
      if (timeLeft() < roundTime) break;
      build = await services.build.get();
    }
  } catch (error) {
    await services.build.abandon(holder);
    throw error;
  }
  await services.build.abandon(holder);
  await services.uploads.send({ source: 'seedpress.build' });
  return 'continued';
};

/**
 * Files one portion of changes and builds what follows from it; true when there is more to do. A request without a
 * change asks for the front: an issue went out.
 */
const buildRound = async (services: PublishingServices, build: Build): Promise<boolean> => {
  const renewed = build.edition !== services.edition;
  if (renewed) await startNewEdition(services, build);
  const changes = await services.seeds.changed(roundSize);
  const asked = !build.renewing && build.requested > build.built;
  if (changes.length > 0 || renewed || asked) await buildChanges(services, build, changes);
  if (!renewed && !build.renewing) return changes.length === roundSize;
  if (changes.length === 0) await takeUpOldMonth(services);
  return true;
};

/** Every step may be repeated: the marks go last, once documents and hubs have followed. */
const buildChanges = async (
  services: PublishingServices,
  build: Build,
  changes: readonly Change[],
): Promise<void> => {
  const seeds = await services.seeds.getMany(changes.map(({ sk }) => sk));
  const bodies = createBodyReader(services);
  const since = build.since ?? services.now().toISOString();
  await inParallel(seeds, (seed) => claimArticles(services, seed));
  const filed = await fileChanges(services, seeds, bodies);
  const feeds = await buildDocuments(services, filed, { bodies, since });
  if (seeds.length > 0)
    services.log.info('documents written', { uploads: seeds.map(uploadId), feeds: feeds.length });
  await settleArticles(services, filed);
  // After the articles: once a seed's claims are trimmed, its mark does not lead to them any more.
  await inParallel(seeds, (seed) => settleSeed(services, seed));
  await pingHubs(services, feeds);
  await inParallel(changes, (change) => services.seeds.unmark(change));
  await tellOfNews(services, filed);
};

/** Says what is new, changed or gone, and how long it took; an article that was only made anew is no news. */
const tellOfNews = async (services: PublishingServices, filed: readonly Filed[]): Promise<void> => {
  const { about, log, site, now } = services;
  const news = filed.filter(
    ({ previous, record }) =>
      previous?.state !== record.state || previous.entry?.revision !== record.entry?.revision,
  );
  for (const { previous, record, uploads } of news) {
    const { state, entry, sources, due } = record;
    await about('upload', nameUploads(uploads), async () => {
      log.info(state, {
        key: sources.join(),
        ...(state === 'published' && entry && { address: addressOf(site, sitePaths.article(entry)) }),
        ...(due && { due }),
      });
    });
    // What waited for its own time is as late as it was meant to be.
    if (state !== 'published' || previous?.state === 'scheduled') continue;
    const uploaded = uploads.map(({ modified }) => Date.parse(modified ?? '')).filter(Number.isFinite);
    if (uploaded.length > 0)
      log.count('publishingTime', Math.max(0, now().getTime() - Math.max(...uploaded)) / 1000);
  }
  log.count('published', news.filter(({ record }) => record.state === 'published').length);
};

/** Notes under which articles a seed may stand before it does, so that none is forgotten when its id changes. */
const claimArticles = async ({ seeds }: PublishingServices, seed: SeedRecord): Promise<void> => {
  const claims = claimsOf(seed);
  if (claims.length > (seed.claims?.length ?? 0)) await seeds.note(seed.key, { claims });
};

/** Report, image, and under which article alone the seed stands now. */
const settleSeed = async (services: PublishingServices, seed: SeedRecord): Promise<void> => {
  await writeRejection(services, seed);
  if (seed.kind === 'image') {
    const shown = await publishImage(services, seed);
    if (shown !== (seed.shown ?? '')) await services.seeds.note(seed.key, { shown });
  }
  const claims = seed.version ? [seed.version.id] : [];
  if (claimsOf(seed).length > claims.length) await services.seeds.note(seed.key, { claims });
};

/** Once the documents have followed, forgets the places that articles left and the bodies they had. */
const settleArticles = async (
  { articles, buckets }: PublishingServices,
  filed: readonly Filed[],
): Promise<void> => {
  await articles.save(
    filed.filter(({ record }) => record.left.length > 0).map(({ record }) => ({ ...record, left: [] })),
  );
  const old = filed.flatMap(({ previous, record }) => {
    const body = previous?.entry?.body;
    return body && body !== record.entry?.body ? [deskFolders.bodies + body] : [];
  });
  await inParallel(old, (name) => buckets.desk.delete(name));
};

/** Tells the hubs of every changed feed. A hub that is away is told of the next change: readers still poll. */
const pingHubs = async (
  { publication, site, hub, log }: PublishingServices,
  feeds: readonly string[],
): Promise<void> => {
  const pings = publication.hubs.flatMap((address) =>
    feeds.map((path) => ({ address, feed: addressOf(site, path) })),
  );
  await inParallel(pings, async ({ address, feed }) => {
    try {
      await hub.publish(address, feed);
    } catch (error) {
      log.count('hubFailures', 1);
      log.warn('hub was not told', { hub: address, feed, error: String(error) });
    }
  });
};
