import { type Article, type SeedInput, SeedRejected, type StatedTime } from '../../article.ts';
import { summarize } from '../../text/summarize.ts';
import { findFirstImage } from '../body/find-first-image.ts';
import { findLede, toBodyText } from '../body/plain-text.ts';
import { sanitizeBody } from '../body/sanitize-body.ts';
import { createUrlResolver } from '../body/url-resolver.ts';
import { checkFieldNames } from './check-field-names.ts';
import { checkFrontMatter } from './check-front-matter.ts';
import { parseFrontMatter } from './parse-front-matter.ts';
import { removeObsidianComments } from './remove-obsidian-comments.ts';
import { renderMarkdown } from './render-markdown.ts';

type StatedFields = ReturnType<typeof checkFrontMatter>['stated'];

/** The later of what may be two dates: a page with a date behind it may be kept back until another. */
const selectPublished = ({ date, publishDate }: StatedFields): StatedTime | undefined =>
  date && publishDate && publishDate.at < date.at ? date : (publishDate ?? date);

const selectImage = ({ image, imageAlt }: StatedFields): Article['image'] =>
  image ? { url: image.url, alt: image.alt || (imageAlt ?? '') } : undefined;

const maxTopics = 20;

/** Keywords are often many: they fill what the topics leave. */
const selectTopics = ({ topics = [], tags = [], categories = [], keywords = [] }: StatedFields): string[] => {
  const stated = [...new Set([...topics, ...categories, ...tags])];
  const others = keywords.filter((keyword) => !stated.includes(keyword));
  return [...stated, ...others.slice(0, Math.max(0, maxTopics - stated.length))];
};

/**
 * Reads a Markdown seed: front matter, then CommonMark with tables, footnotes and HTML.
 * @param text the whole seed, clean
 * @throws {SeedWithheld} for a draft
 * @throws {SeedRejected} for front matter with mistakes, no headline, no body
 */
export const parseMarkdownSeed = (text: string, file: SeedInput): Article => {
  const frontMatter = parseFrontMatter(text);
  const { stated, warnings } = checkFrontMatter(frontMatter, file);
  const name = file.key.replace(/[^\p{L}\p{N}]+/gu, '-');
  const { text: shown, comments } = removeObsidianComments(frontMatter.body);
  const rendered = renderMarkdown(shown, name, stated.title);
  const title = stated.title ?? rendered.headline;
  const slips = checkFieldNames(frontMatter, !title, file);
  const place = `line ${frontMatter.linesAbove + 1}`;
  if (!title)
    throw new SeedRejected(
      'There is no headline: give a title in the front matter, or start with "# Headline".',
      place,
    );
  const { html, cut } = sanitizeBody(rendered.html, createUrlResolver(file), {
    language: stated.lang,
    defaultLanguage: file.language,
  });
  const body = toBodyText(html, title);
  if (body === '') throw new SeedRejected('There is no text below the headline.', place);
  const image = selectImage(stated) ?? (stated.image === undefined ? findFirstImage(html) : undefined);
  const published = selectPublished(stated);
  const { place: from, agency } = stated;
  const source = stated.source ?? agency;
  return {
    title,
    summary: summarize(stated.summary ?? (findLede(html) || body)),
    html,
    text: body,
    authors: stated.authors ?? [],
    editors: stated.editors ?? [],
    topics: selectTopics(stated),
    email: stated.email ?? true,
    cut: [...comments.map((comment) => ({ text: comment, reason: 'comment' })), ...cut],
    warnings: [...slips, ...warnings],
    ...(stated.lang && { language: stated.lang }),
    ...(published && { published }),
    ...(stated.expires && { expires: stated.expires }),
    ...(stated.updated && { updated: stated.updated }),
    ...(stated.announced && { announced: stated.announced }),
    ...(source && { source }),
    ...(from && { dateline: { place: from, ...(agency && { agency }) } }),
    ...(stated.correction && { correction: stated.correction }),
    ...(stated.corrected && { corrected: stated.corrected }),
    ...(stated.canonical && { canonical: stated.canonical }),
    ...(stated.id && { id: stated.id }),
    ...(stated.slug && { slug: stated.slug }),
    ...(image && { image }),
  };
};
