import { type Element, findElement, getChildElements, getParentElement, isElement, removeNodes } from '../body/tree.ts';
import type { PageBlock } from './page-blocks.ts';

const findContainers = (blocks: readonly PageBlock[]): Set<Element> => {
  const holders = new Set<Element>();
  for (const node of blocks.flatMap(({ nodes }) => nodes)) {
    let at = isElement(node) ? node : getParentElement(node);
    for (; at && !holders.has(at); at = getParentElement(at)) holders.add(at);
  }
  return holders;
};

/** The smallest element with all that was kept in it. */
const findCommonContainer = (page: Element, holders: ReadonlySet<Element>): Element => {
  let home = page;
  for (;;) {
    const holding = getChildElements(home).filter((child) => holders.has(child));
    const [only] = holding;
    if (
      !only ||
      holding.length > 1 ||
      /^(?:p|h[1-6]|ul|ol|li|dl|table|tbody|tr|td|blockquote|pre|figure)$/.test(only.tagName)
    )
      return home;
    if (home.childNodes.some((node) => node.nodeName === '#text' && 'value' in node && node.value.trim() !== ''))
      return home;
    home = only;
  }
};

const hasFigure = (element: Element): boolean =>
  element.tagName === 'figure' || findElement(element, ({ tagName }) => tagName === 'figure') !== undefined;

/** What stands before the first kept child and after the last, but for figures side by side with them. */
const findStrayElements = (home: Element, holders: ReadonlySet<Element>): Element[] => {
  const children = getChildElements(home);
  let first = children.findIndex((child) => holders.has(child));
  let last = children.findLastIndex((child) => holders.has(child));
  if (first < 0) return [];
  const isFigure = (child: Element | undefined): boolean => child !== undefined && hasFigure(child);
  while (isFigure(children[first - 1])) first -= 1;
  while (isFigure(children[last + 1])) last += 1;
  return children.filter((_, index) => index < first || index > last);
};

/** Takes out of the page what was not chosen, boxes that are left without text, and images before and after the article. */
export const keepSelectedBlocks = (
  page: Element,
  blocks: readonly PageBlock[],
  chosen: readonly boolean[],
): Element => {
  const dropped = blocks.filter((_, index) => !chosen[index]);
  const holders = findContainers(blocks.filter((_, index) => chosen[index]));
  const emptied = [...findContainers(dropped)].filter((element) => element !== page && !holders.has(element));
  removeNodes([...dropped.flatMap(({ nodes }) => nodes), ...emptied]);
  const home = findCommonContainer(page, holders);
  removeNodes(findStrayElements(home, holders));
  return home;
};
