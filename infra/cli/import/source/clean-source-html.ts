import { defaultTreeAdapter, html as names, serialize } from 'parse5';
import { parseHtml } from '../../../../functions/core/article/body/parse-html.ts';
import { toPlainText } from '../../../../functions/core/article/body/plain-text.ts';
import {
  type ChildNode,
  type Element,
  findElement,
  getAttribute,
  isElement,
  isTextNode,
  type ParentNode,
  walkElements,
} from '../../../../functions/core/article/body/tree.ts';
import { resolveWebAddress } from './old-address.ts';

const embedTags = new Set(['iframe', 'embed', 'object', 'video', 'audio']);
const hiddenTags = new Set(['style', 'noscript']);
const activeTags = new Set(['script', 'form', 'input', 'button', 'select', 'textarea']);

export const embedRemark = 'an embed, video or audio was replaced by a link';
const activeRemark = 'a script or form was removed';
const inlineRemark = 'a picture inside the text (data:) was removed';
export const relativeAddressRemark = 'a relative address may be broken: state the old site with --base';

interface CleaningContext {
  readonly base: string | undefined;
  readonly remarks: Set<string>;
}

const buildLink = (address: string): Element => {
  const link = defaultTreeAdapter.createElement('a', names.NS.HTML, [{ name: 'href', value: address }]);
  defaultTreeAdapter.insertText(link, address);
  return link;
};

const paragraphParents = new Set(['body', 'div', 'figure', 'blockquote', 'section', 'article', 'li', 'td']);

const buildLinkInside = (address: string, parent: ParentNode): Element => {
  const link = buildLink(address);
  if (!isElement(parent) || !paragraphParents.has(parent.tagName)) return link;
  const paragraph = defaultTreeAdapter.createElement('p', names.NS.HTML, []);
  defaultTreeAdapter.appendChild(paragraph, link);
  return paragraph;
};

const replaceNode = (node: ChildNode, by: ChildNode | undefined): void => {
  const parent = node.parentNode;
  if (!parent) return;
  if (by) defaultTreeAdapter.insertBefore(parent, by, node);
  defaultTreeAdapter.detachNode(node);
};

const findEmbedSource = (frame: Element): string => {
  const inner = findElement(frame, ({ tagName }) => tagName === 'source' || tagName === 'embed');
  const written = ['src', 'data-src', 'data'].map((name) => getAttribute(frame, name)).find(Boolean);
  return written ?? (inner && getAttribute(inner, 'src')) ?? '';
};

const setAttribute = (element: Element, name: string, value: string): void => {
  element.attrs = [...element.attrs.filter((each) => each.name !== name), { name, value }];
};

/** Pictures that scripts load have their address elsewhere. */
const replaceLazySource = (picture: Element, { remarks }: CleaningContext): void => {
  const source = getAttribute(picture, 'src') ?? '';
  if (source !== '' && !source.startsWith('data:')) return;
  const lazy = ['data-src', 'data-lazy-src', 'data-original'].map((name) => getAttribute(picture, name));
  const found = lazy.find((each) => each !== undefined && each !== '');
  if (found === undefined) {
    if (source !== '') remarks.add(inlineRemark);
    replaceNode(picture, undefined);
  } else setAttribute(picture, 'src', found);
};

const absolutizeAddress = (element: Element, name: string, { base, remarks }: CleaningContext): void => {
  const written = getAttribute(element, name)?.trim();
  if (!written || written.startsWith('#') || /^[a-z][a-z\d+.-]*:/i.test(written)) return;
  const address = written.startsWith('//') ? `https:${written}` : resolveWebAddress(written, base);
  if (address === undefined) remarks.add(relativeAddressRemark);
  else setAttribute(element, name, address);
};

/** Text that is an address and nothing else is one that the old system drew a frame for. */
const linkBareAddress = (parent: ParentNode): void => {
  const [only, ...more] = parent.childNodes;
  if (!only || more.length > 0 || !isTextNode(only) || !isElement(parent) || parent.tagName === 'a') return;
  const address = only.value.trim();
  if (!/^https?:\/\/\S+$/.test(address) || !URL.canParse(address)) return;
  replaceNode(only, buildLink(address));
};

const removeComments = (parent: ParentNode): void => {
  parent.childNodes = parent.childNodes.filter(({ nodeName }) => nodeName !== '#comment');
};

const replaceEmbed = (frame: Element, { base, remarks }: CleaningContext): void => {
  remarks.add(embedRemark);
  const source = findEmbedSource(frame);
  const address = resolveWebAddress(source.startsWith('//') ? `https:${source}` : source, base);
  const { parentNode } = frame;
  replaceNode(frame, parentNode && address !== undefined ? buildLinkInside(address, parentNode) : undefined);
};

const cleanElement = (element: Element, context: CleaningContext): void => {
  const { tagName } = element;
  removeComments(element);
  if (embedTags.has(tagName)) replaceEmbed(element, context);
  else if (activeTags.has(tagName) || hiddenTags.has(tagName)) {
    if (activeTags.has(tagName)) context.remarks.add(activeRemark);
    replaceNode(element, undefined);
  } else {
    if (tagName === 'img') replaceLazySource(element, context);
    absolutizeAddress(element, 'src', context);
    absolutizeAddress(element, 'href', context);
    linkBareAddress(element);
  }
};

export const isEmptyBody = (html: string): boolean => !html.includes('<img ') && toPlainText(html) === '';

/** @throws {SeedRejected} for markup that cannot be read in bounded time */
export const cleanSourceHtml = (
  html: string,
  base: string | undefined,
): { readonly html: string; readonly remarks: readonly string[] } => {
  const body = findElement(parseHtml(html), ({ tagName }) => tagName === 'body');
  if (!body) return { html: '', remarks: [] };
  const context = { base, remarks: new Set<string>() };
  removeComments(body);
  for (const element of [...walkElements(body)]) if (element.parentNode) cleanElement(element, context);
  return { html: serialize(body).trim(), remarks: [...context.remarks] };
};
