import {
  attribute,
  type Child,
  childElements,
  detachAll,
  type Element,
  elementsIn,
  type Parent,
  parentElement,
} from './tree.ts';

const neverRead = new Set(
  'script style noscript template svg math iframe object embed applet canvas audio video map link meta title input select textarea option datalist frameset frame noframes progress meter'.split(
    ' ',
  ),
);

/** A button that unfolds a part of the page is that part's heading; all others are controls. */
const isFoldHeading = (button: Element): boolean => {
  const above = parentElement(button)?.tagName ?? '';
  return /^h[1-6]$/.test(above) || attribute(button, 'aria-expanded') !== undefined;
};

const rename = (element: Element, tagName: string): void => {
  element.tagName = tagName;
  element.nodeName = tagName;
};

/** Takes out what is never read as text, seen or folded away: scripts, styles, controls, frames, comments. */
export const removeUnseen = (top: Parent): void => {
  const unseen: Child[] = [];
  for (const element of elementsIn(top)) {
    if (neverRead.has(element.tagName)) unseen.push(element);
    else if (element.tagName === 'button' && !isFoldHeading(element)) unseen.push(element);
    else if (element.tagName === 'button') {
      rename(element, /^h[1-6]$/.test(parentElement(element)?.tagName ?? '') ? 'span' : 'p');
    }
    element.childNodes = element.childNodes.filter(({ nodeName }) => nodeName !== '#comment');
  }
  detachAll(unseen);
};

const tableParts = /^(?:table|thead|tbody|tfoot|tr|td|th|caption|colgroup|col)$/;
const blockParts = /^(?:table|div|p|ul|ol|h[1-6]|form|blockquote|article|section|hr|center)$/;

const isLayout = (table: Element): boolean => {
  if (/^(?:presentation|none)$/.test(attribute(table, 'role') ?? '')) return true;
  let cells = 0;
  let boxes = 0;
  for (const element of elementsIn(table)) {
    if (element.tagName === 'th' || element.tagName === 'caption' || element.tagName === 'thead')
      return false;
    if (element.tagName === 'table') return true;
    if (element.tagName !== 'td') continue;
    cells += 1;
    if (childElements(element).filter(({ tagName }) => blockParts.test(tagName)).length > 1) boxes += 1;
  }
  return cells < 2 || boxes > cells / 4;
};

const unwrapTable = (table: Element): void => {
  for (const element of elementsIn(table)) {
    if (element.tagName === 'table') continue;
    if (tableParts.test(element.tagName)) rename(element, 'div');
  }
  rename(table, 'div');
};

/** Makes boxes of the tables that only place things on the page, innermost first; tables of data stay. */
export const unwrapLayoutTables = (top: Parent): void => {
  const tables = [...elementsIn(top)].filter(({ tagName }) => tagName === 'table');
  const layouts = tables.filter(isLayout);
  for (const table of layouts) unwrapTable(table);
};
