import type { MarkdownIt } from 'markdown-it';
import { findImageType } from '../../seed-kind.ts';
import { escapeAttribute } from '../../text/escape-markup.ts';
import { addMarkdownCut } from './markdown-cut.ts';
import { toNameAddress } from './read-obsidian-links.ts';

/** `{{< name … >}}` and `{{% name … %}}` of Hugo, `{% name … %}` of Jekyll and its kin. */
const templateTag =
  /\{\{([<%])(\/\*)?\s*(\/?)\s*([\w./-]{1,80})((?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|`[^`\n]{0,500}`|[^"'`{}\n]){0,300}?)\/?\s*(?:\*\/)?[>%]\}\}|\{%-?\s*([\w-]{1,80})((?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|[^"'{}%\n]){0,300}?)-?%\}/y;

/** `{{ youtube(id="…") }}` of Zola. */
const calledTag =
  /\{\{-?\s{0,9}([\w-]{1,80})\(((?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|[^"'{}()\n]){0,300})\)\s{0,9}-?\}\}/y;

export interface TemplateTag {
  readonly source: string;
  readonly tool: 'hugo' | 'liquid' | 'zola' | 'logseq' | 'wordpress';
  readonly name: string;
  // `{{</* name */>}}` shows a shortcode and calls none.
  readonly isShown: boolean;
  readonly named: ReadonlyMap<string, string>;
  readonly positional: readonly string[];
}

const oneArgument = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|(\S+))|"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s,]+)/g;

export const createTemplateTag = (
  source: string,
  tool: TemplateTag['tool'],
  name: string,
  written: string,
): TemplateTag => {
  const named = new Map<string, string>();
  const positional: string[] = [];
  for (const [, key, ...values] of written.matchAll(oneArgument)) {
    const value = values.find((each) => each !== undefined) ?? '';
    if (key === undefined) positional.push(value);
    else named.set(key, value);
  }
  return { source, tool, name, isShown: false, named, positional };
};

const parseTemplateTag = (text: string, position: number): TemplateTag | undefined => {
  templateTag.lastIndex = position;
  calledTag.lastIndex = position;
  const [called, calledName, calledArguments = ''] = calledTag.exec(text) ?? [];
  const [written, , shown, , hugoName, hugoArguments = '', liquidName, liquidArguments = ''] =
    templateTag.exec(text) ?? [];
  const source = called ?? written;
  const name = calledName ?? hugoName ?? liquidName;
  if (source === undefined || name === undefined) return undefined;
  const tool = called === undefined ? (hugoName === undefined ? 'liquid' : 'hugo') : 'zola';
  const tag = createTemplateTag(source, tool, name, calledArguments || hugoArguments || liquidArguments);
  return { ...tag, isShown: shown !== undefined };
};

const watchPages: Readonly<Record<string, string>> = {
  youtube: 'https://www.youtube.com/watch?v=',
  vimeo: 'https://vimeo.com/',
  dailymotion: 'https://www.dailymotion.com/video/',
  tweet: 'https://x.com/i/status/',
  twitter: 'https://x.com/i/status/',
  x: 'https://x.com/i/status/',
  instagram: 'https://www.instagram.com/p/',
  gist: 'https://gist.github.com/',
  spotify: 'https://open.spotify.com/episode/',
  bilibili: 'https://www.bilibili.com/video/',
};
const mediaElements: ReadonlyMap<string, string> = new Map([
  ['video', 'video'],
  ['audio', 'audio'],
]);

const renderElement = (tag: string, attributes: Readonly<Record<string, string | undefined>>): string => {
  const written = Object.entries(attributes).flatMap(([name, value]) =>
    value ? [` ${name}="${escapeAttribute(value)}"`] : [],
  );
  return tag === 'img' ? `<img${written.join('')}>` : `<${tag}${written.join('')}></${tag}>`;
};

const renderFigure = ({ named, positional }: TemplateTag): string | undefined => {
  const [src = positional[0], image, url, path] = ['src', 'image', 'url', 'image_path'].map((name) => named.get(name));
  const source = src ?? image ?? url ?? path;
  if (source === undefined) return undefined;
  const [caption, title, alt = positional[1], link] = ['caption', 'title', 'alt', 'link'].map((name) =>
    named.get(name),
  );
  const text = [title, caption].filter(Boolean).join('. ');
  const picture = renderElement('img', { src: source, alt, width: named.get('width'), height: named.get('height') });
  const linked = link ? `<a href="${escapeAttribute(link)}">${picture}</a>` : picture;
  return `<figure>${linked}${text === '' ? '' : `<figcaption>${escapeAttribute(text)}</figcaption>`}</figure>`;
};

/** `{% asset_img class quay.jpg 300 200 "title 'alt'" %}` and `{% img … %}` of Hexo. */
const renderHexoPicture = ({ positional }: TemplateTag): string | undefined => {
  const at = positional.findIndex((each) => findImageType(each.replace(/[?#].*$/, '')) !== undefined);
  const src = positional[at];
  if (src === undefined) return undefined;
  const sizes = positional.slice(at + 1).filter((each) => /^\d{1,4}$/.test(each));
  const words = positional.slice(at + 1).filter((each) => !/^\d{1,4}$/.test(each));
  const [, title = words[0], inner] = /^\s*"?([^"']*?)"?\s*(?:["']([^"']*)["'])?\s*$/.exec(words[0] ?? '') ?? [];
  const alt = inner ?? words[1] ?? title;
  const [width, height] = sizes;
  const picture = renderElement('img', { src, alt: alt?.trim(), width, height });
  const caption = title?.trim();
  return caption ? `<figure>${picture}<figcaption>${escapeAttribute(caption)}</figcaption></figure>` : picture;
};

/** `{% post_link file 'The title' %}` and `{% asset_link plan.pdf The plan %}` of Hexo. */
const renderHexoLink = ({ name, positional }: TemplateTag): string | undefined => {
  const [target, ...words] = positional.filter((each, index) => index === 0 || !/^(?:true|false)$/.test(each));
  if (target === undefined) return undefined;
  const href = name === 'post_link' ? toNameAddress(target) : target;
  return `<a href="${escapeAttribute(href)}">${escapeAttribute(words.join(' ') || target)}</a>`;
};

const hexoTags: Readonly<Record<string, (tag: TemplateTag) => string | undefined>> = {
  asset_img: renderHexoPicture,
  img: renderHexoPicture,
  post_link: renderHexoLink,
  asset_link: renderHexoLink,
};

const siteWords = /youtube|vimeo|dailymotion|tweet|twitter|instagram|gist|spotify|bilibili/;

/** The site or element that a tag is for: of `{% include embed/youtube.html … %}` and `provider="youtube"`, too. */
const findPurpose = ({ name, tool, named, positional }: TemplateTag): string => {
  const isInclude = tool === 'liquid' && /^(?:include|include_cached|include_relative|render|embed)$/.test(name);
  const what = isInclude ? (positional[0] ?? '') : name;
  const provider = named.get('provider') ?? '';
  const site = siteWords.exec(provider.toLowerCase())?.[0] ?? siteWords.exec(what.toLowerCase())?.[0];
  return (
    site ??
    what
      .replace(/^.*\//, '')
      .replace(/\.\w+$/, '')
      .toLowerCase()
  );
};

/** The markup that a tag stands for; undefined for tags whose meaning is their tool's alone. */
export const renderTemplateTag = (tag: TemplateTag): string | undefined => {
  const { named, tool } = tag;
  const isInclude = tool === 'liquid' && tag.name.startsWith('include');
  const positional = isInclude ? tag.positional.slice(1) : tag.positional;
  const purpose = findPurpose(tag);
  const [id = positional[0], src, url] = ['id', 'src', 'url'].map((name) => named.get(name));
  const render = tool === 'liquid' && Object.hasOwn(hexoTags, tag.name) ? hexoTags[tag.name] : undefined;
  if (render && named.size === 0) return render(tag);
  const address = src ?? url ?? (/^https?:\/\//.test(id ?? '') ? id : undefined);
  const title = named.get('title') ?? named.get('caption');
  const media = mediaElements.get(purpose);
  if (/^(?:figure|img|image)$/.test(purpose)) return renderFigure({ ...tag, positional });
  // GitBook's.
  if (tool === 'liquid' && tag.name === 'file' && src)
    return `<a href="${escapeAttribute(src)}">${escapeAttribute(title ?? src.replace(/^.*\//, ''))}</a>`;
  if (media && (address ?? id)) return renderElement(media, { src: address ?? id, title, poster: named.get('poster') });
  if (address && /^https?:\/\//.test(address)) return renderElement('iframe', { src: address, title });
  const start = watchPages[purpose];
  if (start === undefined || id === undefined || !/^[\w-]{3,80}(?:\/\w{1,80})?$/.test(id)) return undefined;
  const path = purpose === 'gist' && positional[1] ? `${id}/${positional[1]}` : id;
  return renderElement('iframe', { src: start + path, title });
};

const postAddress =
  /\{%-?\s*(?:post_url|link)\s+"?([^\s%"]{1,300})"?\s*-?%\}|\{\{[<%]\s*(?:rel)?ref\s+"?([^\s>"]{1,300})"?\s*[>%]\}\}/y;
/** Of MDX and Vue. In HTML, what follows such an element would be within it. */
const closedComponent = /<([A-Z][\w.]{0,60}|[a-z]+-[\w-]{1,60})((?:\s[^<>]{0,1000}?)?)\s?\/>/g;
const siteUrl = /\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}/g;
const filteredAddress = /\{\{-?\s*["']([^"'\n{}]{1,300})["']\s*\|\s*[\w.:| ]{1,60}-?\}\}/y;

const readAddress = (text: string, position: number): { readonly length: number; readonly url: string } | undefined => {
  postAddress.lastIndex = position;
  const [whole, liquid, hugo] = postAddress.exec(text) ?? [];
  if (whole !== undefined) {
    const [name = '', part] = (liquid ?? hugo ?? '').split('#');
    return { length: whole.length, url: toNameAddress(name, part) };
  }
  filteredAddress.lastIndex = position;
  const [filtered, url = ''] = filteredAddress.exec(text) ?? [];
  if (filtered !== undefined) return { length: filtered.length, url };
  const [site = ''] =
    /^\{\{-?\s{0,5}site\.(?:baseurl|url)\s{0,5}-?\}\}/.exec(text.slice(position, position + 50)) ?? [];
  if (site === '') return undefined;
  const rest = /[^\s()]{0,1000}/y;
  rest.lastIndex = position + site.length;
  const [path = ''] = rest.exec(text) ?? [];
  return { length: site.length + path.length, url: path };
};

/** What decides, repeats or stores is no text of an article about templates that could be left out. */
const controlTag =
  /^(?:if|unless|for|case|capture|macro|block|filter|set|call|while|with|autoescape|cache|form|tablerow|style|javascript|schema|paginate)$/;
const endTag = /\{%-?\s{0,9}end_?([\w-]{0,80})\s{0,9}-?%\}/g;

/** Names of tags that enclose something, by the text that they are in. */
const enclosingTags = new WeakMap<object, ReadonlySet<string>>();

const isEnclosing = ({ name, source }: TemplateTag, environment: object): boolean => {
  const names = enclosingTags.get(environment);
  if (names === undefined || controlTag.test(name.replace(/^end_?/, ''))) return false;
  const [, ended] = /^end_?(.*)$/.exec(name) ?? [];
  // Zola ends all with `{% end %}`.
  return names.has(name) || (ended !== undefined && names.has(ended)) || (names.has('') && source.includes('('));
};

/** Jekyll's `{% include toc.html %}` names a file, also within a sentence. */
const isToolTag = ({ tool, name, positional: [file = ''] }: TemplateTag): boolean =>
  tool === 'liquid' && /^(?:include(?:_cached|_relative)?|render)$/.test(name) && /\.\w{1,10}$/.test(file);

const maxTagLineLength = 500;

/** Whether the line has nothing but tags. */
const isAlone = (text: string, position: number): boolean => {
  const [start, end] = [text.lastIndexOf('\n', position) + 1, text.indexOf('\n', position)];
  const line = text.slice(start, end < 0 ? text.length : end);
  return line.length <= maxTagLineLength && line.replace(/\{%[^{}%]{0,300}%\}/g, '').trim() === '';
};

/**
 * Shows films, posts and pictures that shortcodes of Hugo and tags of Jekyll stand for, and follows their links. Other
 * shortcodes of Hugo, and tags that enclose a text, name a file or stand alone in their line, are listed as cut; other
 * tags stay as typed.
 */
export const readTemplateTags = (markdown: MarkdownIt): void => {
  const { inline, core, helpers } = markdown;
  inline.ruler.before('escape', 'template_tag', (state, silent) => {
    const { src, pos, posMax } = state;
    if (src.charAt(pos) !== '{' || !/[{%]/.test(src.charAt(pos + 1))) return false;
    const tag = parseTemplateTag(src, pos);
    if (!tag || pos + tag.source.length > posMax) return false;
    const html = tag.isShown ? undefined : renderTemplateTag(tag);
    const isMeantForTool = tag.tool === 'hugo' || isToolTag(tag) || isEnclosing(tag, state.env) || isAlone(src, pos);
    if (html === undefined && (tag.tool === 'zola' || !isMeantForTool)) return false;
    state.pos += tag.source.length;
    if (silent) return true;
    if (tag.isShown) state.push('text_special', '', 0).content = tag.source.replace(/\/\*|\*\//g, '');
    else if (html === undefined) addMarkdownCut(state.env, { text: tag.source, reason: 'tag of another tool' });
    else state.push('html_inline', '', 0).content = html;
    return true;
  });
  core.ruler.before('block', 'enclosing_tags', ({ src, env }) => {
    if (src.includes('{%')) enclosingTags.set(env, new Set(Array.from(src.matchAll(endTag), ([, name = '']) => name)));
  });
  const parseDestination = helpers.parseLinkDestination;
  helpers.parseLinkDestination = (text, start, max) => {
    const address = text.startsWith('{', start) ? readAddress(text, start) : undefined;
    if (!address || start + address.length > max) return parseDestination(text, start, max);
    return { ok: true, pos: start + address.length, str: address.url };
  };
  core.ruler.push('template_addresses', ({ tokens }) => {
    for (const token of [...tokens, ...tokens.flatMap(({ children }) => children ?? [])])
      if (/^html_/.test(token.type))
        token.content = token.content.replace(siteUrl, '').replace(closedComponent, '<$1$2></$1>');
  });
};
