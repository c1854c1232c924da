import { serialize } from 'parse5';
import { type Article, type SeedInput, SeedRejected, SeedWithheld } from '../../article.ts';
import { summarize } from '../../text/summarize.ts';
import { cutMembersParts } from '../body/cut-members-parts.ts';
import { findFirstImage } from '../body/find-first-image.ts';
import { parseHtml } from '../body/parse-html.ts';
import { removeNoteReferences, toBodyText, toPlainText } from '../body/plain-text.ts';
import { sanitizeBody } from '../body/sanitize-body.ts';
import { findElement, getTextContent } from '../body/tree.ts';
import { readExportedDocument } from '../exported/read-exported-document.ts';
import { findWithholdingField } from '../markdown/visibility.ts';
import { cutSubscriptionBoxes } from './cut-subscription-boxes.ts';
import { extractBody } from './extract-body.ts';
import { extractExportedBody } from './extract-exported-body.ts';
import { extractMetadata } from './extract-metadata.ts';
import { selectFirstTime } from './find-dates.ts';
import { listLostParts, listPageParts } from './list-lost-parts.ts';
import { normalizeCode } from './normalize-code.ts';
import { removeInvisible, unwrapLayoutTables } from './remove-invisible.ts';
import { resolveLazyImages } from './resolve-lazy-images.ts';
import { splitWords } from './split-words.ts';

const minDescriptionLength = 40;
const maxSummaryLength = 300;

const selectSummary = (description: string, title: string, text: string): string => {
  const isSummary = description.length >= minDescriptionLength && description !== title;
  return summarize(isSummary ? description : text, maxSummaryLength) || summarize(text, maxSummaryLength) || title;
};

/** @throws {SeedWithheld} for a page whose author's tool says that it is not public */
const checkStatus = (status: string): void => {
  const withholding = findWithholdingField({ status });
  if (withholding) throw new SeedWithheld(`This ${withholding.predicate}: its page property says “${status}”.`);
};

/**
 * Reads an HTML seed, a whole page as scraped or a few paragraphs written by hand: its metadata, and the part of it
 * that is the article. All other text is listed in `cut`.
 * @throws {SeedRejected} for a page without a headline or body, or one that is too deep or too large
 */
export const parseHtmlSeed = (html: string, file: SeedInput): Article => {
  const document = parseHtml(html, true);
  const {
    description = '',
    declaredBody = '',
    resolveUrl,
    time,
    isCertain,
    otherAuthors,
    ...metadata
  } = extractMetadata(document, file);
  const page = findElement(document, ({ tagName }) => tagName === 'body');
  if (!page) throw new SeedRejected('The HTML has no body: it is a set of frames.');
  const membersParts = cutMembersParts(page);
  const parts = listPageParts(page);
  normalizeCode(page);
  const exported = readExportedDocument(document, page);
  if (exported?.status) checkStatus(exported.status);
  const boxes = exported ? [] : cutSubscriptionBoxes(page);
  resolveLazyImages(page);
  const invisible = removeInvisible(document);
  if (!exported) unwrapLayoutTables(page);
  const host = metadata.canonical ? new URL(metadata.canonical).hostname : '';
  const known = { ...metadata, isCertain, description, declaredBody, host };
  const { title, body, cut, ...shown } = exported
    ? extractExportedBody(exported, page, known, time)
    : extractBody(page, known, time);
  if (!title)
    throw new SeedRejected('There is no headline: give the page an <h1> or a <title>.', 'the head of the page');
  const { html: content, cut: cutFromBody } = sanitizeBody(serialize(body), resolveUrl, {
    home: `${file.site}/`,
    language: metadata.language,
    defaultLanguage: file.language,
  });
  const text = toBodyText(content, title);
  const hasPictureAlone = toPlainText(content) === '' && text !== '';
  if (!hasPictureAlone && splitWords(text).length === 0)
    throw new SeedRejected('There is no text below the headline.', 'the body of the page');
  const image = metadata.image ?? (hasPictureAlone ? findFirstImage(content) : undefined);
  const published =
    (exported && shown.published) ?? selectFirstTime(metadata.published, shown.published) ?? shown.updated;
  const updated = metadata.updated ?? shown.updated;
  const told = [
    ...[...membersParts, ...cut, ...boxes, ...invisible, ...cutFromBody].map((each) => each.text),
    ...[title, description, content, getTextContent(body), ...metadata.authors, ...shown.authors],
  ];
  return {
    ...metadata,
    ...(image && { image }),
    ...(published && { published }),
    ...(updated && published && updated.at > published.at && { updated }),
    authors:
      [...(exported ? [shown.authors, metadata.authors] : [metadata.authors, shown.authors]), otherAuthors].find(
        (names) => names.length > 0,
      ) ?? [],
    topics: exported && exported.topics.length > 0 ? exported.topics : metadata.topics,
    title,
    summary:
      summarize(exported?.subtitle ?? '', maxSummaryLength) ||
      selectSummary(description, title, hasPictureAlone ? text : toPlainText(removeNoteReferences(content))),
    html: content,
    text,
    editors: [],
    email: true,
    cut: [
      ...membersParts,
      ...cut,
      ...boxes,
      ...invisible,
      ...cutFromBody,
      ...listLostParts(parts, body, told, resolveUrl),
    ],
    warnings: [],
  };
};
