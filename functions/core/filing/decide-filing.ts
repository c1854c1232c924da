import { DateTime } from 'luxon';
import { wasAnnounced } from './lists.ts';
import type { ArticleRecord, SeedRecord, Version } from './records.ts';

/** An article stated to be older than this on its arrival goes to its archive without being announced. */
const announcedWithinDays = 30;

/** A seed that is in the bucket and could be read. */
export type LiveSeed = SeedRecord & { readonly version: Version; readonly modified: string };

/** Whether a seed is in the bucket and could be read. */
export const isLive = (seed: SeedRecord): seed is LiveSeed =>
  seed.kind === 'seed' && seed.version !== undefined && seed.modified !== undefined;

/** What decides where an article is to stand. */
export interface Filing {
  readonly id: string;
  readonly previous?: ArticleRecord | undefined;
  /** Seeds that are in the bucket and say they are this article. */
  readonly seeds: readonly LiveSeed[];
  /** The instant of the filing, ISO 8601 in UTC. */
  readonly now: string;
}

export interface Publication {
  readonly kind: 'publish';
  readonly seed: LiveSeed;
  readonly published: string;
  readonly dateOnly: boolean;
  readonly updated: string;
  /** True when the article has no slug yet: the caller claims one. */
  readonly needsSlug: boolean;
  /** True when the article is announced here and now: the caller gives it the next arrival number. */
  readonly needsArrival: boolean;
  /** True when it was announced here before, left the site and comes back: the caller gives the return a number. */
  readonly needsReturn: boolean;
  /** True when it was announced before and says for the first time that this was corrected: likewise. */
  readonly needsCorrection: boolean;
}

export type Decision =
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'schedule'; readonly seed: LiveSeed; readonly due: string }
  | Publication;

/** Decides whether an article is withdrawn, waits for its stated time or is published, and under which dates. */
export const decideFiling = ({ id, previous, seeds, now }: Filing): Decision => {
  const seed = newestOf(seeds);
  if (!seed) return { kind: 'withdraw' };
  const stated = seed.version.published?.stated === true;
  const { published, dateOnly } = publishedOf(seed, previous, now);
  if (stated && published > now) return { kind: 'schedule', seed, due: published };
  const stale = stated && daysBetween(published, seed.modified) > announcedWithinDays;
  return {
    kind: 'publish',
    seed,
    published,
    dateOnly,
    updated: updatedOf({ seed, previous, published, id }),
    needsSlug: previous?.entry === undefined,
    needsArrival: !stale && announcedOf(seed, previous) === undefined && previous?.arrival === undefined,
    needsReturn: previous?.arrival !== undefined && hadLeft(previous),
    needsCorrection: previous !== undefined && isNewCorrection(seed, previous),
  };
};

/**
 * When an article was announced elsewhere: it is not announced here, however young, and stands among those that were,
 * however old. Taking the line out of the seed does not announce it anew.
 */
export const announcedOf = ({ version }: LiveSeed, previous: ArticleRecord | undefined): string | undefined =>
  version.announced ?? previous?.announced;

const hadLeft = ({ state }: ArticleRecord): boolean => state === 'withdrawn' || state === 'scheduled';

/** What an import expects has been corrected where it comes from. */
const isNewCorrection = ({ version: { correction } }: LiveSeed, previous: ArticleRecord): boolean =>
  wasAnnounced(previous) &&
  previous.state !== 'expected' &&
  correction !== undefined &&
  correction !== previous.entry?.correction?.text;

/** While a seed is renamed two claim one article; the later upload speaks for it. */
const newestOf = (seeds: readonly LiveSeed[]): LiveSeed | undefined =>
  [...seeds].sort((a, b) => compare(b.modified, a.modified) || compare(b.key, a.key))[0];

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The stated date, else the dateline's unless it lies ahead, else the first upload's. */
const publishedOf = (seed: LiveSeed, previous: ArticleRecord | undefined, now: string) => {
  const { published } = seed.version;
  if (published && (published.stated || published.at <= now)) {
    return { published: published.at, dateOnly: published.dateOnly };
  }
  return { published: previous?.firstUpload ?? seed.modified, dateOnly: false };
};

interface Update {
  readonly id: string;
  readonly seed: LiveSeed;
  readonly previous: ArticleRecord | undefined;
  readonly published: string;
}

/** Moves when and only when the article changes, and then always forward. */
const updatedOf = ({ id, seed, previous, published }: Update): string => {
  const before = previous?.entry;
  if (before && before.revision === seed.version.revision) return before.updated;
  const stated = seed.version.updated;
  if (stated && stated >= published && stated <= seed.modified) return withOwnMillisecond(stated, id);
  if (!before) return withOwnMillisecond(published, id);
  const uploaded = withOwnMillisecond(seed.modified, id);
  return uploaded > before.updated ? uploaded : secondLater(before.updated);
};

/**
 * RFC 4287 advises a distinct `updated` per entry, while days and uploads are known to the second at best:
 * the free milliseconds are filled from the id.
 */
const withOwnMillisecond = (instant: string, id: string): string => {
  const time = DateTime.fromISO(instant, { zone: 'utc' });
  if (time.millisecond !== 0) return iso(time);
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1000;
  return iso(time.set({ millisecond: sum }));
};

const secondLater = (instant: string): string =>
  iso(DateTime.fromISO(instant, { zone: 'utc' }).plus({ seconds: 1 }));

const iso = (time: DateTime): string => time.toJSDate().toISOString();

const daysBetween = (earlier: string, later: string): number =>
  DateTime.fromISO(later).diff(DateTime.fromISO(earlier), 'days').days;
