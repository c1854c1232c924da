import {
  type ChildNode,
  type Element,
  getAttribute,
  getChildElements,
  getParentElement,
  type ParentNode,
  removeNodes,
  walkElements,
} from '../body/tree.ts';

const invisibleTags = new Set(
  'script style noscript template svg math iframe object embed applet canvas audio video map link meta title input select textarea option datalist frameset frame noframes progress meter'.split(
    ' ',
  ),
);

/** A button that unfolds a part of the page is that part's heading; all others are controls. */
const isExpandableHeading = (button: Element): boolean => {
  const above = getParentElement(button)?.tagName ?? '';
  return /^h[1-6]$/.test(above) || getAttribute(button, 'aria-expanded') !== undefined;
};

const renameElement = (element: Element, tagName: string): void => {
  element.tagName = tagName;
  element.nodeName = tagName;
};

/** Takes out what is never read as text, seen or folded away: scripts, styles, controls, frames, comments. */
export const removeInvisible = (top: ParentNode): void => {
  const unseen: ChildNode[] = [];
  for (const element of walkElements(top)) {
    if (invisibleTags.has(element.tagName)) unseen.push(element);
    else if (element.tagName === 'button' && !isExpandableHeading(element)) unseen.push(element);
    else if (element.tagName === 'button') {
      renameElement(element, /^h[1-6]$/.test(getParentElement(element)?.tagName ?? '') ? 'span' : 'p');
    }
    element.childNodes = element.childNodes.filter(({ nodeName }) => nodeName !== '#comment');
  }
  removeNodes(unseen);
};

const tableParts = /^(?:table|thead|tbody|tfoot|tr|td|th|caption|colgroup|col)$/;
const blockTags = /^(?:table|div|p|ul|ol|h[1-6]|form|blockquote|article|section|hr|center)$/;

const isLayoutTable = (table: Element): boolean => {
  if (/^(?:presentation|none)$/.test(getAttribute(table, 'role') ?? '')) return true;
  let cells = 0;
  let boxes = 0;
  for (const element of walkElements(table)) {
    if (element.tagName === 'th' || element.tagName === 'caption' || element.tagName === 'thead') return false;
    if (element.tagName === 'table') return true;
    if (element.tagName !== 'td') continue;
    cells += 1;
    if (getChildElements(element).filter(({ tagName }) => blockTags.test(tagName)).length > 1) boxes += 1;
  }
  return cells < 2 || boxes > cells / 4;
};

const unwrapTable = (table: Element): void => {
  for (const element of walkElements(table)) {
    if (element.tagName === 'table') continue;
    if (tableParts.test(element.tagName)) renameElement(element, 'div');
  }
  renameElement(table, 'div');
};

/** Makes boxes of the tables that only place things on the page, innermost first; tables of data stay. */
export const unwrapLayoutTables = (top: ParentNode): void => {
  const tables = [...walkElements(top)].filter(({ tagName }) => tagName === 'table');
  const layouts = tables.filter(isLayoutTable);
  for (const table of layouts) unwrapTable(table);
};
