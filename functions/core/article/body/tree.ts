import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html } from 'parse5';
import { collapseWhitespace } from '../../text/collapse-whitespace.ts';

export type Element = DefaultTreeAdapterTypes.Element;
export type ParentNode = DefaultTreeAdapterTypes.ParentNode;
export type ChildNode = DefaultTreeAdapterTypes.ChildNode;
export type CommentNode = DefaultTreeAdapterTypes.CommentNode;
export type Template = DefaultTreeAdapterTypes.Template;
type TextNode = DefaultTreeAdapterTypes.TextNode;

export const isElement = (node: ChildNode | ParentNode): node is Element => 'tagName' in node;
export const isCommentNode = (node: ChildNode): node is CommentNode => node.nodeName === '#comment';
export const isTextNode = (node: ChildNode | ParentNode): node is TextNode => node.nodeName === '#text';

export const getAttribute = (element: Pick<Element, 'attrs'>, name: string): string | undefined =>
  element.attrs.find((each) => each.name === name)?.value;

export const getChildElements = (parent: ParentNode): Element[] => parent.childNodes.filter(isElement);

export const getParentElement = (node: ChildNode): Element | undefined =>
  node.parentNode && isElement(node.parentNode) ? node.parentNode : undefined;

export function* walkAncestors(element: Element | undefined): Generator<Element> {
  for (let each = element; each; each = getParentElement(each)) yield each;
}

/** Creates a test of whether an element or one above it fits, which looks at each element once. */
export const createAncestorTest = (fits: (element: Element) => boolean): ((element: Element) => boolean) => {
  const results = new Map<Element, boolean>();
  const test = (element: Element): boolean => {
    const known = results.get(element);
    if (known !== undefined) return known;
    const parent = getParentElement(element);
    const result = fits(element) || (parent !== undefined && test(parent));
    results.set(element, result);
    return result;
  };
  return test;
};

/** Every element below `top`, in document order. An element that is taken out while walking is not entered. */
export function* walkElements(top: ParentNode): Generator<Element> {
  const pending = getChildElements(top).reverse();
  for (let element = pending.pop(); element; element = pending.pop()) {
    yield element;
    if (!element.parentNode) continue;
    for (const child of getChildElements(element).reverse()) pending.push(child);
  }
}

export const findElement = (top: ParentNode, fits: (element: Element) => boolean): Element | undefined => {
  for (const element of walkElements(top)) if (fits(element)) return element;
  return undefined;
};

export const findElements = (top: ParentNode, fits: (element: Element) => boolean): Element[] =>
  [...walkElements(top)].filter(fits);

/** Adds up to about `space` characters, and returns how many are left. */
const addText = (node: ChildNode | ParentNode, parts: string[], space: number): number => {
  const text = isTextNode(node) ? node.value : node.nodeName === 'br' ? '\n' : '';
  if (text !== '') parts.push(text);
  let left = space - text.length;
  if (!('childNodes' in node)) return left;
  for (const child of node.childNodes) {
    if (left <= 0) return left;
    left = addText(child, parts, left);
  }
  return left;
};

/** The text below a node as written, with `<br>` as a line break; nothing separates blocks. */
export const getTextContent = (node: ChildNode | ParentNode): string => {
  const parts: string[] = [];
  addText(node, parts, Number.POSITIVE_INFINITY);
  return parts.join('');
};

export const getTextLine = (node: ChildNode | ParentNode): string => collapseWhitespace(getTextContent(node));

/** White space of a pretty-printed page can take many times the space of the text. */
const maxSourceLength = 10_000;

/**
 * The text below an element on one line, for a field that has at most a few hundred characters; undefined for much
 * more. Elements that contain each other are then not all read to their end.
 */
export const getShortTextLine = (element: Element): string | undefined => {
  const parts: string[] = [];
  return addText(element, parts, maxSourceLength) <= 0 ? undefined : collapseWhitespace(parts.join(''));
};

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

/** The children leave the element that they are in. */
export const createTreeElement = (
  tagName: string,
  children: readonly ChildNode[] = [],
  attributes: Readonly<Record<string, string>> = {},
): Element => {
  const attrs = Object.entries(attributes).map(([name, value]) => ({ name, value }));
  const element = defaultTreeAdapter.createElement(tagName, html.NS.HTML, attrs);
  setChildren(element, children);
  return element;
};

/** Gives an element these children in place of its own. */
export const setChildren = (parent: ParentNode, children: readonly ChildNode[]): void => {
  for (const child of children) child.parentNode = parent;
  parent.childNodes = [...children];
};

export const replaceNode = (node: ChildNode, replacement: ChildNode): void => {
  const parent = node.parentNode;
  if (!parent) return;
  parent.childNodes = parent.childNodes.map((child) => (child === node ? replacement : child));
  replacement.parentNode = parent;
  node.parentNode = null;
};

export const createTextNode = (text: string): ChildNode => defaultTreeAdapter.createTextNode(text);

export const renameElement = (element: Element, tagName: string): void => {
  element.tagName = tagName;
  element.nodeName = tagName;
};

/** Whether there is anything but white space. */
export const hasText = (node: ChildNode | ParentNode): boolean => {
  if (isTextNode(node)) return node.value.trim() !== '';
  return 'childNodes' in node && node.childNodes.some(hasText);
};

const inlineTags =
  /^(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|q|rp|rt|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)$/;

export const isInlineElement = ({ tagName }: Element): boolean => inlineTags.test(tagName);

/** The text below a node, with a line for each block. */
export const getTextLines = (node: ParentNode): string[] => {
  const parts: string[] = [];
  const visit = (each: ChildNode | ParentNode): void => {
    if (isTextNode(each)) parts.push(each.value.replace(/\s+/g, ' '));
    if (!('childNodes' in each)) return;
    const isBlock = isElement(each) && !isInlineElement(each);
    if (isBlock) parts.push('\n');
    each.childNodes.forEach(visit);
    if (isBlock) parts.push('\n');
  };
  visit(node);
  return parts
    .join('')
    .split('\n')
    .map((line) => collapseWhitespace(line))
    .filter((line) => line !== '');
};
