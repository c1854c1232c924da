import { SeedRejected } from '../../../functions/core/article/article.ts';
import { readSeed } from '../../../functions/core/article/read-seed.ts';
import { versionOf } from '../../../functions/core/filing/version-of.ts';
import { fingerprint } from '../../../functions/core/identity.ts';
import { slugOf } from '../../../functions/core/slug.ts';
import { formatSeed, type MovedArticle } from '../moving/format-seed.ts';
import { detached } from './detached.ts';
import type { FoundArticle, FoundPicture, LeftOut } from './found.ts';

/** An article as it is to be uploaded. */
export interface PlannedSeed {
  readonly kind: 'seed';
  readonly place: string;
  readonly title: string;
  readonly key: string;
  readonly text: string;
  /** Of the article, and the slug that it is to have. */
  readonly id: string;
  readonly slug: string;
  readonly oldAddresses: readonly string[];
  readonly pictures: readonly FoundPicture[];
  readonly remarks: readonly string[];
}

export interface PlanSettings {
  readonly publicationId: string;
  readonly timeZone: string;
  readonly site: string;
  readonly prefix: string;
  readonly now: string;
  /** The date of what has none. */
  readonly modified: string;
  /** Whether the old address is where the article stands for search engines. */
  readonly keepsCanonical: boolean;
}

/** What publishing takes at most. */
const most = { names: 20, title: 500 } as const;

const announce = (article: MovedArticle, { now, modified }: PlanSettings) => {
  const date = article.date ?? { at: modified, dateOnly: false };
  const remarks = [
    ...(article.date ? [] : ["it has no date: that of the file's last change is taken"]),
    ...(date.at > now ? ['its time is to come: it is published and announced then'] : []),
  ];
  return { date, ...(date.at <= now && { announced: date.at }), remarks };
};

const bounded = (article: MovedArticle) => {
  const { title, topics, authors } = article;
  const remarks = [
    ...(topics.length > most.names ? [`only the first ${most.names} of its topics are taken`] : []),
    ...(authors.length > most.names ? [`only the first ${most.names} of its authors are taken`] : []),
    ...(title.length > most.title ? ['its title is cut'] : []),
  ];
  const parts = {
    title: title.slice(0, most.title).toWellFormed(),
    topics: topics.slice(0, most.names),
    authors: authors.slice(0, most.names),
  };
  return { parts, remarks };
};

const canonicalOf = ({ article, oldAddresses: [old] }: FoundArticle, keeps: boolean) =>
  keeps && article.canonical === undefined && old?.startsWith('http') ? { canonical: old } : {};

/**
 * Plans the seeds of one import, each by the rules of publishing itself, so that what would be refused is known before
 * anything is uploaded. Keys and ids are given once: an article that comes later with the same key gets another, one
 * with the same id is left out.
 */
export const createPlanner = (settings: PlanSettings) => {
  const keys = new Set<string>();
  const ids = new Map<string, string>();

  const keyOf = ({ article, folder, place }: FoundArticle): { key: string; remarks: string[] } => {
    const own = fingerprint(article.id ?? place);
    const name = slugOf(article.slug ?? article.title, own.slice(0, 8));
    const key = `${settings.prefix}${folder}${name}.md`;
    const isTaken = keys.has(key);
    const free = isTaken ? `${settings.prefix}${folder}${name}-${own.slice(0, 6)}.md` : key;
    keys.add(detached(free));
    return { key: free, remarks: isTaken ? ['another article of the source has the same slug'] : [] };
  };

  return (found: FoundArticle): PlannedSeed | LeftOut => {
    const { place, oldAddresses, pictures } = found;
    const leftOut = (reason: string): LeftOut => ({
      kind: 'left out',
      place,
      title: found.article.title,
      reason,
    });
    const { key, remarks: ofKey } = keyOf(found);
    const { parts, remarks: ofBounds } = bounded(found.article);
    const { remarks: ofDate, ...dates } = announce(found.article, settings);
    const article = { ...found.article, ...parts, ...dates, ...canonicalOf(found, settings.keepsCanonical) };
    const text = formatSeed(article, settings.timeZone);
    try {
      const { version } = readBack(text, key, settings);
      const twin = ids.get(version.id);
      if (twin !== undefined) return leftOut(`its id is that of ${twin}, too`);
      ids.set(detached(version.id), place);
      const slug = slugOf(version.slugWish, fingerprint(version.id).slice(0, 8));
      const isSpelledAnew = article.slug !== undefined && article.slug !== slug;
      const ofSlug = isSpelledAnew ? ['its slug is spelled otherwise here'] : [];
      const remarks = [...new Set([...found.remarks, ...ofKey, ...ofBounds, ...ofDate, ...ofSlug])];
      const { title } = parts;
      return { kind: 'seed', place, title, key, text, id: version.id, slug, oldAddresses, pictures, remarks };
    } catch (error) {
      if (!(error instanceof SeedRejected)) throw error;
      return leftOut(error.message);
    }
  };
};

const readBack = (text: string, key: string, { timeZone, now, site, publicationId }: PlanSettings) => {
  const bytes = new TextEncoder().encode(text);
  const article = readSeed({ key, bytes, timeZone, site, uploadedAt: now });
  return versionOf(article, { publicationId, key, sequencer: '0' });
};
