import { html as names } from 'parse5';
import type { CutText } from '../../article.ts';
import { allowedTags, tagReplacements } from './sanitize-rules.ts';
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

/** Elements that say nothing by their attributes, beside those that an article can hold. */
const plainTags = new Set(
  'html head body main nav form label legend output dialog slot big font nobr blink marquee data picture source track param embed object search math'.split(
    ' ',
  ),
);

/** What components of other tools show beside their content: `<TabItem label="Linux">`. */
const componentAttributes = ['title', 'label', 'heading', 'caption', 'summary', 'alt', 'href', 'src', 'url'];

const describeComponent = (element: Element): CutText[] => {
  const { tagName, namespaceURI } = element;
  if (
    namespaceURI !== names.NS.HTML ||
    allowedTags.has(tagName) ||
    tagReplacements.has(tagName) ||
    plainTags.has(tagName)
  )
    return [];
  const isEmpty = getTextLine(element) === '';
  const values = [...componentAttributes, ...(isEmpty ? ['id', 'name', 'value'] : [])].flatMap(
    (name) => getAttribute(element, name)?.trim() || [],
  );
  return values.length === 0 ? [] : [{ text: `<${tagName}> ${values.join(' ')}`, reason: 'component of another tool' }];
};

/** Removes what an article cannot hold, and lists it. */
export const cutElements = (top: ParentNode): CutText[] => {
  const cut: CutText[] = [];
  const removed: Element[] = [];
  const code: Element[] = [];
  for (const element of walkElements(top)) {
    if (rawTextTags.has(element.tagName)) renameElement(element, 'pre');
    const reason = reasonsByTag.get(element.tagName);
    if (reason === undefined) {
      cut.push(...describeComponent(element));
      continue;
    }
    removed.push(element);
    if (reason === 'code of the page') code.push(element);
    else cut.push({ text: describeElement(element), reason });
    element.childNodes = [];
  }
  removeNodes(removed);
  return [...cut, ...describeCode(code)];
};
