import type { DefaultTreeAdapterTypes } from 'parse5';
import { collapseWhitespace } from '../../text/collapse-whitespace.ts';

export type Element = DefaultTreeAdapterTypes.Element;
export type ParentNode = DefaultTreeAdapterTypes.ParentNode;
export type ChildNode = DefaultTreeAdapterTypes.ChildNode;
type TextNode = DefaultTreeAdapterTypes.TextNode;

export const isElement = (node: ChildNode | ParentNode): node is Element => 'tagName' in node;
export const isTextNode = (node: ChildNode | ParentNode): node is TextNode => node.nodeName === '#text';

export const getAttribute = (element: Pick<Element, 'attrs'>, name: string): string | undefined =>
  element.attrs.find((each) => each.name === name)?.value;

export const getChildElements = (parent: ParentNode): Element[] => parent.childNodes.filter(isElement);

export const getParentElement = (node: ChildNode): Element | undefined =>
  node.parentNode && isElement(node.parentNode) ? node.parentNode : undefined;

export function* walkAncestors(element: Element | undefined): Generator<Element> {
  for (let each = element; each; each = getParentElement(each)) yield each;
}

/** Every element below `top`, in document order. An element that is taken out while walking is not entered. */
export function* walkElements(top: ParentNode): Generator<Element> {
  for (const element of getChildElements(top)) {
    yield element;
    if (element.parentNode) yield* walkElements(element);
  }
}

export const findElement = (top: ParentNode, fits: (element: Element) => boolean): Element | undefined => {
  for (const element of walkElements(top)) if (fits(element)) return element;
  return undefined;
};

export const findElements = (top: ParentNode, fits: (element: Element) => boolean): Element[] =>
  [...walkElements(top)].filter(fits);

const addText = (node: ChildNode | ParentNode, parts: string[]): void => {
  if (isTextNode(node)) parts.push(node.value);
  else if (node.nodeName === 'br') parts.push('\n');
  else if ('childNodes' in node) for (const child of node.childNodes) addText(child, parts);
};

/** The text below a node as written, with `<br>` as a line break; nothing separates blocks. */
export const getTextContent = (node: ChildNode | ParentNode): string => {
  const parts: string[] = [];
  addText(node, parts);
  return parts.join('');
};

export const getTextLine = (node: ChildNode | ParentNode): string => collapseWhitespace(getTextContent(node));

/** Takes many nodes out of the tree and filters the children of each parent once. */
export const removeNodes = (nodes: readonly ChildNode[]): void => {
  const leaving = new Set(nodes);
  const parents = new Set(nodes.flatMap(({ parentNode }) => parentNode ?? []));
  for (const parent of parents) parent.childNodes = parent.childNodes.filter((child) => !leaving.has(child));
  for (const node of leaving) node.parentNode = null;
};

export const isInside = (element: Element, ancestor: Element): boolean => {
  for (const each of walkAncestors(element)) if (each === ancestor) return true;
  return false;
};

export const isHeadingElement = ({ tagName }: Element): boolean => /^h[1-6]$/.test(tagName);

/** Class names, id and role as written, in one string such as `post-body related_links`. */
export const formatElementNames = (element: Element): string =>
  ['class', 'id', 'role'].flatMap((name) => getAttribute(element, name) ?? []).join(' ');
