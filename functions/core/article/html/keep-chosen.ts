import type { Block } from './blocks.ts';
import { childElements, detach, type Element, elementsIn, isElement, parentElement } from './tree.ts';

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
  for (const { nodes } of dropped) for (const node of nodes) detach(node);
  for (const element of elementsIn(page)) if (emptied.has(element) && !holders.has(element)) detach(element);
  const home = commonHome(page, holders);
  for (const child of childElements(home)) {
    if (holders.has(child)) break;
    detach(child);
  }
  for (const child of childElements(home).toReversed()) {
    if (holders.has(child)) break;
    detach(child);
  }
  return home;
};
