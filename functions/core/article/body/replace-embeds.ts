import { defaultTreeAdapter } from 'parse5';
import type { CutText } from '../../article.ts';
import { formatEmbedLabel } from './embed-label.ts';
import { findEmbedPage } from './embed-sites.ts';
import {
  type Embed,
  findEmbed,
  findEmbedOfImage,
  isCheckbox,
  isEmbedElement,
  isTracker,
  listEmbedAddresses,
  readGenericTitle,
} from './find-embed.ts';
import { findQuotedPost, findScriptedEmbed, isQuotedPost } from './find-scripted-embed.ts';
import {
  type ChildNode,
  createTextNode,
  createTreeElement,
  type Element,
  findElement,
  findElements,
  getAttribute,
  getParentElement,
  getShortTextLine,
  getTextLine,
  isElement,
  isTextNode,
  type ParentNode,
  walkElements,
} from './tree.ts';

interface EmbedContext {
  readonly findLanguage: () => string;
  readonly replacements: Replacements;
  readonly cut: CutText[];
  /** Of posts that are quoted, such as blogs' in WordPress. */
  readonly parentsOfQuotations: Set<ParentNode>;
}

const createLink = (url: string, label: string): Element =>
  createTreeElement('a', [createTextNode(label)], { href: url });

const appendLink = (element: Element, embed: Embed, findLanguage: () => string): void => {
  const link = createLink(embed.url, formatEmbedLabel(embed, findLanguage()));
  defaultTreeAdapter.appendChild(element, createTreeElement('p', [link]));
};

const blockParents = new Set(
  'body div section article main header footer aside figure blockquote li td th dd details center form'.split(' '),
);

const isBlank = (node: ChildNode): boolean =>
  isTextNode(node) ? node.value.trim() === '' : !isElement(node) || node.tagName === 'br';

const isAloneIn = (node: ChildNode, { childNodes }: ParentNode): boolean =>
  childNodes.length < 10 && childNodes.every((each) => each === node || isBlank(each));

/** What stands in the place of a node. Each parent gets its new children once, however many they are. */
type Replacements = Map<ChildNode, readonly ChildNode[]>;

const applyReplacements = (replacements: Replacements): void => {
  const parents = new Set([...replacements.keys()].flatMap(({ parentNode }) => parentNode ?? []));
  for (const parent of parents) {
    parent.childNodes = parent.childNodes.flatMap((child) => replacements.get(child) ?? child);
    for (const child of parent.childNodes) child.parentNode = parent;
  }
};

/** The link with its still in the place of an embed: blocks where blocks can stand, else a link within the text. */
const placeEmbed = (
  element: Element,
  { still, ...embed }: Embed,
  { findLanguage, replacements, cut }: EmbedContext,
): void => {
  const label = formatEmbedLabel(embed, findLanguage());
  const parent = getParentElement(element);
  const fillsParagraph = parent?.tagName === 'p' && isAloneIn(element, parent);
  const isBlock = fillsParagraph || parent === undefined || blockParents.has(parent.tagName);
  element.childNodes = [];
  if (!isBlock) {
    const blank = createTextNode(' ');
    replacements.set(element, [blank, createLink(embed.url, label), createTextNode(' ')]);
    if (still !== undefined) cut.push({ text: still, reason: 'still of a film within a sentence' });
    return;
  }
  const place = fillsParagraph ? parent : element;
  const paragraph = createTreeElement('p', [createLink(embed.url, label)]);
  if (still === undefined) {
    replacements.set(place, [paragraph]);
    return;
  }
  const picture = createTreeElement('a', [createTreeElement('img', [], { src: still, alt: label })], {
    href: embed.url,
  });
  const isInFigure = parent?.tagName === 'figure';
  replacements.set(place, isInFigure ? [picture, paragraph] : [createTreeElement('figure', [picture, paragraph])]);
};

const describe = (element: Element): string =>
  [getAttribute(element, 'title')?.trim(), listEmbedAddresses(element)[0]].filter(Boolean).join(' ') || element.tagName;

const playerTags = new Set(['video', 'audio', 'amp-video', 'amp-audio']);

/** What else a player names: other encodings, subtitles, and players within it for browsers that cannot play this. */
const listOtherAddresses = (element: Element, used: string): CutText[] => {
  const tracks = findElements(element, ({ tagName }) => tagName === 'track');
  const own = playerTags.has(element.tagName) ? listEmbedAddresses(element).slice(1) : [];
  const nested = findElements(element, isEmbedElement).flatMap((each) =>
    ['src', 'data'].flatMap((name) => getAttribute(each, name)?.trim() || []),
  );
  const others = new Set([...own, ...nested].filter((url) => url !== used));
  return [
    ...Array.from(others, (text) => ({ text, reason: 'another form of a film or sound' })),
    ...tracks.flatMap((track) => {
      const text = ['label', 'src'].flatMap((name) => getAttribute(track, name)?.trim() || []).join(' ');
      return text ? [{ text, reason: 'subtitles of a film' }] : [];
    }),
  ];
};

/** The words for browsers without players; those that are now the title of the link are not lost. */
const listFallbackText = (element: Element, title: string | undefined): CutText[] => {
  const text = element.tagName === 'iframe' ? '' : getTextLine(element);
  return text === '' || text === title ? [] : [{ text, reason: 'words for browsers that cannot play this' }];
};

const replaceEmbed = (element: Element, context: EmbedContext): void => {
  const { replacements, cut } = context;
  const embed = findEmbed(element);
  if (isTracker(element) || !embed) {
    const reason = embed ? 'invisible frame or advertisement' : 'player or frame without an address';
    cut.push({ text: describe(element), reason });
    replacements.set(element, element.childNodes);
    if (embed || element.tagName === 'iframe') element.childNodes = [];
    return;
  }
  cut.push(...listOtherAddresses(element, embed.url), ...listFallbackText(element, embed.title));
  const generic = readGenericTitle(element);
  if (generic !== undefined) cut.push({ text: generic, reason: 'name of a player' });
  placeEmbed(element, embed, context);
};

const leadsTo = (url: string) => {
  const plain = (written: string) => written.replace(/^https?:\/\/(?:www\.)?|[?#].*$|\/+$/g, '');
  return (each: Element): boolean =>
    each.tagName === 'a' && plain(getAttribute(each, 'href')?.trim() ?? '') === plain(url);
};

/** A quoted post has a link to the post, and that link has words. */
const completeQuotedPost = (quote: Element, findLanguage: () => string): void => {
  for (const link of findElements(quote, ({ tagName }) => tagName === 'a')) {
    const url = getAttribute(link, 'href')?.trim();
    if (!url || getShortTextLine(link) !== '' || findElement(link, ({ tagName }) => tagName === 'img')) continue;
    const page = findEmbedPage(url) ?? { url, kind: 'post' as const };
    defaultTreeAdapter.insertText(link, formatEmbedLabel(page, findLanguage()));
  }
  const post = findQuotedPost(quote);
  if (post && !findElement(quote, leadsTo(post.url))) appendLink(quote, post, findLanguage);
};

const playedKinds = /^(?:video|audio|post)$/;

/** An address alone in its paragraph, for which the tool that it was written for would show a player. */
const findBareAddress = (element: Element): Embed | undefined => {
  if (!/^(?:p|div|figure)$/.test(element.tagName) || element.childNodes.length > 5) return undefined;
  const [only, ...others] = element.childNodes.filter((node) => !isBlank(node));
  if (!only || others.length > 0) return undefined;
  const isLink = isElement(only) && only.tagName === 'a';
  const text = isTextNode(only) ? only.value.trim() : isLink ? (getShortTextLine(only) ?? '') : '';
  if (!/^https?:\/\/\S{1,2000}$/.test(text)) return undefined;
  if (isLink && !/^https?:\/\//.test(getAttribute(only, 'href') ?? '')) return undefined;
  const page = findEmbedPage(isLink ? (getAttribute(only, 'href') ?? '') : text);
  if (page && playedKinds.test(page.kind)) return page;
  const isEmbedBlock = /wp-block-embed/.test(getAttribute(element, 'class') ?? '');
  return isEmbedBlock && !isLink ? { url: text, kind: 'page' } : undefined;
};

const replaceBareAddress = (element: Element, embed: Embed, findLanguage: () => string): void => {
  const link = createLink(embed.url, formatEmbedLabel(embed, findLanguage()));
  element.childNodes = [];
  const child = element.tagName === 'p' ? link : createTreeElement('p', [link]);
  defaultTreeAdapter.appendChild(element, child);
};

/** WordPress quotes a post of a blog and adds a frame that shows it once more. */
const isFrameOfQuotation = (element: Element, { parentsOfQuotations }: EmbedContext): boolean =>
  element.tagName === 'iframe' &&
  element.parentNode !== null &&
  parentsOfQuotations.has(element.parentNode) &&
  /wp-embedded-content/.test(getAttribute(element, 'class') ?? '');

const replaceScriptedEmbed = (element: Element, embed: Embed, context: EmbedContext): void => {
  if (element.tagName === 'script') placeEmbed(element, embed, context);
  else if (!findElement(element, isEmbedElement) && !findElement(element, leadsTo(embed.url)))
    appendLink(element, embed, context.findLanguage);
};

const visitElement = (element: Element, context: EmbedContext): void => {
  const { replacements, cut, findLanguage, parentsOfQuotations } = context;
  if (isFrameOfQuotation(element, context)) {
    cut.push({ text: describe(element), reason: 'frame that repeats the quotation above' });
    replacements.set(element, []);
  } else if (isEmbedElement(element)) replaceEmbed(element, context);
  else if (isQuotedPost(element)) {
    if (element.parentNode) parentsOfQuotations.add(element.parentNode);
    completeQuotedPost(element, findLanguage);
  } else if (isCheckbox(element)) {
    const box = getAttribute(element, 'checked') === undefined ? '☐ ' : '☑ ';
    replacements.set(element, [createTextNode(box)]);
  } else if (element.tagName === 'img') {
    const embed = findEmbedOfImage(element);
    if (embed) placeEmbed(element, embed, context);
  } else {
    const embed = findBareAddress(element);
    if (embed) replaceBareAddress(element, embed, findLanguage);
    else {
      const scripted = findScriptedEmbed(element);
      if (scripted) replaceScriptedEmbed(element, scripted, context);
    }
  }
};

/**
 * Replaces films, sounds, frames and embedded posts by links with their titles and stills, and the boxes of a list of
 * tasks by signs.
 * @param findLanguage gives the language of the words that say what each link leads to
 * @returns what is lost with them
 */
export const replaceEmbeds = (top: ParentNode, findLanguage: () => string): CutText[] => {
  const replacements: Replacements = new Map();
  const context: EmbedContext = { findLanguage, replacements, cut: [], parentsOfQuotations: new Set<ParentNode>() };
  for (const element of walkElements(top)) visitElement(element, context);
  applyReplacements(replacements);
  return context.cut;
};
