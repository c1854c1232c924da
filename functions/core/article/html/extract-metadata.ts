import { type Article, maxUrlLength, type SeedInput } from '../../article.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { detectLanguage } from '../../text/detect-language.ts';
import { parseLanguageTag } from '../../text/language.ts';
import { findElement, findElements, getAttribute, getShortTextLine, type ParentNode } from '../body/tree.ts';
import type { UrlResolver } from '../body/url-resolver.ts';
import { findAuthors } from './find-authors.ts';
import { findDates } from './find-dates.ts';
import type { DeclaredTitle } from './find-page-headline.ts';
import { findSiteNames, findTitle, normalizeSiteName } from './find-title.ts';
import { parseJsonLd } from './json-ld.ts';
import { findTagValue, findTagValues, type MetaTags, parseMetaTags } from './meta-tags.ts';
import { createPageCalendar } from './page-calendar.ts';
import { createPageUrlResolver, findPageUrls, type PageUrls } from './page-urls.ts';
import type { TimeContext } from './parse-stated-time.ts';
import { splitWords } from './split-words.ts';

/** A longer list is for search engines. */
const maxTopics = 12;

type DeclaredFields = Pick<Article, 'title' | 'authors' | 'topics'> &
  Partial<Pick<Article, 'published' | 'updated' | 'language' | 'source' | 'canonical' | 'image'>>;

export interface PageMetadata extends DeclaredFields, DeclaredTitle {
  /** For a page whose story names nobody: whom a link leads to, else the site or its publisher. */
  readonly otherAuthors: readonly string[];
  /** Anything from the site's motto to the lede. */
  readonly description?: string;
  /** The body according to JSON-LD, to compare with. */
  readonly declaredBody?: string;
  readonly resolveUrl: UrlResolver;
  /** How the page's dates are read. */
  readonly time: TimeContext;
}

const findLanguage = (document: ParentNode, tags: MetaTags, linked: string | undefined): string | undefined => {
  const html = findElement(document, ({ tagName }) => tagName === 'html');
  const declared = [
    html && (getAttribute(html, 'lang') ?? getAttribute(html, 'xml:lang')),
    findTagValue(tags, 'content-language', 'dc.language', 'language'),
    linked,
    findTagValue(tags, 'og:locale'),
  ];
  for (const tag of declared) {
    const written = tag?.trim().replace(/_/g, '-') ?? '';
    if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,8}$/i.test(written)) continue;
    const language = parseLanguageTag(written);
    if (language !== undefined) return language;
  }
  return undefined;
};

const maxSampleLength = 5_000;

/** Of a page that does not state its language, for its dates. */
const detectPageLanguage = (document: ParentNode): string | undefined => {
  const paragraphs = findElements(document, ({ tagName }) => tagName === 'p');
  let sample = '';
  for (const paragraph of paragraphs) {
    sample += `${getShortTextLine(paragraph) ?? ''}\n`;
    if (sample.length > maxSampleLength) break;
  }
  return detectLanguage(sample);
};

const maxSourceTopicLength = 1_000;
const isTopic = (name: string): boolean => /\p{L}/u.test(name) && name.length <= 60 && splitWords(name).length <= 6;
const keywordTags = ['parsely-tags', 'sailthru.tags', 'news_keywords', 'keywords', 'citation_keywords', 'dc.subject'];

const findTopics = (tags: MetaTags, linked: readonly string[]): string[] => {
  const sources = [findTagValues(tags, 'article:tag'), linked, findTagValues(tags, ...keywordTags)];
  const declared = sources.find((values) => values.length > 0) ?? [];
  const topics = new Map<string, string>();
  for (const topic of declared.flatMap((value) => value.split(/[,;]/))) {
    const name = topic.length < maxSourceTopicLength ? cleanLine(topic) : '';
    if (!isTopic(name)) continue;
    const key = name.toLowerCase();
    if (!topics.has(key)) topics.set(key, name);
    if (topics.size === maxTopics) break;
  }
  return [...topics.values()];
};

const findImage = (tags: MetaTags, linked: string | undefined, resolve: UrlResolver): Article['image'] => {
  const declared =
    findTagValue(tags, 'og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src') ??
    linked;
  const url = declared && resolve(declared, 'image');
  return url && url.length <= maxUrlLength
    ? { url, alt: cleanLine(findTagValue(tags, 'og:image:alt', 'twitter:image:alt') ?? '') }
    : undefined;
};

const findExternalCanonical = ({ canonical }: PageUrls, { site }: SeedInput): string | undefined =>
  canonical && canonical.origin !== site && canonical.href.length <= maxUrlLength ? canonical.href : undefined;

export const extractMetadata = (document: ParentNode, file: SeedInput): PageMetadata => {
  const tags = parseMetaTags(document);
  const linked = parseJsonLd(document);
  const urls = findPageUrls(document, tags);
  const resolveUrl = createPageUrlResolver(file, urls);
  const siteNames = findSiteNames(tags, linked, urls.base?.hostname);
  const language = findLanguage(document, tags, linked?.language);
  const image = findImage(tags, linked?.image, resolveUrl);
  const canonical = findExternalCanonical(urls, file);
  const source = cleanLine(findTagValue(tags, 'og:site_name') ?? linked?.publisher ?? '');
  const description = cleanLine(
    linked?.description ??
      findTagValue(tags, 'og:description', 'description', 'twitter:description', 'dc.description') ??
      '',
  );
  const calendar = createPageCalendar(language ?? detectPageLanguage(document), urls.base?.hostname ?? '');
  const time = { timeZone: file.timeZone, uploadedAt: file.uploadedAt, calendar };
  const { title, isCertain } = findTitle(document, tags, linked, siteNames);
  return {
    title: cleanLine(title),
    isCertain,
    ...findAuthors(document, tags, linked, (name) => siteNames.includes(normalizeSiteName(name))),
    topics: findTopics(tags, linked?.keywords ?? []),
    ...findDates(document, tags, linked, time),
    ...(language && { language }),
    ...(image && { image }),
    ...(canonical && { canonical }),
    ...(source && { source }),
    ...(description && { description }),
    ...(linked?.body && { declaredBody: linked.body }),
    resolveUrl,
    time,
  };
};
