import { parseAliases } from '../../../functions/core/article/markdown/parse-aliases.ts';
import { parseSeed } from '../../../functions/core/article/parse-seed.ts';
import { SeedRejected } from '../../../functions/core/article.ts';
import { fingerprint } from '../../../functions/core/identity.ts';
import { toSeedVersion } from '../../../functions/core/lifecycle/seed-version.ts';
import { sitePaths } from '../../../functions/core/site-paths.ts';
import { toSlug } from '../../../functions/core/text/slug.ts';
import { formatSeed, type SeedContent } from '../seeds/format-seed.ts';
import { copyString } from './source/copy-string.ts';
import { toPathAndQuery } from './source/old-address.ts';
import type { Skipped, SourceArticle, SourcePicture } from './source/source-item.ts';

export interface PlannedSeed {
  readonly kind: 'seed';
  readonly place: string;
  readonly title: string;
  readonly key: string;
  readonly text: string;
  readonly id: string;
  readonly slug: string;
  readonly oldAddresses: readonly string[];
  readonly pictures: readonly SourcePicture[];
  readonly remarks: readonly string[];
}

export interface SeedPlanSettings {
  readonly publicationId: string;
  readonly timeZone: string;
  readonly site: string;
  readonly prefix: string;
  readonly now: string;
  readonly fallbackDate: string;
  /** Whether the old address is where the article stands for search engines. */
  readonly keepsCanonical: boolean;
}

const limits = { maxNames: 20, maxTitleLength: 500 } as const;

const selectDates = (article: SeedContent, { now, fallbackDate }: SeedPlanSettings) => {
  const date = article.date ?? { at: fallbackDate, dateOnly: false };
  const remarks = [
    ...(article.date ? [] : ['it has no date: the date of its file is used']),
    ...(date.at > now ? ['its date is in the future: it is published and announced then'] : []),
  ];
  return { date, ...(date.at <= now && { announced: date.at }), remarks };
};

const truncateFields = (article: SeedContent) => {
  const { title, topics, authors } = article;
  const remarks = [
    ...(topics.length > limits.maxNames ? [`only the first ${limits.maxNames} of its topics are used`] : []),
    ...(authors.length > limits.maxNames ? [`only the first ${limits.maxNames} of its authors are used`] : []),
    ...(title.length > limits.maxTitleLength ? ['its title was shortened'] : []),
  ];
  const parts = {
    title: title.slice(0, limits.maxTitleLength).toWellFormed(),
    topics: topics.slice(0, limits.maxNames),
    authors: authors.slice(0, limits.maxNames),
  };
  return { parts, remarks };
};

const selectCanonical = ({ article, oldAddresses: [old] }: SourceArticle, keeps: boolean) =>
  keeps && article.canonical === undefined && old?.startsWith('http') ? { canonical: old } : {};

/** Its old paths lead to it, should the publication have the domain of the old site. */
const selectAliases = ({ article, oldAddresses }: SourceArticle) => {
  const own = sitePaths.article({ slug: toSlug(article.slug ?? article.title, '-') });
  const { aliases, warnings } = parseAliases(
    oldAddresses.map(toPathAndQuery).filter((path) => path !== '/'),
    undefined,
  );
  return {
    aliases: aliases.filter((path) => path !== own),
    remarks:
      warnings.length > 0 ? ['an old address cannot redirect here: it has a query, or the site has a page there'] : [],
  };
};

/** By the rules of publishing itself, so that what would be refused is known before anything is uploaded. */
export const createSeedPlanner = (settings: SeedPlanSettings) => {
  const keys = new Set<string>();
  const ids = new Map<string, string>();

  const assignKey = ({ article, folder = '', place }: SourceArticle): { key: string; remarks: string[] } => {
    const own = fingerprint(article.id ?? place);
    const name = toSlug(article.slug ?? article.title, own.slice(0, 8));
    const key = `${settings.prefix}${folder}${name}.md`;
    const isTaken = keys.has(key);
    const free = isTaken ? `${settings.prefix}${folder}${name}-${own.slice(0, 6)}.md` : key;
    keys.add(copyString(free));
    return { key: free, remarks: isTaken ? ['another article of the source has the same slug'] : [] };
  };

  return (found: SourceArticle): PlannedSeed | Skipped => {
    const { place, oldAddresses, pictures = [] } = found;
    const leftOut = (reason: string): Skipped => ({ kind: 'left out', place, title: found.article.title, reason });
    const { key, remarks: ofKey } = assignKey(found);
    const { parts, remarks: ofBounds } = truncateFields(found.article);
    const { remarks: ofDate, ...dates } = selectDates(found.article, settings);
    const { aliases, remarks: ofAliases } = selectAliases(found);
    const canonical = selectCanonical(found, settings.keepsCanonical);
    const article = { ...found.article, ...parts, ...dates, ...canonical, aliases };
    const text = formatSeed(article, settings.timeZone);
    try {
      const { version } = parsePlannedSeed(text, key, settings);
      const twin = ids.get(version.id);
      if (twin !== undefined) return leftOut(`its id is that of ${twin}, too`);
      ids.set(copyString(version.id), place);
      const slug = toSlug(version.slugSource, fingerprint(version.id).slice(0, 8));
      const isSpelledAnew = article.slug !== undefined && article.slug !== slug;
      const ofSlug = isSpelledAnew ? ['its slug is spelled differently here'] : [];
      const remarks = [...new Set([...found.remarks, ...ofKey, ...ofBounds, ...ofDate, ...ofAliases, ...ofSlug])];
      const { title } = parts;
      return { kind: 'seed', place, title, key, text, id: version.id, slug, oldAddresses, pictures, remarks };
    } catch (error) {
      if (!(error instanceof SeedRejected)) throw error;
      return leftOut(error.message);
    }
  };
};

const parsePlannedSeed = (text: string, key: string, { timeZone, now, site, publicationId }: SeedPlanSettings) => {
  const bytes = new TextEncoder().encode(text);
  const article = parseSeed({ key, bytes, timeZone, site, uploadedAt: now });
  return toSeedVersion(article, { publicationId, key, sequencer: '0', site });
};
