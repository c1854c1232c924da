import type { MarkdownIt, StateInline } from 'markdown-it';
import { escapeAttribute } from '../../text/escape-markup.ts';
import { addMarkdownCut } from './markdown-cut.ts';
import { createTemplateTag, renderTemplateTag, type TemplateTag } from './template-tags.ts';

/** `[name]`, `[name attribute="…"]`, `[name=…]`, `[/name]` of WordPress. What is within has no brackets. */
const shortcode = /\[(\/?)([a-z][\w-]{0,40})((?:[\s=][^[\]]{0,1000})?)(\/?)\](?![(:])/y;

/** They are no words of a text, even where nothing but the name is in the brackets. */
const toolNames =
  /^(?:gallery|playlist|embed|audio|video|caption|wp_caption|youtube|vimeo|contact-form(?:-7)?|contact-field|wpforms|ninja_form|gravityform|mc4wp_form|jetpack[\w-]*|recent_posts|archives|sitemap|toc|table_of_contents|ez-toc|nextpage|more|(?:vc|et|su|fusion|av|ux|elementor|woocommerce|wpv|wp)[_-][\w-]+)$/;
/** Only these show what their address leads to. */
const embedName =
  /^(?:embed|video|audio|wpvideo|youtube|vimeo|dailymotion|tweet|twitter|instagram|gist|spotify|bilibili|soundcloud|tiktok|facebook|ted|iframe|googlemaps|googleapps|slideshare|playlist)$/;
const noteName = /^(?:footnote|ref|efn_note|fn|note|mfn)$/;
const mediaAttributes = ['src', 'mp4', 'm4v', 'webm', 'ogv', 'mp3', 'm4a', 'ogg', 'wav', 'url'];
const linkAttributes = ['link', 'url', 'href'];

const closingShortcode = /\[\/([a-z][\w-]{0,40})\]/g;
/** Names that are closed, by the text that they are in. */
const closedNames = new WeakMap<object, ReadonlySet<string>>();

const maxContentLength = 3000;

const findContent = (source: string, start: number, name: string): string | undefined => {
  const window = source.slice(start, start + maxContentLength);
  const end = window.indexOf(`[/${name}]`);
  return end < 0 ? undefined : window.slice(0, end);
};

const renderEmbed = (tag: TemplateTag, content: string): string | undefined => {
  const { name, named, positional } = tag;
  const source = mediaAttributes.map((attribute) => named.get(attribute)).find(Boolean) ?? content.trim();
  const address = source || (named.get('id') ?? positional[0]);
  const title = named.get('title') ?? named.get('caption');
  return renderTemplateTag({
    ...tag,
    name: name === 'embed' ? 'iframe' : name,
    named: new Map([...(title ? [['title', title] as const] : []), ['poster', named.get('poster') ?? '']]),
    positional: address ? [address.replace(/^=/, '').replace(/&amp;/g, '&')] : [],
  });
};

const captioned =
  /^\s*((?:<a\s[^<>]{0,2000}>\s*)?(?:<img\s[^<>]{0,2000}>|\[?!\[[^[\]]{0,1000}\]\([^()]{0,2000}\))(?:\s*<\/a>|\]\([^()]{0,2000}\))?)([\s\S]*)$/;

interface Shortcode {
  readonly source: string;
  readonly tag: TemplateTag;
  readonly isEnd: boolean;
  /** What it encloses, if its end is in the same paragraph. */
  readonly content: string | undefined;
}

/** Whether the brackets are those of a link. */
const isReference = ({ src, pos, env, md }: StateInline, source: string): boolean => {
  const [, label] = /^\[([^[\]]{1,100})\]/.exec(src.slice(pos + source.length, pos + source.length + 102)) ?? [];
  return [source.slice(1, -1), label ?? ''].some((each) => env.references?.[md.utils.normalizeReference(each)]);
};

const findShortcode = (state: StateInline): Shortcode | undefined => {
  const { src, pos, posMax, env } = state;
  if (src.charAt(pos) !== '[') return undefined;
  shortcode.lastIndex = pos;
  const [source, end, name = '', written = '', closed] = shortcode.exec(src) ?? [];
  if (source === undefined || pos + source.length > posMax || isReference(state, source)) return undefined;
  const hasAttributes = /\s[\w-]{1,40}=["'“”]/.test(written);
  const isAlone = src.trim() === source;
  const content = end || closed ? undefined : findContent(src.slice(0, posMax), pos + source.length, name);
  const isEnclosing = content !== undefined || ((end !== '' || isAlone) && closedNames.get(env)?.has(name) === true);
  const isTool = toolNames.test(name) && (isAlone || written.trim() !== '' || /[_-]/.test(name));
  const isKnown = embedName.test(name) && /^=\S|[\w-]=\S|https?:|^\s+[\w-]{3,80}\s*$/.test(written);
  if (!isTool && !isKnown && !hasAttributes && !isEnclosing) return undefined;
  const tag = createTemplateTag(source, 'wordpress', name, written.replace(/^=/, ' ').replace(/[“”]/g, '"'));
  return { source, tag, isEnd: end !== '', content };
};

type ShortcodePart = { readonly html: string } | { readonly markdown: string } | { readonly text: string };

const renderCaption = ({ named }: TemplateTag, content: string): readonly ShortcodePart[] | undefined => {
  const [, picture, text = ''] = captioned.exec(content) ?? [];
  return picture === undefined
    ? undefined
    : [
        { html: '<figure>' },
        { markdown: picture },
        { html: '<figcaption>' },
        { markdown: text.trim() || (named.get('caption') ?? '') },
        { html: '</figcaption></figure>' },
      ];
};

/** What a shortcode stands for; undefined for one that shows nothing. */
const renderShortcode = ({ tag, isEnd, content }: Shortcode): readonly ShortcodePart[] | undefined => {
  const { name, named } = tag;
  const embed = !isEnd && embedName.test(name) ? renderEmbed(tag, content ?? '') : undefined;
  if (embed !== undefined) return [{ html: embed }];
  if (content === undefined) return undefined;
  if (/^(?:wp_)?caption$/.test(name)) return renderCaption(tag, content);
  if (noteName.test(name) && !/[[\]]/.test(content)) return [{ markdown: `^[${content.trim()}]` }];
  if (name === 'code') return [{ html: '<code>' }, { text: content }, { html: '</code>' }];
  const link = linkAttributes.map((attribute) => named.get(attribute)).find(Boolean);
  return link && /button|btn|link/.test(name)
    ? [{ html: `<a href="${escapeAttribute(link)}">` }, { markdown: content }, { html: '</a>' }]
    : undefined;
};

const pushPart = (state: StateInline, part: ShortcodePart): void => {
  const { md, env, tokens } = state;
  if ('markdown' in part) md.inline.parse(part.markdown, md, env, tokens);
  else if ('text' in part) state.push('text', '', 0).content = part.text;
  else state.push('html_inline', '', 0).content = part.html;
};

/**
 * Shows what shortcodes of WordPress stand for: captions, films, sounds, embedded posts, buttons and notes. Others are
 * listed as cut, and what they enclose stays. `[sic]` and `[1]` are text.
 */
export const readShortcodes = (markdown: MarkdownIt): void => {
  const { core, inline } = markdown;
  core.ruler.before('block', 'closed_shortcodes', ({ src, env }) => {
    if (src.includes('[/'))
      closedNames.set(env, new Set(Array.from(src.matchAll(closingShortcode), ([, name = '']) => name)));
  });
  inline.ruler.before('link', 'shortcode', (state, silent) => {
    const found = findShortcode(state);
    if (!found) return false;
    const { source, tag, content } = found;
    const parts = silent ? undefined : renderShortcode(found);
    for (const part of parts ?? []) pushPart(state, part);
    if (!silent && !parts) addMarkdownCut(state.env, { text: source, reason: 'shortcode of WordPress' });
    state.pos += source.length;
    if (parts && content !== undefined) state.pos += content.length + `[/${tag.name}]`.length;
    return true;
  });
};
