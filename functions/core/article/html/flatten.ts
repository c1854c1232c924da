import { attribute, type Child, type Element, isElement, isText, type Parent } from './tree.ts';

const bare = new Set(['font', 'span', 'nobr', 'basefont', 'big', 'label', 'picture']);
const boxes = new Set([
  'div',
  'section',
  'article',
  'main',
  'center',
  'form',
  'fieldset',
  'header',
  'hgroup',
]);

const saysNothing = (element: Element): boolean =>
  bare.has(element.tagName) &&
  attribute(element, 'lang') === undefined &&
  attribute(element, 'dir') === undefined;

const isBlank = (node: Child): boolean => (isText(node) ? node.value.trim() === '' : !isElement(node));

/** A box whose only content is another box. */
const innerBox = (element: Element): Element | undefined => {
  if (!boxes.has(element.tagName)) return undefined;
  const filled = element.childNodes.filter((node) => !isBlank(node));
  const [only] = filled;
  return filled.length === 1 && only && isElement(only) && boxes.has(only.tagName) ? only : undefined;
};

/**
 * Takes out wrappers that say nothing, such as `<font>` and boxes in boxes: broken pages nest them a hundred deep,
 * which is more than sanitizing allows.
 */
export const flatten = (top: Parent): void => {
  const children: Child[] = [];
  for (const child of top.childNodes) {
    if (!isElement(child)) {
      children.push(child);
      continue;
    }
    flatten(child);
    const inner = innerBox(child);
    if (saysNothing(child)) children.push(...child.childNodes);
    else children.push(inner && attribute(child, 'dir') === undefined ? inner : child);
  }
  for (const child of children) child.parentNode = top;
  top.childNodes = children;
};
