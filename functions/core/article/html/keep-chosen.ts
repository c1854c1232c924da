import type { Block } from './blocks.ts';
import { childElements, detachAll, type Element, isElement, parentElement } from './tree.ts';

const holdersOf = (blocks: readonly Block[]): Set<Element> => {
  const holders = new Set<Element>();
  for (const node of blocks.flatMap(({ nodes }) => nodes)) {
    let at = isElement(node) ? node : parentElement(node);
    for (; at && !holders.has(at); at = parentElement(at)) holders.add(at);
  }
  return holders;
};

/** The smallest element with all that was kept in it. */
const commonHome = (page: Element, holders: ReadonlySet<Element>): Element => {
  let home = page;
  for (;;) {
    const holding = childElements(home).filter((child) => holders.has(child));
    const [only] = holding;
    if (
      !only ||
      holding.length > 1 ||
      /^(?:p|h[1-6]|ul|ol|li|dl|table|tbody|tr|td|blockquote|pre|figure)$/.test(only.tagName)
    )
      return home;
    if (
      home.childNodes.some((node) => node.nodeName === '#text' && 'value' in node && node.value.trim() !== '')
    )
      return home;
    home = only;
  }
};

/** Takes out of the page what was not chosen, boxes that are left without text, and images before and after the article. */
export const keepChosen = (page: Element, blocks: readonly Block[], chosen: readonly boolean[]): Element => {
  const kept = blocks.filter((_, index) => chosen[index]);
  const dropped = blocks.filter((_, index) => !chosen[index]);
  const holders = holdersOf(kept);
  const emptied = holdersOf(dropped);
  detachAll(dropped.flatMap(({ nodes }) => nodes));
  detachAll([...emptied].filter((element) => element !== page && !holders.has(element)));
  const home = commonHome(page, holders);
  const children = childElements(home);
  const [first, last] = [
    children.findIndex((child) => holders.has(child)),
    children.findLastIndex((child) => holders.has(child)),
  ];
  if (first >= 0) detachAll(children.filter((_, index) => index < first || index > last));
  return home;
};
