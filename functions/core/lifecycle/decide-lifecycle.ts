import type { ArticleRecord } from './article-record.ts';
import { wasAnnounced } from './list-positions.ts';
import type { SeedRecord, SeedVersion } from './seed-record.ts';

/** An article dated longer than this before its upload goes to its archive without being announced. */
const maxAnnouncementAgeDays = 30;

const msPerDay = 86_400_000;

/** A seed that is in the bucket and could be read. */
export type LiveSeed = SeedRecord & { readonly version: SeedVersion; readonly uploadedAt: string };

export const isLive = (seed: SeedRecord): seed is LiveSeed =>
  seed.kind === 'seed' && seed.version !== undefined && seed.uploadedAt !== undefined;

export interface LifecycleInput {
  readonly id: string;
  readonly previous?: ArticleRecord | undefined;
  /** Its seeds, first the one that it is published from. */
  readonly seeds: readonly LiveSeed[];
  /** Seeds that state its id and are refused. */
  readonly conflicting?: readonly LiveSeed[];
  /** A content that was announced as another article. */
  readonly announcedContent?: string | undefined;
  /** ISO 8601 in UTC. */
  readonly now: string;
}

/** What a decision `needs` is reserved by the caller. */
export interface PublishDecision {
  readonly kind: 'publish';
  readonly seed: LiveSeed;
  readonly published: string;
  readonly dateOnly: boolean;
  readonly updated: string;
  readonly needsSlug: boolean;
  /** It is announced here and now, and gets the next arrival number. */
  readonly needsArrival: boolean;
  /** It was announced here, left the site and is back. */
  readonly needsReturn: boolean;
  /** It was announced, and has a correction that is new. */
  readonly needsCorrection: boolean;
}

export type LifecycleDecision =
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'schedule'; readonly seed: LiveSeed; readonly due: string }
  | PublishDecision;

export const decideLifecycle = (input: LifecycleInput): LifecycleDecision => {
  const { id, previous, seeds, now } = input;
  const [seed] = seeds;
  if (!seed || isExpired(seed, now)) return { kind: 'withdraw' };
  const stated = seed.version.published?.stated === true;
  const { published, dateOnly } = decidePublishedDate(seed, previous, now);
  if (stated && published > now) return { kind: 'schedule', seed, due: published };
  const isOld = stated && isOldNews(published, seed.uploadedAt);
  return {
    kind: 'publish',
    seed,
    published,
    dateOnly,
    updated: decideUpdatedDate({ seed, previous, published, id }),
    needsSlug: previous?.entry === undefined,
    needsArrival:
      !seed.version.page &&
      !isOld &&
      findAnnouncedAt(seed, previous) === undefined &&
      previous?.arrival === undefined &&
      findAnnouncedContent(input) !== seed.version.content,
    needsReturn: !seed.version.page && previous?.arrival !== undefined && hadLeftSite(previous),
    needsCorrection: previous !== undefined && isNewCorrection(seed, previous),
  };
};

export const isOldNews = (published: string, uploadedAt: string): boolean =>
  Date.parse(uploadedAt) - Date.parse(published) > maxAnnouncementAgeDays * msPerDay;

const isExpired = ({ version: { expiresAt } }: LiveSeed, now: string): boolean =>
  expiresAt !== undefined && expiresAt <= now;

/**
 * When an article was announced elsewhere: it is then not announced here, however new, and is listed among announced
 * articles, however old. Removing the line from the seed does not change that.
 */
export const findAnnouncedAt = ({ version }: LiveSeed, previous: ArticleRecord | undefined): string | undefined =>
  version.announcedAt ?? previous?.announcedAt;

export const findAnnouncedContent = ({ announcedContent, previous }: LifecycleInput): string | undefined =>
  announcedContent ?? previous?.announcedContent;

const hadLeftSite = ({ state }: ArticleRecord): boolean => state === 'withdrawn' || state === 'scheduled';

/** The correction of an `expected` article was already published where it is imported from. */
const isNewCorrection = ({ version }: LiveSeed, previous: ArticleRecord): boolean =>
  !version.page &&
  wasAnnounced(previous) &&
  previous.state !== 'expected' &&
  version.correction !== undefined &&
  version.correction !== previous.entry?.correction?.text;

const isUnchanged = ({ version }: LiveSeed, previous: ArticleRecord | undefined): boolean =>
  version.content !== '' && version.content === previous?.lastSeed?.content;

/**
 * The stated date, else the dateline's unless it is in the future, else that of the first upload. What an unchanged
 * file does not state itself stays as it was: the year of a dateline without one, the day in a name.
 */
const decidePublishedDate = (seed: LiveSeed, previous: ArticleRecord | undefined, now: string) => {
  const { published } = seed.version;
  const before = previous?.entry;
  const isInText = published?.stated === true && !published.isDayOfKey;
  if (before && !isInText && isUnchanged(seed, previous))
    return { published: before.published, dateOnly: before.dateOnly };
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

/** Changes only when the article does, and then always increases. */
const decideUpdatedDate = ({ id, seed, previous, published }: UpdatedInput): string => {
  const before = previous?.entry;
  // A moved file may show other addresses of pictures: that is no update for readers.
  if (before && (before.revision === seed.version.revision || isUnchanged(seed, previous))) return before.updated;
  const stated = seed.version.updated;
  if (stated && stated >= published && stated <= seed.uploadedAt) return setDistinctMillisecond(stated, id);
  if (!before) return setDistinctMillisecond(published, id);
  const uploaded = setDistinctMillisecond(seed.uploadedAt, id);
  return uploaded > before.updated ? uploaded : toIso(Date.parse(before.updated) + 1000);
};

/**
 * RFC 4287 advises a distinct `updated` per entry, but dates and uploads are precise to the second at best. So the
 * milliseconds are derived from the id.
 */
const setDistinctMillisecond = (instant: string, id: string): string => {
  const time = Date.parse(instant);
  if (time % 1000 !== 0) return toIso(time);
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1000;
  return toIso(time + sum);
};

const toIso = (time: number): string => new Date(time).toISOString();
