import type { DefaultTreeAdapterTypes } from 'parse5';

export type Element = DefaultTreeAdapterTypes.Element;
export type Parent = DefaultTreeAdapterTypes.ParentNode;
export type Child = DefaultTreeAdapterTypes.ChildNode;
type TextNode = DefaultTreeAdapterTypes.TextNode;

export const isElement = (node: Child | Parent): node is Element => 'tagName' in node;
export const isText = (node: Child | Parent): node is TextNode => node.nodeName === '#text';

/** The value of an attribute; undefined where the element has none of that name. */
export const attribute = (element: Pick<Element, 'attrs'>, name: string): string | undefined =>
  element.attrs.find((each) => each.name === name)?.value;

/** The child elements, without texts and comments. */
export const childElements = (parent: Parent): Element[] => parent.childNodes.filter(isElement);

/** The element's parent element; undefined at the top of the tree. */
export const parentElement = (node: Child): Element | undefined =>
  node.parentNode && isElement(node.parentNode) ? node.parentNode : undefined;

/** Every element below `top`, in document order. An element that is taken out while walking is not entered. */
export function* elementsIn(top: Parent): Generator<Element> {
  for (const element of childElements(top)) {
    yield element;
    if (element.parentNode) yield* elementsIn(element);
  }
}

/** The first element below `top` that fits. */
export const findElement = (top: Parent, fits: (element: Element) => boolean): Element | undefined => {
  for (const element of elementsIn(top)) if (fits(element)) return element;
  return undefined;
};

/** All elements below `top` that fit, in document order. */
export const findElements = (top: Parent, fits: (element: Element) => boolean): Element[] =>
  [...elementsIn(top)].filter(fits);

const gatherText = (node: Child | Parent, parts: string[]): void => {
  if (isText(node)) parts.push(node.value);
  else if (node.nodeName === 'br') parts.push('\n');
  else if ('childNodes' in node) for (const child of node.childNodes) gatherText(child, parts);
};

/** The text below a node as it stands, with `<br>` as a line break; blocks are not parted. */
export const textOf = (node: Child | Parent): string => {
  const parts: string[] = [];
  gatherText(node, parts);
  return parts.join('');
};

/** The text below a node on one line, white space collapsed. */
export const lineOf = (node: Child | Parent): string => textOf(node).replace(/\s+/g, ' ').trim();

/** Takes many nodes out of the tree, each parent gone through once. */
export const detachAll = (nodes: readonly Child[]): void => {
  const leaving = new Set(nodes);
  const parents = new Set(nodes.flatMap(({ parentNode }) => parentNode ?? []));
  for (const parent of parents) parent.childNodes = parent.childNodes.filter((child) => !leaving.has(child));
  for (const node of leaving) node.parentNode = null;
};

const isWithin = (node: Child, ancestor: Element): boolean => {
  for (let above = parentElement(node); above; above = parentElement(above))
    if (above === ancestor) return true;
  return false;
};

/** Whether `element` is `ancestor` or stands below it. */
export const isInside = (element: Element, ancestor: Element): boolean =>
  element === ancestor || isWithin(element, ancestor);

/** Class names, id and role as written, in one string: `post-body` `related_links`. */
export const namesOf = (element: Element): string =>
  [attribute(element, 'class'), attribute(element, 'id'), attribute(element, 'role')]
    .filter((name) => name !== undefined)
    .join(' ');
