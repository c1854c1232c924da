import { stringify } from 'yaml';
import { formatAlias } from '../../../functions/core/article/markdown/parse-aliases.ts';
import { checkTag } from '../../../functions/core/article/markdown/visibility.ts';
import type { Article, StatedTime } from '../../../functions/core/article.ts';
import type { AiPart, PagePlace } from '../../../functions/core/entry.ts';
import { escapeText } from '../../../functions/core/text/escape-markup.ts';
import { formatIsoDay } from '../../../functions/core/text/format-date.ts';
import { toMarkdown } from './to-markdown.ts';

/** An article on its way from one publication into another. All instants are ISO 8601 in UTC. */
export interface SeedContent {
  readonly title: string;
  readonly date?: StatedTime | undefined;
  readonly updated?: string | undefined;
  /** When it leaves the site. */
  readonly expires?: string | undefined;
  /** When readers were told of it: no issue carries it. */
  readonly announced?: string | undefined;
  readonly authors: readonly string[];
  readonly editors?: readonly string[] | undefined;
  readonly topics: readonly string[];
  readonly summary?: string | undefined;
  readonly slug?: string | undefined;
  /** Paths that lead to it. */
  readonly aliases?: readonly string[] | undefined;
  readonly id?: string | undefined;
  /** `none`: not even the first picture of the body. */
  readonly image?: NonNullable<Article['image']> | 'none' | undefined;
  readonly language?: string | undefined;
  readonly canonical?: string | undefined;
  readonly source?: string | undefined;
  readonly dateline?: { readonly place: string; readonly agency?: string } | undefined;
  readonly correction?: { readonly text: string; readonly at?: string } | undefined;
  readonly email?: boolean | undefined;
  /** Of a page of the publication's own. */
  readonly page?: PagePlace | undefined;
  readonly featured?: boolean | undefined;
  readonly ai?: AiPart | undefined;
  readonly draft?: boolean | undefined;
  readonly body:
    | { readonly kind: 'markdown'; readonly text: string }
    /** `exact`: even white space that nobody sees is to be as it is. */
    | { readonly kind: 'html'; readonly html: string; readonly exact?: boolean };
}

const omitEmpty = (names: readonly string[] | undefined) => (names && names.length > 0 ? names : undefined);

const formatImage = (image: SeedContent['image']) => {
  if (image === undefined || image === 'none') return image;
  const { url, alt, caption, credit } = image;
  if (alt === '' && caption === undefined && credit === undefined) return url;
  return {
    src: url,
    ...(alt && { alt }),
    // Markup is removed when they are read.
    ...(caption && { caption: escapeText(caption) }),
    ...(credit && { credit: escapeText(credit) }),
  };
};

const formatSeedDate = ({ at, dateOnly }: StatedTime, timeZone: string): string =>
  dateOnly ? formatIsoDay(at, { language: 'en', timeZone }) : at;

const toFrontMatterFields = (article: SeedContent, timeZone: string) => ({
  title: article.title,
  date: article.date && formatSeedDate(article.date, timeZone),
  updated: article.updated,
  expiryDate: article.expires,
  announced: article.announced,
  authors: omitEmpty(article.authors),
  editors: omitEmpty(article.editors),
  // The reader takes one sign before a topic for the sign of a topic.
  tags: omitEmpty(article.topics.map((topic) => topic.replace(/^#/, '##'))),
  summary: article.summary,
  slug: article.slug,
  aliases: omitEmpty(article.aliases?.map(formatAlias)),
  id: article.id,
  image: formatImage(article.image),
  lang: article.language,
  canonical: article.canonical,
  source: article.source,
  place: article.dateline?.place,
  agency: article.dateline?.agency,
  correction: article.correction?.text,
  corrected: article.correction?.at,
  email: article.email === false ? false : undefined,
  ai: article.ai,
  menu: article.page?.menu,
  order: article.page?.order,
  featured: article.featured ? true : undefined,
  draft: article.draft ? true : article.topics.some(checkTag) ? false : undefined,
});

const formatFrontMatter = (fields: object): string => `---\n${stringify(fields, { lineWidth: 0 })}---\n`;

/** What our own reader makes of its body is the body's sanitized HTML. */
export const formatSeed = (article: SeedContent, timeZone: string): string => {
  const { body } = article;
  const text = body.kind === 'html' ? toMarkdown(body.html, body.exact ?? false) : body.text;
  return `${formatFrontMatter(toFrontMatterFields(article, timeZone))}\n${text.replace(/^\n+/, '').trimEnd()}\n`;
};
