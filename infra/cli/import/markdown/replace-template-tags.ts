import { escapeAttribute } from '../../../../functions/core/text/escape-markup.ts';
import { embedRemark } from '../source/clean-source-html.ts';
import { pageLinkScheme } from './link-rewriter.ts';

export interface ReplacedText {
  readonly text: string;
  readonly remarks: readonly string[];
}

const parseAttributes = (written: string): { readonly named: ReadonlyMap<string, string>; readonly first: string } => {
  const named = new Map(
    Array.from(written.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|`([^`]*)`|([^\s"`]+))/g), (found) => [
      found[1] ?? '',
      found[2] ?? found[3] ?? found[4] ?? '',
    ]),
  );
  const first = /^\s*(?:"([^"]*)"|`([^`]*)`|([^\s="`]+)(?=\s|$))/.exec(written) ?? [];
  return { named, first: first[1] ?? first[2] ?? first[3] ?? '' };
};

const renderFigure = (written: string): string => {
  const { named } = parseAttributes(written);
  const [src = '', alt = '', caption = ''] = ['src', 'alt', 'caption'].map((name) => named.get(name));
  const text = caption || (named.get('title') ?? '');
  const image = `<img src="${escapeAttribute(src)}" alt="${escapeAttribute(alt)}">`;
  const link = named.get('link');
  const picture = link === undefined ? image : `<a href="${escapeAttribute(link)}">${image}</a>`;
  return `<figure>${picture}${text === '' ? '' : `<figcaption>${escapeAttribute(text)}</figcaption>`}</figure>`;
};

const embedUrls: Readonly<Record<string, string>> = {
  youtube: 'https://www.youtube.com/watch?v=',
  vimeo: 'https://vimeo.com/',
  gist: 'https://gist.github.com/',
  instagram: 'https://www.instagram.com/p/',
  tweet: 'https://twitter.com/i/status/',
  x: 'https://x.com/i/status/',
};

const formatEmbedLink = (name: string, written: string): string | undefined => {
  const start = embedUrls[name];
  if (start === undefined) return undefined;
  const { named, first } = parseAttributes(written);
  const id = named.get('id') ?? first;
  const path =
    name === 'gist' ? id.concat(...(/^\s*\S+\s+(\w+)/.exec(written)?.slice(1) ?? []).map((each) => `/${each}`)) : id;
  return `<${start}${encodeURI(path)}>`;
};

const formatCodeBlock = (language: string, code: string): string =>
  `\n\`\`\`${/^[\w+#-]*$/.test(language) ? language : ''}\n${code.replace(/^\n+|\s+$/g, '')}\n\`\`\`\n`;

const hugoTag = /\{\{[<%](?!\/\*)\s*(\/?)\s*([\w./-]+)((?:"[^"]{0,500}"|`[^`]{0,500}`|[^"`]){0,1000}?)\/?\s*[>%]\}\}/g;
const hugoCode =
  /\{\{[<%]\s*highlight\s+([\w+#-]*)[^>%]{0,500}[>%]\}\}([\s\S]{0,20000}?)\{\{[<%]\s*\/highlight\s*[>%]\}\}/g;
const hugoEscapedTag = /\{\{([<%])\/\*([\s\S]*?)\*\/([>%])\}\}/g;

/** Tags of other shortcodes are removed and reported; what they enclose stays. */
export const replaceHugoShortcodes = (text: string): ReplacedText => {
  const remarks = new Set<string>();
  const replaced = text
    .replace(hugoCode, (_all, language, code) => formatCodeBlock(language, code))
    .replace(hugoTag, (_all, end, name, written) => {
      if (name === 'figure') return end ? '' : renderFigure(written);
      if (/^(?:rel)?ref$/.test(name)) return pageLinkScheme + encodeURI(parseAttributes(written).first);
      const frame = formatEmbedLink(name, written);
      if (frame !== undefined) remarks.add(embedRemark);
      else remarks.add(`a shortcode was removed: ${name}`);
      return frame ?? '';
    })
    .replace(hugoEscapedTag, '{{$1$2$3}}');
  return { text: replaced, remarks: [...remarks] };
};

const liquidRaw = /\{%-?\s*(raw|verbatim)\s*-?%\}([\s\S]*?)\{%-?\s*end\1\s*-?%\}/g;
const liquidCode = /\{%-?\s*highlight\s+([\w+#-]*)[^%]{0,500}%\}([\s\S]{0,20000}?)\{%-?\s*endhighlight\s*-?%\}/g;
const liquidComment = /\{%-?\s*comment\s*-?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}/g;
const liquidSiteUrl = /\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}/g;
const liquidUrlFilter =
  /\{\{-?\s*(['"])([^'"]*)\1\s*\|\s*(?:relative_url|absolute_url|url|prepend:\s*site\.baseurl)\s*-?\}\}/g;
const liquidPostUrl = /\{%-?\s*(?:post_url|link)\s+([^\s%]+)\s*-?%\}/g;
const liquidTag = /\{%-?\s*(\w+)[\s\S]{0,2000}?%\}|\{\{-?[\s\S]{0,2000}?\}\}/g;
const attributeList = /^[ \t]*\{:[^}\n]*\}[ \t]*$|(?<=\S)\{:[^}\n]*\}/gm;

/** Other tags are removed and reported; what stands in `raw` stays. */
export const replaceLiquidTags = (text: string): ReplacedText => {
  const remarks = new Set<string>();
  const protectedParts: string[] = [];
  const protect = (kept: string): string => `\ufdd0${protectedParts.push(kept) - 1}\ufdd0`;
  const replaced = text
    .replaceAll('\ufdd0', '')
    .replace(liquidRaw, (_all, _name, inside) => protect(inside))
    .replace(liquidCode, (_all, language, code) => protect(formatCodeBlock(language, code)))
    .replace(liquidComment, '')
    .replace(liquidSiteUrl, '')
    .replace(liquidUrlFilter, '$2')
    .replace(liquidPostUrl, (_all, file) => pageLinkScheme + encodeURI(file))
    .replace(liquidTag, (found, name) => {
      remarks.add(`a Liquid tag was removed: ${name ?? found.slice(0, 40)}`);
      return '';
    })
    .replace(attributeList, '');
  const restore = (written: string): string =>
    written.replace(/\ufdd0(\d+)\ufdd0/g, (_all, index) => restore(protectedParts[Number(index)] ?? ''));
  return { text: restore(replaced), remarks: [...remarks] };
};
