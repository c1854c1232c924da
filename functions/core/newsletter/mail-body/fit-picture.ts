import {
  createTextNode,
  createTreeElement,
  type Element,
  getAttribute,
  getParentElement,
  hasText,
  isElement,
  isInlineElement,
  type ParentNode,
  replaceNode,
  walkAncestors,
} from '../../article/body/tree.ts';
import { setLook } from './mail-elements.ts';
import { formatPictureLabel, isMailPicture } from './mail-picture.ts';

/** Whether there is text beside a picture in its line, not in blocks around it. */
const hasTextInLine = (parent: ParentNode): boolean =>
  parent.childNodes.some((child) =>
    isElement(child) ? isInlineElement(child) && child.tagName !== 'img' && hasTextInLine(child) : hasText(child),
  );

const findBlock = (picture: Element): Element | undefined => {
  for (const each of walkAncestors(getParentElement(picture))) if (!isInlineElement(each)) return each;
  return undefined;
};

const toPictureLink = (picture: Element, word: string): Element => {
  const text = createTextNode(formatPictureLabel(word, getAttribute(picture, 'alt')?.trim() ?? ''));
  const isLinked = [...walkAncestors(getParentElement(picture))].some(({ tagName }) => tagName === 'a');
  return isLinked
    ? createTreeElement('span', [text])
    : createTreeElement('a', [text], { href: getAttribute(picture, 'src') ?? '' });
};

/** A picture within a sentence stays in its line; one that mail programs do not show becomes a link to it. */
export const fitPicture = (picture: Element, word: string): void => {
  const block = findBlock(picture);
  if (!isMailPicture(getAttribute(picture, 'src') ?? '')) replaceNode(picture, toPictureLink(picture, word));
  else if (block && hasTextInLine(block)) setLook(picture, 'inline picture');
};
