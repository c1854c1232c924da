import { findEmbed, isEmbedElement } from '../body/find-embed.ts';
import {
  type Element,
  findElement,
  getChildElements,
  getParentElement,
  isElement,
  isTextNode,
  removeNodes,
} from '../body/tree.ts';
import type { PageBlock } from './page-blocks.ts';

const findContainers = (blocks: readonly PageBlock[]): Set<Element> => {
  const containers = new Set<Element>();
  for (const node of blocks.flatMap(({ nodes }) => nodes)) {
    let each = isElement(node) ? node : getParentElement(node);
    for (; each && !containers.has(each); each = getParentElement(each)) containers.add(each);
  }
  return containers;
};

const wholeTags = /^(?:p|h[1-6]|ul|ol|li|dl|table|tbody|tr|td|blockquote|pre|figure)$/;

const findCommonContainer = (page: Element, kept: ReadonlySet<Element>): Element => {
  let common = page;
  for (;;) {
    const [only, ...others] = getChildElements(common).filter((child) => kept.has(child));
    if (!only || others.length > 0 || wholeTags.test(only.tagName)) return common;
    if (common.childNodes.some((node) => isTextNode(node) && node.value.trim() !== '')) return common;
    common = only;
  }
};

/** Unknown frames around a story are rarely a part of it. */
const isFigure = (element: Element): boolean =>
  element.tagName === 'figure' || (isEmbedElement(element) && findEmbed(element)?.kind !== 'page');

const hasFigure = (element: Element | undefined): boolean =>
  element !== undefined && (isFigure(element) || findElement(element, isFigure) !== undefined);

const findStrayElements = (container: Element, kept: ReadonlySet<Element>): Element[] => {
  const children = getChildElements(container);
  let first = children.findIndex((child) => kept.has(child));
  let last = children.findLastIndex((child) => kept.has(child));
  if (first < 0) return [];
  while (hasFigure(children[first - 1])) first -= 1;
  while (hasFigure(children[last + 1])) last += 1;
  return children.filter((_, index) => index < first || index > last);
};

/** Removes from the page what is not selected, elements left without text, and images before and after the article. */
export const keepSelectedBlocks = (
  page: Element,
  blocks: readonly PageBlock[],
  selected: readonly boolean[],
): Element => {
  const dropped = blocks.filter((_, index) => !selected[index]);
  const kept = findContainers(blocks.filter((_, index) => selected[index]));
  const emptied = [...findContainers(dropped)].filter((element) => element !== page && !kept.has(element));
  removeNodes([...dropped.flatMap(({ nodes }) => nodes), ...emptied]);
  const container = findCommonContainer(page, kept);
  removeNodes(findStrayElements(container, kept));
  return container;
};
