import { defaultTreeAdapter, html as names, serialize } from 'parse5';
import { parseTree } from '../../../functions/core/article/html/parse-tree.ts';
import {
  attribute,
  type Child,
  type Element,
  elementsIn,
  findElement,
  isElement,
  isText,
  type Parent,
} from '../../../functions/core/article/html/tree.ts';
import { addressFrom } from './old-address.ts';

const frames = new Set(['iframe', 'embed', 'object', 'video', 'audio']);
const unseen = new Set(['style', 'noscript']);
const active = new Set(['script', 'form', 'input', 'button', 'select', 'textarea']);

export const frameRemark = 'a frame, film or sound in it is a link now';
const activeRemark = 'a script or form in it is left out';
const inlineRemark = 'a picture written into its text (data:) is left out';
export const relativeRemark = 'a relative address in it may lead nowhere: say --base';

interface Settling {
  readonly base: string | undefined;
  readonly remarks: Set<string>;
}

/** `<a href="…">…</a>` for an address. */
const linkTo = (address: string): Element => {
  const link = defaultTreeAdapter.createElement('a', names.NS.HTML, [{ name: 'href', value: address }]);
  defaultTreeAdapter.insertText(link, address);
  return link;
};

/** Elements in which a paragraph may stand. */
const takeParagraphs = new Set(['body', 'div', 'figure', 'blockquote', 'section', 'article', 'li', 'td']);

/** A link in a paragraph of its own, where one may stand. */
const linkInPlace = (address: string, parent: Parent): Element => {
  const link = linkTo(address);
  if (!isElement(parent) || !takeParagraphs.has(parent.tagName)) return link;
  const paragraph = defaultTreeAdapter.createElement('p', names.NS.HTML, []);
  defaultTreeAdapter.appendChild(paragraph, link);
  return paragraph;
};

const replace = (node: Child, by: Child | undefined): void => {
  const parent = node.parentNode;
  if (!parent) return;
  if (by) defaultTreeAdapter.insertBefore(parent, by, node);
  defaultTreeAdapter.detachNode(node);
};

const sourceOf = (frame: Element): string => {
  const inner = findElement(frame, ({ tagName }) => tagName === 'source' || tagName === 'embed');
  const written = ['src', 'data-src', 'data'].map((name) => attribute(frame, name)).find(Boolean);
  return written ?? (inner && attribute(inner, 'src')) ?? '';
};

const set = (element: Element, name: string, value: string): void => {
  element.attrs = [...element.attrs.filter((each) => each.name !== name), { name, value }];
};

/** Pictures that scripts load have their address elsewhere. */
const settlePicture = (picture: Element, { remarks }: Settling): void => {
  const source = attribute(picture, 'src') ?? '';
  if (source !== '' && !source.startsWith('data:')) return;
  const lazy = ['data-src', 'data-lazy-src', 'data-original'].map((name) => attribute(picture, name));
  const found = lazy.find((each) => each !== undefined && each !== '');
  if (found === undefined) {
    if (source !== '') remarks.add(inlineRemark);
    replace(picture, undefined);
  } else set(picture, 'src', found);
};

const settleAddress = (element: Element, name: string, { base, remarks }: Settling): void => {
  const written = attribute(element, name)?.trim();
  if (!written || written.startsWith('#') || /^[a-z][a-z\d+.-]*:/i.test(written)) return;
  const address = written.startsWith('//') ? `https:${written}` : addressFrom(written, base);
  if (address === undefined) remarks.add(relativeRemark);
  else set(element, name, address);
};

/** Text that is an address and nothing else is one that the old system drew a frame for. */
const settleText = (parent: Parent): void => {
  const [only, ...more] = parent.childNodes;
  if (!only || more.length > 0 || !isText(only) || !isElement(parent) || parent.tagName === 'a') return;
  const address = only.value.trim();
  if (!/^https?:\/\/\S+$/.test(address) || !URL.canParse(address)) return;
  replace(only, linkTo(address));
};

const dropComments = (parent: Parent): void => {
  parent.childNodes = parent.childNodes.filter(({ nodeName }) => nodeName !== '#comment');
};

const settleFrame = (frame: Element, { base, remarks }: Settling): void => {
  remarks.add(frameRemark);
  const source = sourceOf(frame);
  const address = addressFrom(source.startsWith('//') ? `https:${source}` : source, base);
  const { parentNode } = frame;
  replace(frame, parentNode && address !== undefined ? linkInPlace(address, parentNode) : undefined);
};

const settle = (element: Element, settling: Settling): void => {
  const { tagName } = element;
  dropComments(element);
  if (frames.has(tagName)) settleFrame(element, settling);
  else if (active.has(tagName) || unseen.has(tagName)) {
    if (active.has(tagName)) settling.remarks.add(activeRemark);
    replace(element, undefined);
  } else {
    if (tagName === 'img') settlePicture(element, settling);
    settleAddress(element, 'src', settling);
    settleAddress(element, 'href', settling);
    settleText(element);
  }
};

/**
 * Makes the HTML of another system stand by itself: addresses are whole, frames, films and sounds are links, scripts,
 * forms, styles and comments are gone.
 * @param base what relative addresses are relative to, if it is known
 * @throws {SeedRejected} for markup that cannot be read in bounded time
 */
export const settleHtml = (
  html: string,
  base: string | undefined,
): { readonly html: string; readonly remarks: readonly string[] } => {
  const body = findElement(parseTree(html), ({ tagName }) => tagName === 'body');
  if (!body) return { html: '', remarks: [] };
  const settling = { base, remarks: new Set<string>() };
  dropComments(body);
  for (const element of [...elementsIn(body)]) if (element.parentNode) settle(element, settling);
  return { html: serialize(body).trim(), remarks: [...settling.remarks] };
};
