import type { Article, SeedFile } from '../article.ts';
import { cleanLine } from '../clean-text.ts';
import type { ResolveUrl } from '../resolve-url.ts';
import type { ToldTitle } from './find-headline.ts';
import { readJsonLd } from './json-ld.ts';
import { type MetaTags, readMetaTags, tagValue, tagValues } from './meta-tags.ts';
import { type PageAddress, readPageAddress, resolveOnPage } from './page-address.ts';
import { readAuthors } from './read-authors.ts';
import { readDates } from './read-dates.ts';
import { readTitle, siteNamesOf } from './read-title.ts';
import { attribute, findElement, type Parent } from './tree.ts';
import { wordsOf } from './words.ts';

/** More topics than this are a list for search engines. */
const mostTopics = 12;

type Told = Pick<Article, 'title' | 'authors' | 'topics'> &
  Partial<Pick<Article, 'published' | 'updated' | 'language' | 'source' | 'canonical' | 'image'>>;

/** What a page tells of its article apart from the body. */
export interface Metadata extends Told, ToldTitle {
  /** The page's own description; may be anything from a motto to a lede. */
  readonly description?: string;
  /** The body as JSON-LD has it, to compare with. */
  readonly toldBody?: string;
  readonly resolve: ResolveUrl;
}

const readLanguage = (document: Parent, tags: MetaTags, linked: string | undefined): string | undefined => {
  const html = findElement(document, ({ tagName }) => tagName === 'html');
  const told = [
    html && (attribute(html, 'lang') ?? attribute(html, 'xml:lang')),
    tagValue(tags, 'content-language', 'dc.language', 'language'),
    linked,
    tagValue(tags, 'og:locale'),
  ];
  for (const tag of told) {
    const written = tag?.trim().replace(/_/g, '-') ?? '';
    if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(written)) continue;
    try {
      const [language] = Intl.getCanonicalLocales(written);
      if (language) return language;
    } catch {
      // Not a language tag: the next source may have one.
    }
  }
  return undefined;
};

const readTopics = (tags: MetaTags, linked: readonly string[]): string[] => {
  const sources = [
    tagValues(tags, 'article:tag'),
    linked,
    tagValues(
      tags,
      'parsely-tags',
      'sailthru.tags',
      'news_keywords',
      'keywords',
      'citation_keywords',
      'dc.subject',
    ),
  ];
  const told = sources.find((values) => values.length > 0) ?? [];
  const topics = told
    .flatMap((value) => value.split(/[,;]/))
    .map(cleanLine)
    .filter((topic) => /\p{L}/u.test(topic) && topic.length <= 60 && wordsOf(topic).length <= 6);
  const seen = new Set<string>();
  const isNew = (topic: string): boolean => seen.size < seen.add(topic.toLowerCase()).size;
  return topics.filter(isNew).slice(0, mostTopics);
};

const readImage = (tags: MetaTags, linked: string | undefined, resolve: ResolveUrl): Article['image'] => {
  const told =
    tagValue(tags, 'og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src') ??
    linked;
  const url = told && resolve(told, 'image');
  return url ? { url, alt: cleanLine(tagValue(tags, 'og:image:alt', 'twitter:image:alt') ?? '') } : undefined;
};

const elsewhere = ({ canonical }: PageAddress, { site }: SeedFile): string | undefined =>
  canonical && canonical.origin !== site ? canonical.href : undefined;

/** Reads what a page tells of its article in JSON-LD, meta tags, links and marked-up elements. The title may be empty. */
export const readMetadata = (document: Parent, file: SeedFile): Metadata => {
  const tags = readMetaTags(document);
  const linked = readJsonLd(document);
  const address = readPageAddress(document, tags);
  const resolve = resolveOnPage(file, address);
  const siteNames = siteNamesOf(tags, linked, address.base?.href);
  const language = readLanguage(document, tags, linked?.language);
  const image = readImage(tags, linked?.image, resolve);
  const canonical = elsewhere(address, file);
  const source = cleanLine(tagValue(tags, 'og:site_name') ?? linked?.publisher ?? '');
  const description = cleanLine(
    linked?.description ??
      tagValue(tags, 'og:description', 'description', 'twitter:description', 'dc.description') ??
      '',
  );
  const { title, isCertain } = readTitle(document, tags, linked, siteNames);
  return {
    title: cleanLine(title),
    isCertain,
    authors: readAuthors(document, tags, linked).map(cleanLine),
    topics: readTopics(tags, linked?.keywords ?? []),
    ...readDates(document, tags, linked, file),
    ...(language && { language }),
    ...(image && { image }),
    ...(canonical && { canonical }),
    ...(source && { source }),
    ...(description && { description }),
    ...(linked?.body && { toldBody: linked.body }),
    resolve,
  };
};
