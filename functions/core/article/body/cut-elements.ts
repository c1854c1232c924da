import type { CutText } from '../../article.ts';
import {
  type Element,
  getAttribute,
  getTextLine,
  type ParentNode,
  removeNodes,
  renameElement,
  type Template,
  walkElements,
} from './tree.ts';

/** Why an element cannot be in an article. What else is unknown is unwrapped, and its text stays. */
const reasonsByTag: ReadonlyMap<string, string> = new Map(
  [
    ['script style link meta base title', 'code of the page'],
    ['template', 'part that a script would show'],
    ['noscript noembed noframes', 'shown only without scripts'],
    ['svg', 'drawing (SVG)'],
    ['canvas', 'drawing that a script makes'],
    ['input textarea select option optgroup datalist', 'field of a form'],
    ['button', 'button'],
    ['area', 'part of a picture with links'],
    ['applet', 'program'],
    ['annotation annotation-xml', 'source of a formula'],
  ].flatMap(([tags = '', reason = '']) => tags.split(' ').map((tag): [string, string] => [tag, reason])),
);

const isTemplate = (element: Element): element is Template => element.nodeName === 'template' && 'content' in element;

const describedAttributes = ['value', 'placeholder', 'alt', 'aria-label', 'href', 'name'];

/** The words of an element, else its addresses or what it is. */
const describeElement = (element: Element): string => {
  const text = getTextLine(isTemplate(element) ? element.content : element);
  const pictures = [...walkElements(isTemplate(element) ? element.content : element)].flatMap(
    (each) => getAttribute(each, 'src') ?? [],
  );
  const attributes = describedAttributes.flatMap((name) => getAttribute(element, name)?.trim() || []);
  return [text, ...pictures].filter(Boolean).join(' ') || attributes.join(' ') || element.tagName;
};

const formatCount = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

/** Code says nothing to readers: its kinds are counted. */
const describeCode = (elements: readonly Element[]): CutText[] => {
  const counts = new Map<string, number>();
  for (const { tagName } of elements) counts.set(tagName, (counts.get(tagName) ?? 0) + 1);
  const text = [...counts].map(([tag, count]) => formatCount(count, tag)).join(', ');
  return text === '' ? [] : [{ text, reason: 'code of the page' }];
};

/** They show their content as it is, tags included. */
const rawTextTags = new Set(['xmp', 'plaintext', 'listing']);

/** Removes what an article cannot hold, and lists it. */
export const cutElements = (top: ParentNode): CutText[] => {
  const cut: CutText[] = [];
  const removed: Element[] = [];
  const code: Element[] = [];
  for (const element of walkElements(top)) {
    if (rawTextTags.has(element.tagName)) renameElement(element, 'pre');
    const reason = reasonsByTag.get(element.tagName);
    if (reason === undefined) continue;
    removed.push(element);
    if (reason === 'code of the page') code.push(element);
    else cut.push({ text: describeElement(element), reason });
    element.childNodes = [];
  }
  removeNodes(removed);
  return [...cut, ...describeCode(code)];
};
