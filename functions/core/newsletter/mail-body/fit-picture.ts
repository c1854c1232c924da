import {
  type Element,
  getAttribute,
  getParentElement,
  hasText,
  isElement,
  isInlineElement,
  type ParentNode,
  walkAncestors,
} from '../../article/body/tree.ts';
import { setLook, setMailAttribute } from './mail-elements.ts';
import { insteadAttribute, isMailPicture } from './mail-picture.ts';

/** Whether there is text beside a picture in its line, not in blocks around it. */
const hasTextInLine = (parent: ParentNode): boolean =>
  parent.childNodes.some((child) =>
    isElement(child) ? isInlineElement(child) && child.tagName !== 'img' && hasTextInLine(child) : hasText(child),
  );

const findBlock = (picture: Element): Element | undefined => {
  for (const each of walkAncestors(getParentElement(picture))) if (!isInlineElement(each)) return each;
  return undefined;
};

/** A picture within a sentence stays in its line. One in a format that mail programs do not show may become a link. */
export const fitPicture = (picture: Element): void => {
  const block = findBlock(picture);
  if (!isMailPicture(getAttribute(picture, 'src') ?? '')) {
    const isLinked = [...walkAncestors(getParentElement(picture))].some(({ tagName }) => tagName === 'a');
    setMailAttribute(picture, insteadAttribute, isLinked ? 'text' : 'link');
  }
  if (block && hasTextInLine(block)) setLook(picture, 'inline picture');
};
