import { serialize } from 'parse5';
import { parseHtml } from '../../article/body/parse-html.ts';
import {
  createTreeElement,
  type Element,
  findElement,
  findElements,
  getParentElement,
  replaceNode,
  setChildren,
  walkAncestors,
} from '../../article/body/tree.ts';
import { fitPicture } from './fit-picture.ts';
import { fitTable } from './fit-table.ts';
import { createFrame, createLookElement, setLook } from './mail-elements.ts';
import type { PictureWords } from './mail-picture.ts';

export interface MailBodyContext {
  /** Address of the article's page. */
  readonly page: string;
  readonly words: PictureWords & { readonly table: string };
}

/** Width for text on a phone of 320 pixels. */
const phoneWidthPx = 284;
/** What is nested deeper is not indented any more: it would leave no space for words. */
const maxIndents = 4;

const indentsPx: Readonly<Record<string, number>> = { blockquote: 19, ul: 24, ol: 28, dd: 24 };

const isIndented = ({ tagName }: Element): boolean => Object.hasOwn(indentsPx, tagName);

const listIndents = (element: Element): number[] =>
  [...walkAncestors(getParentElement(element))]
    .filter(isIndented)
    .reverse()
    .slice(0, maxIndents)
    .map(({ tagName }) => indentsPx[tagName] ?? 0);

const countWidthPx = (element: Element): number =>
  listIndents(element).reduce((left, indent) => left - indent, phoneWidthPx);

const fitIndent = (element: Element): void => {
  if (listIndents(element).length === maxIndents) setLook(element, 'flat');
  else if (element.tagName === 'blockquote') setChildren(element, [createFrame('quote', element.childNodes)]);
};

/** Outlook knows padding of cells only. */
const frameCode = (code: Element): void => {
  const frame = createFrame('code block', [createTreeElement('pre', code.childNodes)]);
  replaceNode(code, createLookElement('div', 'box', [frame]));
};

/** Elements that mail programs show otherwise than browsers. */
const adaptedElements = /<(?:img|table|pre|blockquote|ul|ol|dd)[\s>/]/;

/**
 * Gives the sanitized body of an article a form that is never wider than a phone, and that Outlook shows as others do.
 */
export const fitBodyToMail = (
  html: string,
  { page, tableWord }: { readonly page: string; readonly tableWord: string },
): string => {
  if (!adaptedElements.test(html)) return html;
  const body = findElement(parseHtml(html), ({ tagName }) => tagName === 'body');
  if (!body) return html;
  const select = (tag: string): Element[] => findElements(body, ({ tagName }) => tagName === tag);
  for (const picture of select('img')) fitPicture(picture);
  // Inner tables first: an outer one is measured with what became of them.
  for (const table of select('table').reverse())
    fitTable(table, { widthPx: countWidthPx(table), page, word: tableWord });
  for (const element of findElements(body, isIndented)) fitIndent(element);
  for (const code of select('pre')) frameCode(code);
  return serialize(body);
};
