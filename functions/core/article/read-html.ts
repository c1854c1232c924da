import { serialize } from 'parse5';
import { type Article, type SeedFile, SeedRejected } from './article.ts';
import { bodyText } from './body-text.ts';
import { extractBody } from './html/extract-body.ts';
import { parseTree } from './html/parse-tree.ts';
import { readMetadata } from './html/read-metadata.ts';
import { removeUnseen, unwrapLayoutTables } from './html/remove-unseen.ts';
import { settleImages } from './html/settle-images.ts';
import { findElement } from './html/tree.ts';
import { wordsOf } from './html/words.ts';
import { sanitizeBody } from './sanitize.ts';
import { summarize } from './summarize.ts';

const shortestSummary = 40;
const longestSummary = 300;

const summaryOf = (description: string, title: string, text: string): string => {
  const told =
    description && description.length >= shortestSummary && description !== title ? description : text;
  return summarize(told, longestSummary) || summarize(text, longestSummary) || title;
};

/**
 * Reads a seed of HTML, a whole page as scraped or a few paragraphs written by hand: its metadata, and the part of it
 * that is the article. What is left out of the page's text is listed in `cut`.
 * @throws {SeedRejected} for a page without a headline or body, or too deep or large to be read
 */
export const readHtml = (html: string, file: SeedFile): Article => {
  const document = parseTree(html);
  const { description = '', toldBody = '', resolve, isCertain, ...metadata } = readMetadata(document, file);
  const page = findElement(document, ({ tagName }) => tagName === 'body');
  if (!page) throw new SeedRejected('The HTML has no body: it is a set of frames.');
  removeUnseen(document);
  unwrapLayoutTables(page);
  settleImages(page);
  const host = metadata.canonical ? new URL(metadata.canonical).hostname : '';
  const known = { ...metadata, isCertain, description, toldBody, host };
  const { title, body, cut, ...shown } = extractBody(page, known, file);
  if (!title)
    throw new SeedRejected(
      'There is no headline: give the page an <h1> or a <title>.',
      'the head of the page',
    );
  const content = sanitizeBody(serialize(body), resolve, `${file.site}/`);
  const text = bodyText(content);
  if (wordsOf(text).length === 0)
    throw new SeedRejected('There is no text below the headline.', 'the body of the page');
  const published = metadata.published ?? shown.published;
  return {
    ...metadata,
    ...(published && { published }),
    authors: metadata.authors.length > 0 ? metadata.authors : shown.authors,
    title,
    summary: summaryOf(description, title, text),
    html: content,
    text,
    editors: [],
    email: true,
    cut,
  };
};
