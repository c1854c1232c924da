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

/** Outlook for Windows shows JPEG, PNG and GIF; some readers cannot see AVIF, WebP and the like in other programs. */
const otherFormat = /\.(?:webp|avif|svgz?|heic|heif|jxl|tiff?|bmp|ico)$|[?&](?:fm|format|f)=(?:webp|avif|svg|jxl)\b/i;

/** Whether all mail programs show the picture, as far as its address tells. */
export const isMailPicture = (url: string): boolean => {
  const [path = '', query = ''] = url.split('#', 1).join('').split('?', 2);
  return !otherFormat.test(path) && !otherFormat.test(`?${query}`);
};

const maxMailPictureWidthPx = 552;

/** As WordPress names its copies (`quay-300x200.jpg`), and services that scale pictures are asked (`?w=300`). */
const widthInAddress = [
  /[-_](\d{1,4})x\d{1,4}\.(?:jpe?g|png|gif)(?:$|[?#])/i,
  /[?&;](?:w|width)=(\d{1,4})(?:px)?(?:$|[&#])/i,
];

/**
 * The width in pixels for Outlook for Windows, which reads the attribute, and otherwise shows a picture in its own size,
 * also where that is wider than the letter. So one of unknown size is as wide as the letter unless it stands in a line.
 */
export const findMailPictureWidth = (src: string, stated: number, isInline: boolean): number | undefined => {
  const found = widthInAddress.map((pattern) => Number(pattern.exec(src)?.[1] ?? 0)).find((width) => width > 0);
  const width = stated || found || (isInline ? 0 : maxMailPictureWidthPx);
  return width > 0 ? Math.min(Math.round(width), maxMailPictureWidthPx) : undefined;
};

export const formatPictureLabel = (word: string, alt: string): string => (alt === '' ? word : `${word}: ${alt}`);

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
