import { type ChildNode, type Element, getAttribute, isElement, isTextNode, type ParentNode } from '../body/tree.ts';

const inlineWrappers = new Set(['font', 'span', 'nobr', 'basefont', 'big', 'label', 'picture']);
const boxTags = new Set(['div', 'section', 'article', 'main', 'center', 'form', 'fieldset', 'header', 'hgroup']);

const isMeaninglessWrapper = (element: Element): boolean =>
  inlineWrappers.has(element.tagName) &&
  getAttribute(element, 'lang') === undefined &&
  getAttribute(element, 'dir') === undefined;

const isBlank = (node: ChildNode): boolean => (isTextNode(node) ? node.value.trim() === '' : !isElement(node));

const findInnerBox = (element: Element): Element | undefined => {
  if (!boxTags.has(element.tagName)) return undefined;
  const filled = element.childNodes.filter((node) => !isBlank(node));
  const [only] = filled;
  return filled.length === 1 && only && isElement(only) && boxTags.has(only.tagName) ? only : undefined;
};

/** Removes wrappers without meaning, such as `<font>`: broken pages nest them deeper than sanitizing allows. */
export const removeWrappers = (top: ParentNode): void => {
  const children: ChildNode[] = [];
  for (const child of top.childNodes) {
    if (!isElement(child)) {
      children.push(child);
      continue;
    }
    removeWrappers(child);
    const inner = findInnerBox(child);
    if (isMeaninglessWrapper(child)) children.push(...child.childNodes);
    else children.push(inner && getAttribute(child, 'dir') === undefined ? inner : child);
  }
  for (const child of children) child.parentNode = top;
  top.childNodes = children;
};
