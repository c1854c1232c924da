import type { MarkdownIt } from 'markdown-it';
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
    const { src, pos, posMax, env, md } = state;
    if (src.charAt(pos) !== '[') return false;
    shortcode.lastIndex = pos;
    const [source, end, name = '', written = '', closed] = shortcode.exec(src) ?? [];
    if (source === undefined || pos + source.length > posMax) return false;
    const [, label] = /^\[([^[\]]{1,100})\]/.exec(src.slice(pos + source.length, pos + source.length + 102)) ?? [];
    if ([source.slice(1, -1), label ?? ''].some((each) => env.references?.[md.utils.normalizeReference(each)]))
      return false;
    const hasAttributes = /\s[\w-]{1,40}=["'“”]/.test(written);
    const isAlone = src.trim() === source;
    const content = end || closed ? undefined : findContent(src.slice(0, posMax), pos + source.length, name);
    const isEnclosing = content !== undefined || ((end !== '' || isAlone) && closedNames.get(env)?.has(name) === true);
    const isTool = toolNames.test(name) && (isAlone || written.trim() !== '' || /[_-]/.test(name));
    const isKnown = embedName.test(name) && /^=\S|[\w-]=\S|https?:|^\s+[\w-]{3,80}\s*$/.test(written);
    if (!isTool && !isKnown && !hasAttributes && !isEnclosing) return false;
    if (silent) {
      state.pos += source.length;
      return true;
    }
    const parse = (text: string): void => md.inline.parse(text, md, env, state.tokens);
    const push = (html: string): void => {
      state.push('html_inline', '', 0).content = html;
    };
    const finish = (length: number): true => {
      state.pos += length;
      return true;
    };
    const whole = source.length + (content === undefined ? 0 : content.length + `[/${name}]`.length);
    const tag = createTemplateTag(source, 'wordpress', name, written.replace(/^=/, ' ').replace(/[“”]/g, '"'));
    if (!end && embedName.test(name)) {
      const html = renderEmbed(tag, content ?? '');
      if (html !== undefined) {
        push(html);
        return finish(whole);
      }
    }
    if (content !== undefined && /^(?:wp_)?caption$/.test(name)) {
      const [, picture, text = ''] = captioned.exec(content) ?? [];
      const words = text.trim() || (tag.named.get('caption') ?? '');
      if (picture !== undefined) {
        push('<figure>');
        parse(picture);
        push('<figcaption>');
        parse(words);
        push('</figcaption></figure>');
        return finish(whole);
      }
    }
    if (content !== undefined && noteName.test(name) && !/[[\]]/.test(content)) {
      parse(`^[${content.trim()}]`);
      return finish(whole);
    }
    if (content !== undefined && name === 'code') {
      push('<code>');
      state.push('text', '', 0).content = content;
      push('</code>');
      return finish(whole);
    }
    const link = linkAttributes.map((attribute) => tag.named.get(attribute)).find(Boolean);
    if (content !== undefined && link && /button|btn|link/.test(name)) {
      push(`<a href="${escapeAttribute(link)}">`);
      parse(content);
      push('</a>');
      return finish(whole);
    }
    addMarkdownCut(env, { text: source, reason: 'shortcode of WordPress' });
    return finish(source.length);
  });
};
