import type { CutText } from '../../article.ts';
import { cleanLine } from '../../text/clean-text.ts';
import {
  createTreeElement,
  type Element,
  findElement,
  findElements,
  getAttribute,
  getChildElements,
  getShortTextLine,
  getTextLines,
  hasText,
  isElement,
  isHeadingElement,
  isInside,
  isTextNode,
  type ParentNode,
  removeNodes,
  setChildren,
  walkElements,
} from '../body/tree.ts';
import { parseByline } from '../text/byline.ts';
import { attachCaptions } from './captions.ts';
import { createElementTest } from './element-test.ts';
import { type Exporter, exporters } from './exporters.ts';
import { normalizeFootnotes } from './footnotes.ts';
import { buildListsOfParagraphs, joinSplitLists, markUpTasks } from './list-paragraphs.ts';
import { cutNotionProperties } from './notion-properties.ts';
import { createStyleFinder, joinCodeParagraphs, markUpStyles, type StyleFinder } from './text-styles.ts';

/** What a document that its author exported from another tool says by the marks of that tool. */
export interface ExportedDocument {
  readonly body: Element;
  readonly title?: string;
  readonly subtitle?: string;
  readonly authors: readonly string[];
  /** As written, the most certain first. */
  readonly dates: readonly string[];
  readonly topics: readonly string[];
  /** Such as `Draft`. */
  readonly status?: string;
  readonly cut: readonly CutText[];
}

const isSiteFurniture = createElementTest(
  'aside, form, footer, nav, [role=navigation], [role=banner], [role=contentinfo]',
);

const toLines = (element: Element): string[] => getTextLines(element).map(cleanLine);

const findGenerator = (document: ParentNode): string => {
  const meta = findElement(
    document,
    (element) =>
      element.tagName === 'meta' && /^(?:generator|exporter-version)$/i.test(getAttribute(element, 'name') ?? ''),
  );
  return (meta && getAttribute(meta, 'content')) ?? '';
};

interface Match {
  readonly exporter: Exporter;
  readonly body: Element;
}

/** A tool's name does not tell a document from the page of a site that was made with it: that page has furniture. */
const matchExporter = (
  exporter: Exporter,
  document: ParentNode,
  page: Element,
  generator: string,
): Match | undefined => {
  const isNamed = exporter.generator?.test(generator) ?? false;
  if (!isNamed && !(exporter.mark && findElement(document, createElementTest(exporter.mark)))) return undefined;
  if (exporter.body) {
    const bodies = findElements(page, createElementTest(exporter.body));
    const [body] = bodies;
    return body && bodies.every((each) => isInside(each, body)) ? { exporter, body } : undefined;
  }
  const isCut = createElementTest(exporter.cut?.map(([patterns]) => patterns).join(', ') ?? 'nav.toc');
  const furniture = findElement(page, (element) => isSiteFurniture(element) && !isCut(element));
  return furniture ? undefined : { exporter, body: page };
};

const findExporter = (document: ParentNode, page: Element): Match | undefined => {
  const generator = findGenerator(document);
  for (const exporter of exporters) {
    const match = matchExporter(exporter, document, page, generator);
    if (match) return match;
  }
  return undefined;
};

/** Takes elements out, each with all in it, and lists their lines. */
const cutElements = (elements: readonly Element[], reason: string): CutText[] => {
  const outermost: Element[] = [];
  for (const element of elements) {
    const last = outermost.at(-1);
    if (!last || !isInside(element, last)) outermost.push(element);
  }
  removeNodes(outermost);
  return outermost.flatMap(toLines).map((text) => ({ text, reason }));
};

/** The box that holds nothing but the comment that a link begins. */
const findCommentBox = (link: Element): Element => {
  let paragraph = link;
  while (paragraph.parentNode && 'tagName' in paragraph.parentNode && !/^(?:p|div|td|li|body)$/.test(paragraph.tagName))
    paragraph = paragraph.parentNode;
  const above = paragraph.parentNode;
  const isBox = above && 'tagName' in above && above.tagName === 'div' && getChildElements(above)[0] === paragraph;
  return isBox ? above : paragraph;
};

const cutMarked = (page: Element, { cut = [] }: Exporter, findStyle: StyleFinder): CutText[] => {
  const comments = findElements(page, createElementTest('a[href^=#cmnt_ref]')).map(findCommentBox);
  const found = cutElements(comments, "editor's comment");
  for (const [patterns, reason] of cut)
    found.push(...cutElements(findElements(page, createElementTest(patterns)), reason));
  const hidden = findElements(page, (element) => findStyle(element).hidden === true && hasText(element));
  return [...found, ...cutElements(hidden, 'hidden text')];
};

const joinTitle = (elements: readonly Element[]): string | undefined =>
  elements
    .map((each) => getShortTextLine(each) ?? '')
    .join(' ')
    .trim() || undefined;

/** Elements that fit, in a row; a title can have two paragraphs. */
const findMarkedRow = (page: Element, patterns: string): Element[] => {
  const found = findElements(page, createElementTest(patterns)).filter(hasText);
  const [first] = found;
  if (!first) return [];
  const siblings = getChildElements(first.parentNode ?? page).filter(hasText);
  const start = siblings.indexOf(first);
  const end = siblings.findIndex((each, index) => index > start && !found.includes(each));
  return start < 0 ? [first] : siblings.slice(start, end < 0 ? undefined : Math.min(end, start + 3));
};

const isLeafBlock = (element: Element): boolean =>
  /^(?:p|h[1-6]|div|li|td|summary)$/.test(element.tagName) &&
  hasText(element) &&
  !findElement(element, ({ tagName }) => /^(?:p|h[1-6]|div|ul|ol|table|pre|blockquote|section|article)$/.test(tagName));

const findFirstBlocks = (body: Element, count: number): Element[] => {
  const blocks: Element[] = [];
  for (const element of walkElements(body)) {
    if (isLeafBlock(element)) blocks.push(element);
    if (blocks.length === count || /^(?:pre|table|ul|ol|blockquote)$/.test(element.tagName)) break;
  }
  return blocks;
};

const maxHeadlineLength = 200;

const isShortLine = (element: Element): boolean => {
  const line = getShortTextLine(element) ?? '';
  return line !== '' && line.length <= maxHeadlineLength && !/[.;:,]$/.test(line);
};

const findSize = (block: Element, findStyle: StyleFinder): number =>
  Math.max(...[block, ...walkElements(block)].slice(0, 20).map((each) => findStyle(each).size ?? 0));

/** A first line that stands out as headlines do: all bold, or larger than the text after it. */
const standsOut = (block: Element, next: Element | undefined, findStyle: StyleFinder): boolean => {
  const isBold = [...walkElements(block)].some((each) => /^(?:b|strong)$/.test(each.tagName) || findStyle(each).bold);
  return isBold || findSize(block, findStyle) > (next ? findSize(next, findStyle) : 0) * 1.15;
};

const unnamed = /^(?:untitled|microsoft word - .*|.*\.(?:docx?|odt|rtf|html?|pages)|notes?|document\d*)$/i;

/** The tool's own mark, else the only main heading, the first heading, or a first line that stands out. */
const findTitleElements = (page: Element, body: Element, { title }: Exporter, findStyle: StyleFinder): Element[] => {
  const marked = findMarkedRow(page, title);
  if (marked.length > 0) return marked;
  const [first, second] = findFirstBlocks(body, 2);
  const main = findElements(body, ({ tagName }) => tagName === 'h1').filter(hasText);
  const [only] = main;
  if (only && (main.length === 1 || only === first)) return [only];
  if (first && isHeadingElement(first)) return [first];
  return first && isShortLine(first) && standsOut(first, second, findStyle) ? [first] : [];
};

const findDeclaredTitle = (document: ParentNode): string | undefined => {
  const element = findElement(document, ({ tagName }) => tagName === 'title');
  const title = element && cleanLine(getShortTextLine(element) ?? '');
  return title && !unnamed.test(title) ? title : undefined;
};

interface HeadLines {
  readonly authors: readonly string[];
  readonly dates: readonly string[];
  readonly cut: readonly CutText[];
}

/** By-lines and date lines between the headline and the text. */
const cutHeadLines = (body: Element): HeadLines => {
  const authors: string[] = [];
  const dates: string[] = [];
  const lines: Element[] = [];
  const cut: CutText[] = [];
  for (const block of findFirstBlocks(body, 6)) {
    const text = getShortTextLine(block) ?? '';
    const byline = isHeadingElement(block) ? undefined : parseByline(text, () => false);
    if (!byline || !(byline.isComplete || byline.stamp) || byline.unconfirmedNames.length > 0) break;
    authors.push(...byline.authors);
    if (byline.day && !byline.updated) dates.push(text);
    lines.push(block);
    cut.push({ text, reason: byline.authors.length > 0 ? 'by-line' : 'date line' });
  }
  removeNodes(lines);
  return { authors, dates, cut };
};

/** Gives the texts of marked elements, and takes those in the body out of it. */
const takeMarked = (
  page: Element,
  body: Element,
  patterns: string | undefined,
  reason: string,
  cut: CutText[],
): string[] => {
  const found = patterns ? findElements(page, createElementTest(patterns)) : [];
  const texts = found.flatMap((each) => [getAttribute(each, 'datetime') ?? '', getShortTextLine(each) ?? '']);
  cut.push(
    ...cutElements(
      found.filter((each) => isInside(each, body)),
      reason,
    ),
  );
  return texts.filter((text) => text !== '');
};

/** A title that the tool writes twice, once above the text and once in it. */
const removeRepeatedTitle = (body: Element, exporter: Exporter, title: string): void => {
  const repeated = findElements(body, createElementTest(exporter.title));
  const [first] = findFirstBlocks(body, 1);
  const isTitle = (each: Element) => getShortTextLine(each)?.toLowerCase() === title.toLowerCase();
  removeNodes([...repeated, ...(first ? [first] : [])].filter(isTitle));
};

/** Links lead to the name of an anchor as to an id (HTML, 7.4.6.4). */
const turnNamesIntoIds = (body: Element): void => {
  for (const element of walkElements(body)) {
    const name = element.tagName === 'a' ? getAttribute(element, 'name') : undefined;
    if (name && getAttribute(element, 'id') === undefined) element.attrs.push({ name: 'id', value: name });
  }
};

/** Rules above all text divide nothing. */
const removeLeadingRules = (body: Element): void => {
  const rules: Element[] = [];
  for (const element of walkElements(body)) {
    if (element.tagName === 'hr') rules.push(element);
    else if (element.tagName === 'img' || element.childNodes.some((node) => isTextNode(node) && hasText(node))) break;
  }
  removeNodes(rules);
};

/** Word names the language on every piece of text, also where it is that of the document. */
const removeMainLanguage = (body: Element): void => {
  const spans = findElements(
    body,
    (element) => element.tagName === 'span' && getAttribute(element, 'lang') !== undefined,
  );
  const byLanguage = [...Map.groupBy(spans, (span) => getAttribute(span, 'lang')?.toLowerCase())];
  const [, main = []] = byLanguage.sort(([, one], [, other]) => other.length - one.length)[0] ?? [];
  for (const span of main) span.attrs = span.attrs.filter(({ name }) => name !== 'lang');
};

/** Word processors write each line of a cell as a paragraph. */
const unwrapCellParagraphs = (body: Element): void => {
  for (const cell of findElements(body, ({ tagName }) => tagName === 'td' || tagName === 'th')) {
    const parts = cell.childNodes.filter((node) => !isTextNode(node) || hasText(node));
    const paragraphs = parts.filter(isElement).filter(({ tagName }) => tagName === 'p');
    if (paragraphs.length === 0 || paragraphs.length < parts.length) continue;
    const lines = paragraphs.filter(hasText).map(({ childNodes }) => childNodes);
    setChildren(
      cell,
      lines.flatMap((line, index) => (index > 0 ? [createTreeElement('br'), ...line] : line)),
    );
  }
};

const normalizeStructure = (body: Element, findStyle: StyleFinder): void => {
  removeMainLanguage(body);
  markUpTasks(body);
  buildListsOfParagraphs(body);
  joinSplitLists(body);
  markUpStyles(body, findStyle);
  joinCodeParagraphs(body);
  unwrapCellParagraphs(body);
  attachCaptions(body);
  normalizeFootnotes(body);
  removeLeadingRules(body);
};

/**
 * Reads a document that another tool exported for its author: by the tool's own marks it finds the headline, the
 * authors, the date and what is no text; all else stays, with lists, footnotes, captions, code and emphasis as elements
 * instead of styles. Undefined for any other page.
 */
export const readExportedDocument = (document: ParentNode, page: Element): ExportedDocument | undefined => {
  const match = findExporter(document, page);
  if (!match) return undefined;
  const { exporter, body } = match;
  const findStyle = createStyleFinder(document);
  const cut = cutMarked(page, exporter, findStyle);
  turnNamesIntoIds(body);
  const titleElements = findTitleElements(page, body, exporter, findStyle);
  const title = (joinTitle(titleElements) ?? findDeclaredTitle(document))?.replace(exporter.titlePrefix ?? '', '');
  removeNodes(titleElements.filter((each) => isInside(each, body)));
  if (title) removeRepeatedTitle(body, exporter, title);
  const subtitle = takeMarked(page, body, exporter.subtitle, 'subtitle', cut)[0];
  const authors = takeMarked(page, body, exporter.author, 'by-line', cut);
  const dates = takeMarked(page, body, exporter.published, 'date line', cut);
  const topics = takeMarked(page, body, exporter.topics, 'tag', cut);
  const properties = cutNotionProperties(page);
  const lines = cutHeadLines(body);
  normalizeStructure(body, findStyle);
  return {
    body,
    ...(title && { title }),
    ...(subtitle && { subtitle }),
    authors: [authors, properties.authors, lines.authors].find((names) => names.length > 0) ?? [],
    dates: [...dates, ...properties.dates, ...lines.dates],
    topics: [...topics, ...properties.topics],
    ...(properties.status && { status: properties.status }),
    cut: [...cut, ...properties.cut, ...lines.cut],
  };
};
