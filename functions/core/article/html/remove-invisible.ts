import {
  type ChildNode,
  type Element,
  findElements,
  getAttribute,
  getChildElements,
  getParentElement,
  isHeadingElement,
  type ParentNode,
  removeNodes,
  walkElements,
} from '../body/tree.ts';

const invisibleTags = new Set(
  'script style noscript template svg math iframe object embed applet canvas audio video map link meta title input select textarea option datalist frameset frame noframes progress meter'.split(
    ' ',
  ),
);

const isInHeading = (element: Element): boolean => {
  const parent = getParentElement(element);
  return parent !== undefined && isHeadingElement(parent);
};

/** A button that expands a part of the page is the heading of that part; all others are controls. */
const isExpandableHeading = (button: Element): boolean =>
  isInHeading(button) || getAttribute(button, 'aria-expanded') !== undefined;

const renameElement = (element: Element, tagName: string): void => {
  element.tagName = tagName;
  element.nodeName = tagName;
};

export const removeInvisible = (top: ParentNode): void => {
  const invisible: ChildNode[] = [];
  for (const element of walkElements(top)) {
    const isButton = element.tagName === 'button';
    if (invisibleTags.has(element.tagName) || (isButton && !isExpandableHeading(element))) invisible.push(element);
    else if (isButton) renameElement(element, isInHeading(element) ? 'span' : 'p');
    element.childNodes = element.childNodes.filter(({ nodeName }) => nodeName !== '#comment');
  }
  removeNodes(invisible);
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
