import { type Article, type SeedInput, SeedRejected, SeedWithheld } from '../../article.ts';
import { detectLanguage } from '../../text/detect-language.ts';
import { summarize } from '../../text/summarize.ts';
import { findFirstImage } from '../body/find-first-image.ts';
import { findLede, toBodyText } from '../body/plain-text.ts';
import { sanitizeBody } from '../body/sanitize-body.ts';
import { createUrlResolver } from '../body/url-resolver.ts';
import { applyFrontMatter, selectTopics } from './apply-front-matter.ts';
import { checkFieldNames } from './check-field-names.ts';
import { checkFrontMatter, checkTags } from './check-front-matter.ts';
import { convertDialects } from './convert-dialects.ts';
import { findNameTitle } from './find-name-title.ts';
import { parseFrontMatter } from './parse-front-matter.ts';
import { removeComments } from './remove-comments.ts';
import { renderMarkdown } from './render-markdown.ts';
import { takeInlineFields } from './take-inline-fields.ts';

/** In the folder of templates of a note program. */
const templateTitle = /^(?:\{\{[^{}]*\}\}|<%.*%>)$/;

/** Tags of Bear in the last line, which is no text. */
const lastHashtags = /(?:^|\n)\n?[ \t]{0,3}((?:#\p{L}[^\s#]{0,100}#?(?:[ \t]+|(?=\n|$))){1,50})\s*$/u;

const takeLastHashtags = (text: string): { readonly text: string; readonly topics: readonly string[] } => {
  const start = Math.max(0, text.trimEnd().lastIndexOf('\n') - 1);
  const [mark, tags = ''] = lastHashtags.exec(text.slice(start)) ?? [];
  if (mark === undefined) return { text, topics: [] };
  return {
    text: text.slice(0, start) + text.slice(start).slice(0, -mark.length),
    topics: Array.from(tags.matchAll(/#([^\s#]+)/g), ([, tag = '']) => tag),
  };
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
  const { text: body, cut: properties } = takeInlineFields(frontMatter.body, file);
  const { text: uncommented, cut: comments } = removeComments(body);
  const { text: converted, cut: unshown } = convertDialects(uncommented);
  const { text: shown, topics } = takeLastHashtags(converted);
  checkTags(frontMatter.fields, topics, file);
  const language = stated.lang ?? detectLanguage(shown) ?? file.language;
  const rendered = renderMarkdown(shown, { name, title: stated.title, language });
  const writtenTitle = stated.title ?? rendered.headline;
  const slips = checkFieldNames(frontMatter, !writtenTitle, file);
  const title = writtenTitle || findNameTitle(file.key);
  const place = `line ${frontMatter.linesAbove + 1}`;
  if (!title)
    throw new SeedRejected(
      'There is no headline: give a title in the front matter, or start with "# Headline".',
      place,
    );
  if (templateTitle.test(title) && !file.isPreview)
    throw new SeedWithheld(`This is a template: its headline is the placeholder “${title}”.`, place);
  const { html, cut } = sanitizeBody(rendered.html, createUrlResolver(file), { language });
  const bodyText = toBodyText(html, title);
  if (bodyText === '') throw new SeedRejected('There is no text below the headline.', place);
  const image = findFirstImage(html);
  const found: Article = {
    title,
    summary: summarize(findLede(html) || bodyText),
    html,
    text: bodyText,
    authors: [],
    editors: [],
    topics,
    email: true,
    cut: [
      ...(topics.length > 0 && selectTopics(stated).length > 0
        ? [{ text: topics.join(' '), reason: 'hashtags at the end' }]
        : []),
      ...properties,
      ...comments,
      ...unshown,
      ...rendered.cut,
      ...cut,
    ],
    warnings: [...slips, ...warnings],
    ...(image && { image }),
  };
  return applyFrontMatter(found, stated, file);
};
