import {
  createTreeElement,
  type Element,
  findElement,
  findElements,
  getChildElements,
  getParentElement,
  hasText,
  removeNodes,
  setChildren,
} from '../body/tree.ts';
import { createElementTest } from './element-test.ts';

const isCaption = createElementTest('p.MsoCaption, p.caption, p.illustration, p.Illustration, p.Figure');

const isPicture = (element: Element | undefined): element is Element =>
  element !== undefined &&
  !hasText(element) &&
  (element.tagName === 'img' || findElement(element, ({ tagName }) => tagName === 'img') !== undefined);

const isTable = (element: Element | undefined): element is Element => element?.tagName === 'table';

const replace = (old: Element, replacement: Element): void => {
  const parent = old.parentNode;
  if (parent)
    setChildren(
      parent,
      parent.childNodes.map((node) => (node === old ? replacement : node)),
    );
};

/** Joins the caption paragraphs of word processors with the picture or table that they stand beside. */
export const attachCaptions = (body: Element): void => {
  for (const caption of findElements(body, isCaption)) {
    const parent = getParentElement(caption);
    const siblings = parent ? getChildElements(parent).filter((each) => hasText(each) || isPicture(each)) : [];
    const index = siblings.indexOf(caption);
    const [before, after] = [siblings[index - 1], siblings[index + 1]];
    const picture = [before, after].find(isPicture);
    const table = [after, before].find(isTable);
    if (!hasText(caption)) continue;
    if (picture) {
      removeNodes([caption]);
      const figcaption = createTreeElement('figcaption', caption.childNodes);
      const figure = createTreeElement('figure');
      replace(picture, figure);
      setChildren(figure, [...(picture.tagName === 'img' ? [picture] : picture.childNodes), figcaption]);
    } else if (table) {
      removeNodes([caption]);
      setChildren(table, [createTreeElement('caption', caption.childNodes), ...table.childNodes]);
    }
  }
};
