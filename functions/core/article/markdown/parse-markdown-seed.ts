import { type Article, type SeedInput, SeedRejected } from '../../article.ts';
import { detectLanguage } from '../../text/detect-language.ts';
import { summarize } from '../../text/summarize.ts';
import { findFirstImage } from '../body/find-first-image.ts';
import { findLede, toBodyText } from '../body/plain-text.ts';
import { sanitizeBody } from '../body/sanitize-body.ts';
import { createUrlResolver } from '../body/url-resolver.ts';
import { applyFrontMatter } from './apply-front-matter.ts';
import { checkFieldNames } from './check-field-names.ts';
import { checkFrontMatter } from './check-front-matter.ts';
import { parseFrontMatter } from './parse-front-matter.ts';
import { removeComments } from './remove-comments.ts';
import { renderMarkdown } from './render-markdown.ts';

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
  const { text: shown, cut: comments } = removeComments(frontMatter.body);
  const language = stated.lang ?? detectLanguage(shown) ?? file.language;
  const rendered = renderMarkdown(shown, { name, title: stated.title, language });
  const title = stated.title ?? rendered.headline;
  const slips = checkFieldNames(frontMatter, !title, file);
  const place = `line ${frontMatter.linesAbove + 1}`;
  if (!title)
    throw new SeedRejected(
      'There is no headline: give a title in the front matter, or start with "# Headline".',
      place,
    );
  const { html, cut } = sanitizeBody(rendered.html, createUrlResolver(file), { language });
  const body = toBodyText(html, title);
  if (body === '') throw new SeedRejected('There is no text below the headline.', place);
  const image = findFirstImage(html);
  const found: Article = {
    title,
    summary: summarize(findLede(html) || body),
    html,
    text: body,
    authors: [],
    editors: [],
    topics: [],
    email: true,
    cut: [...comments, ...rendered.cut, ...cut],
    warnings: [...slips, ...warnings],
    ...(image && { image }),
  };
  return applyFrontMatter(found, stated, file);
};
