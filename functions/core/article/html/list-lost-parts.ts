import { html as names } from 'parse5';
import type { CutText } from '../../article.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { findEmbed, isEmbedElement, listEmbedAddresses } from '../body/find-embed.ts';
import { findQuotedPost, isQuotedPost } from '../body/find-scripted-embed.ts';
import {
  type ChildNode,
  type Element,
  getAttribute,
  isElement,
  isTextNode,
  type ParentNode,
  type Template,
} from '../body/tree.ts';
import type { UrlResolver } from '../body/url-resolver.ts';

/** Something of a page that a reader could see: a text, or the address of a picture or player. */
interface PagePart {
  readonly node: ChildNode;
  readonly text: string;
  readonly isAddress: boolean;
}

/** Code, and the choices of a form, which are no text of the page. */
const unlistedTags = new Set(['script', 'style', 'iframe', 'title', 'select', 'datalist']);

/** The title of a drawing is a text of the page; that of the page is its headline. */
const isListed = ({ tagName, namespaceURI }: Element): boolean =>
  !unlistedTags.has(tagName) || (tagName === 'title' && namespaceURI === names.NS.SVG);

const isTemplateElement = (element: Element): element is Template =>
  element.tagName === 'template' && 'content' in element;

/** Of a part of a picture that is a link, and of subtitles, the address, too. */
const describingAttributes: ReadonlyMap<string, readonly string[]> = new Map([
  ['img', ['alt']],
  ['area', ['alt', 'href']],
  ['track', ['label', 'src']],
]);

/** Words in attributes: of pictures, players and fields. */
const listAttributeTexts = (element: Element): string[] => {
  const isField = element.tagName === 'input' && getAttribute(element, 'type') !== 'hidden';
  const written = [
    ...(describingAttributes.get(element.tagName) ?? []).map((name) => getAttribute(element, name)),
    isEmbedElement(element) ? getAttribute(element, 'title') : undefined,
    isField ? getAttribute(element, 'value') : undefined,
  ];
  return written.map((each) => cleanLine(each ?? '')).filter((text) => /[\p{L}\p{N}]/u.test(text));
};

/** Of a player whose page is known, the address of that page. */
const listAddresses = (element: Element): string[] => {
  if (element.tagName === 'img') return [getAttribute(element, 'src')?.trim() ?? ''];
  if (isQuotedPost(element)) return [findQuotedPost(element)?.url ?? ''];
  const embed = isEmbedElement(element) ? findEmbed(element) : undefined;
  if (!embed) return [];
  const written = listEmbedAddresses(element);
  return [embed.url, embed.still ?? '', ...(written[0] === embed.url ? written.slice(1) : [])];
};

export const listPageParts = (page: ParentNode): PagePart[] => {
  const parts: PagePart[] = [];
  const visit = (node: ChildNode): void => {
    if (isTextNode(node)) {
      const text = cleanLine(node.value);
      if (/[\p{L}\p{N}]/u.test(text)) parts.push({ node, text, isAddress: false });
      return;
    }
    if (!isElement(node)) return;
    for (const text of listAttributeTexts(node)) parts.push({ node, text, isAddress: false });
    for (const text of listAddresses(node))
      if (text !== '' && !/^(?:data|about|blob):/i.test(text)) parts.push({ node, text, isAddress: true });
    const { childNodes } = isTemplateElement(node) ? node.content : node;
    if (isListed(node)) for (const child of childNodes) visit(child);
  };
  for (const child of page.childNodes) visit(child);
  return parts;
};

const collectNodes = (top: ParentNode, nodes: Set<ChildNode>): void => {
  for (const child of top.childNodes) {
    nodes.add(child);
    if (isElement(child)) collectNodes(child, nodes);
  }
};

/** Searching all of a huge page for each of its parts would take minutes; some may then be listed twice. */
const maxComparedCharacters = 500_000_000;

/**
 * The parts of a page that are neither in the element that became the body nor in the texts that are known, such as
 * captions, pictures and buttons outside the story.
 */
export const listLostParts = (
  parts: readonly PagePart[],
  body: ParentNode,
  known: readonly string[],
  resolveUrl: UrlResolver,
): CutText[] => {
  const kept = new Set<ChildNode>();
  collectNodes(body, kept);
  const haystack = cleanLine(known.join(' '));
  const candidates = parts.filter(({ node }) => !kept.has(node));
  const canCompare = candidates.length * haystack.length < maxComparedCharacters;
  const isKnown = (text: string): boolean => canCompare && haystack.includes(text);
  const seen = new Set<string>();
  return candidates.flatMap(({ text, isAddress }) => {
    if (seen.has(text)) return [];
    seen.add(text);
    if (isKnown(text) || (isAddress && isKnown((resolveUrl(text, 'image') ?? text).replaceAll('&', '&amp;'))))
      return [];
    return [{ text, reason: isAddress ? 'picture or player outside the story' : 'not part of the story' }];
  });
};
