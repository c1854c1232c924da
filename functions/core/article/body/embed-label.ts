import { cleanLine } from '../../text/clean-text.ts';
import { interpolate } from '../../text/interpolate.ts';
import { selectArticleWords } from '../../text/select-article-words.ts';
import { truncate } from '../../text/truncate.ts';
import type { EmbedKind } from './embed-sites.ts';

/** What the makers of players write where the title of a work should be. */
const genericTitle =
  /^(?:(?:youtube|vimeo|spotify|soundcloud|twitter|x|facebook|instagram|tiktok|bluesky|mastodon|google|apple|podcasts?|embedded|embed|html5|external|responsive|widget|video|audio|music|media|content|post|tweet|map|maps|frame|iframe|player|object)[\s:–-]*)+$/i;
const titlePrefix = /^(?:spotify|youtube|soundcloud|vimeo) embed:\s*/i;

export const maxEmbedTitleLength = 300;

/** The title of a work; undefined where it says no more than what kind of thing it is. */
export const cleanEmbedTitle = (written: string | undefined): string | undefined => {
  const title = cleanLine((written ?? '').slice(0, 2 * maxEmbedTitleLength).toWellFormed()).replace(titlePrefix, '');
  return title === '' || title.length > 2 * maxEmbedTitleLength || (title.length < 100 && genericTitle.test(title))
    ? undefined
    : truncate(title, maxEmbedTitleLength);
};

const readFileName = (url: string): string => {
  const name = url.replace(/[?#].*$/s, '').replace(/^.*[/:]/s, '');
  try {
    return cleanLine(decodeURIComponent(name));
  } catch {
    return cleanLine(name);
  }
};

const readHost = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : undefined;

/** The text of the link that stands for an embed, such as "Video on YouTube: The launch" or "Audio: horn.mp3". */
export const formatEmbedLabel = (
  embed: {
    readonly url: string;
    readonly kind: EmbedKind;
    readonly site?: string;
    readonly title?: string | undefined;
  },
  language: string,
): string => {
  const { url, kind, site, title } = embed;
  if (kind === 'file') return title ?? (readFileName(url) || url);
  const words = selectArticleWords(language).embeds;
  const what = site === undefined ? words[kind] : interpolate(words.on, { kind: words[kind], site });
  const name = title ?? (site === undefined ? (kind === 'page' ? readHost(url) : readFileName(url)) : undefined);
  return name ? `${what}: ${name}` : what;
};
