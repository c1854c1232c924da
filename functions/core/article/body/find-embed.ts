import { collapseWhitespace } from '../../text/collapse-whitespace.ts';
import { cleanEmbedTitle, maxEmbedTitleLength } from './embed-label.ts';
import { type EmbedKind, findEmbeddedFileKind, findEmbedPage } from './embed-sites.ts';
import { type Element, getAttribute, getChildElements, getShortTextLine, getTextContent } from './tree.ts';
import { parseWebUrl } from './url-resolver.ts';

/** Something that a page plays or frames. */
export interface Embed {
  /** As written, or the page of a known site. */
  readonly url: string;
  readonly kind: EmbedKind;
  readonly site?: string;
  readonly title?: string | undefined;
  readonly still?: string | undefined;
}

const frameTags = new Set(['iframe', 'frame', 'embed', 'object', 'amp-iframe']);
const mediaKinds: ReadonlyMap<string, EmbedKind> = new Map([
  ['video', 'video'],
  ['amp-video', 'video'],
  ['audio', 'audio'],
  ['amp-audio', 'audio'],
]);

/** Elements of AMP, of lightweight players and of MDX, of whose attributes one holds the number of the work. */
const worksByTag: Readonly<Record<string, readonly [attributes: string, address: string]>> = {
  ...Object.fromEntries(
    ['youtube', 'youtubeembed', 'youtubevideo', 'liteyoutubeembed'].map((tag): [string, [string, string]] => [
      tag,
      ['id videoid youtubeid video-id', 'https://www.youtube.com/watch?v='],
    ]),
  ),
  vimeo: ['id videoid', 'https://vimeo.com/'],
  tweet: ['id tweetid', 'https://x.com/i/status/'],
  'amp-youtube': ['data-videoid', 'https://www.youtube.com/watch?v='],
  'lite-youtube': ['videoid', 'https://www.youtube.com/watch?v='],
  'amp-vimeo': ['data-videoid', 'https://vimeo.com/'],
  'lite-vimeo': ['videoid', 'https://vimeo.com/'],
  'amp-dailymotion': ['data-videoid', 'https://www.dailymotion.com/video/'],
  'amp-twitter': ['data-tweetid', 'https://x.com/i/status/'],
  'amp-instagram': ['data-shortcode', 'https://www.instagram.com/p/'],
  'amp-tiktok': ['data-src', 'https://www.tiktok.com/@/video/'],
  'amp-facebook': ['data-href', ''],
  'amp-gist': ['data-gistid', 'https://gist.github.com/'],
};

export const isEmbedElement = ({ tagName }: Element): boolean =>
  frameTags.has(tagName) || mediaKinds.has(tagName) || Object.hasOwn(worksByTag, tagName);

/** Scripts and managers of cookies keep the address elsewhere until the reader agrees. */
const addressAttributes =
  'src data-src data-lazy-src data-litespeed-src data-cookieblock-src data-cmp-src data-original data-url data'.split(
    ' ',
  );

const findOwnAddress = (element: Element): string | undefined =>
  addressAttributes
    .map((name) => getAttribute(element, name)?.trim())
    .find((written) => written && !/^(?:about|data|javascript|blob):/i.test(written));

const innerTags = /^(?:source|embed|param)$/;

/** The addresses of an element and of its sources, the most important first. */
export const listEmbedAddresses = (element: Element): string[] => {
  const inner = getChildElements(element).filter(({ tagName }) => innerTags.test(tagName));
  const parameters = inner.filter((each) => /^(?:movie|src|filename|url)$/i.test(getAttribute(each, 'name') ?? ''));
  const written = [
    findOwnAddress(element),
    ...inner.map(findOwnAddress),
    ...parameters.map((each) => getAttribute(each, 'value')?.trim()),
  ];
  return [...new Set(written.flatMap((each) => each || []))];
};

const fallbackNotice = /browser|navigat|html5|javascript|flash|متصفح|浏览器|ブラウザ|браузер|przegląd/i;

/** The words within a player, which browsers without players show: a title, unless they speak of the browser. */
const readFallbackTitle = (element: Element): string | undefined => {
  const text = getShortTextLine(element) ?? '';
  return text.length > maxEmbedTitleLength || fallbackNotice.test(text) ? undefined : text;
};

const readTitle = (element: Element, hasWords: boolean): string | undefined =>
  [
    ...['title', 'aria-label', 'data-title', 'data-video-title', 'playlabel', 'alt'].map((name) =>
      getAttribute(element, name),
    ),
    hasWords ? readFallbackTitle(element) : undefined,
  ]
    .map(cleanEmbedTitle)
    .find((title) => title !== undefined);

/** What stands for a title, though it says nothing to readers. */
export const readGenericTitle = (element: Element): string | undefined => {
  const written = getAttribute(element, 'title')?.trim();
  return written && cleanEmbedTitle(written) === undefined ? written : undefined;
};

/** Players wrapped by Embedly have the picture of the work among the parameters of their address. */
const findStill = (element: Element, address: string): string | undefined => {
  const written = ['poster', 'data-poster', 'data-thumbnail'].map((name) => getAttribute(element, name)?.trim());
  return written.find(Boolean) ?? parseWebUrl(address)?.searchParams.get('image') ?? undefined;
};

/** A frame shows text that browsers without frames would read, mostly a link to the work. */
const findLinkInFrame = (element: Element): { readonly url: string; readonly title: string } | undefined => {
  const text = element.tagName === 'iframe' ? getTextContent(element) : '';
  const [, url, title = ''] =
    /<a\s[^<>]{0,500}?href="(https?:[^"<>]{1,2000})"[^<>]{0,500}>([^<>]{1,300})</.exec(text.slice(0, 5000)) ?? [];
  return url === undefined ? undefined : { url: url.replaceAll('&amp;', '&'), title: collapseWhitespace(title) };
};

/** What an element that plays or frames something leads to; undefined where it has no address. */
export const findEmbed = (element: Element): Embed | undefined => {
  const { tagName } = element;
  const [attributes = '', address = ''] = (Object.hasOwn(worksByTag, tagName) ? worksByTag[tagName] : undefined) ?? [];
  const number = attributes
    .split(' ')
    .map((name) => getAttribute(element, name)?.trim())
    .find(Boolean);
  const work = number && /^https?:/.test(number) ? number : number && address + number;
  const [url] = work ? [work] : [getAttribute(element, 'url')?.trim() || listEmbedAddresses(element)[0]];
  if (url === undefined) return undefined;
  const title = readTitle(element, tagName !== 'iframe');
  const still = findStill(element, url);
  const mediaKind = mediaKinds.get(tagName);
  if (mediaKind) return { url, kind: mediaKind, title, still };
  const page = findEmbedPage(url);
  if (page) return { ...page, title, still };
  const linked = findLinkInFrame(element);
  if (linked) return { url: linked.url, kind: 'page', title: title ?? linked.title, still };
  return { url, kind: findEmbeddedFileKind(url) ?? 'page', title, still };
};

/** A picture in Markdown can lead to a film, a sound, a document or a post: `![The horn](horn.mp3)`. */
export const findEmbedOfImage = (image: Element): Embed | undefined => {
  const url = getAttribute(image, 'src')?.trim() ?? '';
  const page = findEmbedPage(url);
  const kind = findEmbeddedFileKind(url);
  const title = cleanEmbedTitle(getAttribute(image, 'alt')) ?? cleanEmbedTitle(getAttribute(image, 'title'));
  if (page && page.kind !== 'page') return { ...page, title };
  return kind && { url, kind, title };
};

const hiddenStyle =
  /display\s*:\s*none|visibility\s*:\s*hidden|(?:^|;)\s*(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)/i;
const trackerHosts =
  /(?:^|\.)(?:googletagmanager|doubleclick|googlesyndication|adservice\.google|amazon-adsystem|adnxs|criteo|taboola|outbrain|scorecardresearch|quantserve|adsafeprotected|rubiconproject|pubmatic)\.(?:com|net|org)$/;

/** Frames that count readers or wait for advertisements. */
export const isTracker = (element: Element): boolean => {
  const sizes = ['width', 'height'].map((name) => getAttribute(element, name)?.trim());
  if (frameTags.has(element.tagName) && sizes.some((size) => size !== undefined && /^[01](?:px)?$/.test(size)))
    return true;
  const isHidden =
    getAttribute(element, 'hidden') !== undefined || hiddenStyle.test(getAttribute(element, 'style') ?? '');
  const url = parseWebUrl(listEmbedAddresses(element)[0] ?? '');
  return (isHidden && frameTags.has(element.tagName)) || (url !== undefined && trackerHosts.test(url.hostname));
};

export const isCheckbox = (element: Element): boolean =>
  element.tagName === 'input' && getAttribute(element, 'type')?.toLowerCase() === 'checkbox';
