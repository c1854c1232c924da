import { DateTime } from 'luxon';
import { compareStrings } from '../text/compare-strings.ts';
import { wasAnnounced } from './list-positions.ts';
import type { ArticleRecord, SeedRecord, SeedVersion } from './records.ts';

/** An article stated to be older than this on its arrival goes to its archive without being announced. */
const maxAnnouncementAgeDays = 30;

/** A seed that is in the bucket and could be read. */
export type LiveSeed = SeedRecord & { readonly version: SeedVersion; readonly uploadedAt: string };

/** Whether a seed is in the bucket and could be read. */
export const isLive = (seed: SeedRecord): seed is LiveSeed =>
  seed.kind === 'seed' && seed.version !== undefined && seed.uploadedAt !== undefined;

/** What decides where an article is to stand. */
export interface LifecycleInput {
  readonly id: string;
  readonly previous?: ArticleRecord | undefined;
  /** Seeds that are in the bucket and say they are this article. */
  readonly seeds: readonly LiveSeed[];
  /** The instant of the filing, ISO 8601 in UTC. */
  readonly now: string;
}

export interface PublishDecision {
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

export type LifecycleDecision =
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'schedule'; readonly seed: LiveSeed; readonly due: string }
  | PublishDecision;

/** Decides whether an article is withdrawn, waits for its stated time or is published, and under which dates. */
export const decideLifecycle = ({ id, previous, seeds, now }: LifecycleInput): LifecycleDecision => {
  const seed = selectNewest(seeds);
  if (!seed) return { kind: 'withdraw' };
  const stated = seed.version.published?.stated === true;
  const { published, dateOnly } = decidePublishedDate(seed, previous, now);
  if (stated && published > now) return { kind: 'schedule', seed, due: published };
  const stale = stated && countDaysBetween(published, seed.uploadedAt) > maxAnnouncementAgeDays;
  return {
    kind: 'publish',
    seed,
    published,
    dateOnly,
    updated: decideUpdatedDate({ seed, previous, published, id }),
    needsSlug: previous?.entry === undefined,
    needsArrival: !stale && findAnnouncedAt(seed, previous) === undefined && previous?.arrival === undefined,
    needsReturn: previous?.arrival !== undefined && hadLeftSite(previous),
    needsCorrection: previous !== undefined && isNewCorrection(seed, previous),
  };
};

/**
 * When an article was announced elsewhere: it is not announced here, however young, and stands among those that were,
 * however old. Taking the line out of the seed does not announce it anew.
 */
export const findAnnouncedAt = (
  { version }: LiveSeed,
  previous: ArticleRecord | undefined,
): string | undefined => version.announced ?? previous?.announced;

const hadLeftSite = ({ state }: ArticleRecord): boolean => state === 'withdrawn' || state === 'scheduled';

/** What an import expects has been corrected where it comes from. */
const isNewCorrection = ({ version: { correction } }: LiveSeed, previous: ArticleRecord): boolean =>
  wasAnnounced(previous) &&
  previous.state !== 'expected' &&
  correction !== undefined &&
  correction !== previous.entry?.correction?.text;

/** While a seed is renamed two claim one article; the later upload speaks for it. */
const selectNewest = (seeds: readonly LiveSeed[]): LiveSeed | undefined =>
  [...seeds].sort((a, b) => compareStrings(b.uploadedAt, a.uploadedAt) || compareStrings(b.key, a.key))[0];

/** The stated date, else the dateline's unless it lies ahead, else the first upload's. */
const decidePublishedDate = (seed: LiveSeed, previous: ArticleRecord | undefined, now: string) => {
  const { published } = seed.version;
  if (published && (published.stated || published.at <= now)) {
    return { published: published.at, dateOnly: published.dateOnly };
  }
  return { published: previous?.firstUpload ?? seed.uploadedAt, dateOnly: false };
};

interface UpdatedInput {
  readonly id: string;
  readonly seed: LiveSeed;
  readonly previous: ArticleRecord | undefined;
  readonly published: string;
}

/** Moves when and only when the article changes, and then always forward. */
const decideUpdatedDate = ({ id, seed, previous, published }: UpdatedInput): string => {
  const before = previous?.entry;
  if (before && before.revision === seed.version.revision) return before.updated;
  const stated = seed.version.updated;
  if (stated && stated >= published && stated <= seed.uploadedAt) return setDistinctMillisecond(stated, id);
  if (!before) return setDistinctMillisecond(published, id);
  const uploaded = setDistinctMillisecond(seed.uploadedAt, id);
  return uploaded > before.updated ? uploaded : addSecond(before.updated);
};

/**
 * RFC 4287 advises a distinct `updated` per entry, while days and uploads are known to the second at best:
 * the free milliseconds are filled from the id.
 */
const setDistinctMillisecond = (instant: string, id: string): string => {
  const time = DateTime.fromISO(instant, { zone: 'utc' });
  if (time.millisecond !== 0) return formatIso(time);
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1000;
  return formatIso(time.set({ millisecond: sum }));
};

const addSecond = (instant: string): string =>
  formatIso(DateTime.fromISO(instant, { zone: 'utc' }).plus({ seconds: 1 }));

const formatIso = (time: DateTime): string => time.toJSDate().toISOString();

const countDaysBetween = (earlier: string, later: string): number =>
  DateTime.fromISO(later).diff(DateTime.fromISO(earlier), 'days').days;
