import { cleanEmbedTitle } from './embed-label.ts';
import { findEmbedPage } from './embed-sites.ts';
import type { Embed } from './find-embed.ts';
import { type Element, formatElementNames, getAttribute } from './tree.ts';
import { parseWebUrl } from './url-resolver.ts';

const maxDataLength = 20_000;

const toText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const parseFields = (json: string): ReadonlyMap<string, unknown> => {
  try {
    const parsed: unknown = JSON.parse(json);
    return new Map(Object.entries(parsed ?? {}));
  } catch {
    return new Map();
  }
};

/** Substack writes what a frame needs as JSON. */
const findEmbedInData = (element: Element): Embed | undefined => {
  const written = getAttribute(element, 'data-attrs') ?? '';
  if (!written.startsWith('{') || written.length > maxDataLength) return undefined;
  const fields = parseFields(written);
  const [url, canonical, id, title, text, image, thumbnail] = [
    'url',
    'canonical_url',
    'videoId',
    'title',
    'full_text',
    'image',
    'thumbnail_url',
  ].map((name) => toText(fields.get(name)));
  const site = /^\d+$/.test(id ?? '') ? 'https://vimeo.com/' : 'https://www.youtube.com/watch?v=';
  const address = url ?? canonical ?? (id && site + id);
  if (address === undefined || !parseWebUrl(address)) return undefined;
  const page = findEmbedPage(address) ?? { url: address, kind: 'post' as const };
  return { ...page, title: cleanEmbedTitle(title ?? text), still: image ?? thumbnail };
};

const placeholderNames =
  /(?:^|\s)(?:fb-(?:post|video)|rll-youtube-player|tweet|embedded-post-wrap|digest-post-embed|instagram|(?:youtube|vimeo|spotify|soundcloud|apple-podcast|bluesky|tiktok)-wrap)(?:\s|$)/;

/** The embed for which an element without one keeps the place, until a script draws it. */
export const findScriptedEmbed = (element: Element): Embed | undefined => {
  if (element.tagName === 'script') {
    const telegram = getAttribute(element, 'data-telegram-post')?.trim() ?? '';
    if (/^\w+\/\d+$/.test(telegram)) return { url: `https://t.me/${telegram}`, kind: 'post', site: 'Telegram' };
    const page = findEmbedPage(getAttribute(element, 'src') ?? '');
    return page?.site === 'GitHub Gist' ? page : undefined;
  }
  if (!placeholderNames.test(formatElementNames(element))) return undefined;
  const written = getAttribute(element, 'data-href') ?? getAttribute(element, 'data-src') ?? '';
  return findEmbedPage(written) ?? findEmbedInData(element);
};

const quotedPostNames =
  /(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|mastodon-embed|bluesky-embed|text-post-media|reddit-embed-bq|reddit-card|imgur-embed-pub|wp-embedded-content)(?:\s|$)/;
const addressAttributes = ['cite', 'data-instgrm-permalink', 'data-embed-url', 'data-text-post-permalink'];

export const isQuotedPost = (element: Element): boolean =>
  element.tagName === 'blockquote' && quotedPostNames.test(formatElementNames(element));

/** The post that a quotation is of, by its attributes. */
export const findQuotedPost = (quote: Element): Embed | undefined => {
  for (const name of addressAttributes) {
    const url = getAttribute(quote, name)?.trim() ?? '';
    if (parseWebUrl(url)) return findEmbedPage(url) ?? { url, kind: 'post' };
  }
  return undefined;
};
