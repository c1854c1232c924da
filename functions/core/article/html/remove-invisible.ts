import type { CutText } from '../../article.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { describeComments, findComments } from '../body/cut-comments.ts';
import { findEmbed, isCheckbox, isEmbedElement, isTracker } from '../body/find-embed.ts';
import { findScriptedEmbed } from '../body/find-scripted-embed.ts';
import {
  type CommentNode,
  createAncestorTest,
  type Element,
  findElements,
  getAttribute,
  getChildElements,
  getParentElement,
  getTextContent,
  isHeadingElement,
  type ParentNode,
  removeNodes,
  renameElement,
  type Template,
  walkElements,
} from '../body/tree.ts';

const invisibleTags = new Set(
  'script style noscript template svg math iframe object embed applet canvas audio video map link meta title input select textarea option datalist frameset frame noframes progress meter'.split(
    ' ',
  ),
);

const isInListItem = (element: Element): boolean => {
  const parent = getParentElement(element);
  return [parent, parent && getParentElement(parent)].some((each) => each?.tagName === 'li');
};

/** Films, frames and posts become links when the body is sanitized, as do the boxes of a list of tasks. */
const isVisibleEmbed = (element: Element): boolean =>
  (isEmbedElement(element) && !isTracker(element) && findEmbed(element) !== undefined) ||
  (element.tagName === 'script' && findScriptedEmbed(element) !== undefined) ||
  (isCheckbox(element) && isInListItem(element));

const isBox = (element: Element): boolean =>
  element.attrs.length === 0 && getChildElements(element).some(({ tagName }) => tagName === 'table');

/** They show their content as it is, tags included. */
const rawTextTags = new Set(['xmp', 'plaintext', 'listing']);

const isInHeading = (element: Element): boolean => {
  const parent = getParentElement(element);
  return parent !== undefined && isHeadingElement(parent);
};

/** A button that expands a part of the page is the heading of that part; all others are controls. */
const isExpandableHeading = (button: Element): boolean =>
  isInHeading(button) || getAttribute(button, 'aria-expanded') !== undefined;

const isTemplate = (element: Element): element is Template => element.nodeName === 'template';

const splitTextLines = (text: string): string[] =>
  text
    .split('\n')
    .map(cleanLine)
    .filter((line) => line !== '');

/** An element without an end tag holds what follows it. */
const listUnclosedText = (element: Element): string[] =>
  element.sourceCodeLocation?.endTag
    ? []
    : splitTextLines(getTextContent(isTemplate(element) ? element.content : element));

/**
 * A closed comment takes seven characters more than its text. One that is not closed ends behind the end of the file.
 */
const isUnclosedComment = ({ data, sourceCodeLocation }: CommentNode): boolean => {
  if (!sourceCodeLocation) return false;
  const { startOffset, endOffset } = sourceCodeLocation;
  return endOffset - startOffset - data.length === '<!--'.length + 1;
};

/**
 * Removes scripts, styles, controls, frames, comments and other elements that are not text to read. Lists the comments,
 * and the lines of what was never closed, as that holds what follows: where the parser kept no locations, none.
 */
export const removeInvisible = (top: ParentNode): CutText[] => {
  const invisible = new Set<Element>();
  for (const element of walkElements(top)) {
    const isButton = element.tagName === 'button';
    if (rawTextTags.has(element.tagName)) renameElement(element, 'pre');
    if (isVisibleEmbed(element)) continue;
    // Notes of Apple have tables within it.
    if (element.tagName === 'object' && isBox(element)) renameElement(element, 'div');
    if (invisibleTags.has(element.tagName) || (isButton && !isExpandableHeading(element))) invisible.add(element);
    else if (isButton) renameElement(element, isInHeading(element) ? 'span' : 'p');
  }
  const comments = findComments(top);
  const isInvisible = createAncestorTest((element) => invisible.has(element));
  const outermost = [...invisible].filter((element) => {
    const parent = getParentElement(element);
    return parent === undefined || !isInvisible(parent);
  });
  const unclosed = [
    ...outermost.flatMap(listUnclosedText),
    ...comments.filter(isUnclosedComment).flatMap(({ data }) => splitTextLines(data)),
  ];
  removeNodes([...outermost, ...comments]);
  return [
    ...unclosed.map((text) => ({ text, reason: 'in an element that is never closed' })),
    ...describeComments(comments.filter((comment) => !isUnclosedComment(comment))),
  ];
};

const tableParts = /^(?:thead|tbody|tfoot|tr|td|th|caption|colgroup|col)$/;
const blockTags = /^(?:table|div|p|ul|ol|h[1-6]|form|blockquote|article|section|hr|center)$/;

const isLayoutTable = (table: Element): boolean => {
  if (/^(?:presentation|none)$/.test(getAttribute(table, 'role') ?? '')) return true;
  let cells = 0;
  let layoutCells = 0;
  for (const element of walkElements(table)) {
    if (element.tagName === 'th' || element.tagName === 'caption' || element.tagName === 'thead') return false;
    if (element.tagName === 'table') return true;
    if (element.tagName !== 'td') continue;
    cells += 1;
    if (getChildElements(element).filter(({ tagName }) => blockTags.test(tagName)).length > 1) layoutCells += 1;
  }
  return cells < 2 || layoutCells > cells / 4;
};

const unwrapTable = (table: Element): void => {
  for (const element of walkElements(table)) if (tableParts.test(element.tagName)) renameElement(element, 'div');
  renameElement(table, 'div');
};

/** Replaces tables that only lay out the page by `<div>`s; tables of data stay. */
export const unwrapLayoutTables = (top: ParentNode): void => {
  const tables = findElements(top, ({ tagName }) => tagName === 'table');
  for (const table of tables.filter(isLayoutTable)) unwrapTable(table);
};
