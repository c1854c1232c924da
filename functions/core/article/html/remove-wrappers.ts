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

const collectChildren = (parent: ParentNode, children: ChildNode[]): void => {
  for (const child of parent.childNodes) {
    if (!isElement(child)) children.push(child);
    else if (isMeaninglessWrapper(child)) collectChildren(child, children);
    else {
      removeWrappers(child);
      const inner = getAttribute(child, 'dir') === undefined ? findInnerBox(child) : undefined;
      children.push(inner ?? child);
    }
  }
};

/** Removes wrappers without meaning, such as `<font>`: broken pages nest them deeper than sanitizing allows. */
export const removeWrappers = (top: ParentNode): void => {
  const children: ChildNode[] = [];
  collectChildren(top, children);
  for (const child of children) child.parentNode = top;
  top.childNodes = children;
};
