import { type Article, maxUrlLength, type SeedInput, SeedRejected } from '../../article.ts';
import { summarize } from '../../text/summarize.ts';
import { findLede, toPlainText } from '../body/plain-text.ts';
import { sanitizeBody } from '../body/sanitize-body.ts';
import { createUrlResolver } from '../body/url-resolver.ts';
import { checkFieldNames, checkFrontMatter } from './check-front-matter.ts';
import { parseFrontMatter } from './parse-front-matter.ts';
import { renderMarkdown } from './render-markdown.ts';

const unescapeHtml = (value: string): string =>
  value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const findFirstImage = (html: string): Article['image'] => {
  const [, url = '', alt = ''] = /<img src="([^"]*)" alt="([^"]*)"/.exec(html) ?? [];
  const image = { url: unescapeHtml(url), alt: unescapeHtml(alt) };
  return image.url === '' || image.url.length > maxUrlLength ? undefined : image;
};

/**
 * Reads a Markdown seed: front matter, then CommonMark with tables, footnotes and HTML.
 * @param text the whole seed, clean
 * @throws {SeedRejected} for front matter with mistakes, a draft, no headline, no body
 */
export const parseMarkdownSeed = (text: string, file: SeedInput): Article => {
  const frontMatter = parseFrontMatter(text);
  const stated = checkFrontMatter(frontMatter, file);
  const name = file.key.replace(/[^\p{L}\p{N}]+/gu, '-');
  const rendered = renderMarkdown(frontMatter.body, name, stated.title);
  const title = stated.title ?? rendered.headline;
  checkFieldNames(frontMatter, !title);
  const place = `line ${frontMatter.linesAbove + 1}`;
  if (!title)
    throw new SeedRejected(
      'There is no headline: give a title in the front matter, or start with "# Headline".',
      place,
    );
  const html = sanitizeBody(rendered.html, createUrlResolver(file));
  const body = toPlainText(html);
  if (body === '') throw new SeedRejected('There is no text below the headline.', place);
  const image = stated.image === undefined ? findFirstImage(html) : stated.image;
  const { place: from, agency } = stated;
  const source = stated.source ?? agency;
  return {
    title,
    summary: summarize(stated.summary ?? stated.description ?? findLede(html)),
    html,
    text: body,
    authors: stated.authors ?? stated.author ?? [],
    editors: stated.editors ?? stated.editor ?? [],
    topics: stated.topics ?? stated.tags ?? [],
    email: stated.email ?? true,
    cut: [],
    ...(stated.lang && { language: stated.lang }),
    ...(stated.date && { published: stated.date }),
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
