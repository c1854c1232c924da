import type { MarkdownIt } from 'markdown-it';
import { escapeAttribute } from '../../text/escape-markup.ts';
import { addMarkdownCut } from './markdown-cut.ts';
import { matchAttributeList } from './read-attribute-lists.ts';

/** `H~2~O`, `x^2^`, `Ca^2+^`: right behind a letter, a digit or a bracket. `x^2+y^2` is a formula. */
const raised = /([~^])([+−–-]?[\p{L}\p{N}*′']{1,30}(?:[,.][\p{L}\p{N}]{1,10})?[+−–-]?)\1/uy;
const isRaisable = (before: string): boolean => /[\p{L}\p{N})\]}*_>"”′]/u.test(before);

/** `++added++` of CommonMark's cousins. `C++` ends none. */
const inserted = /\+\+(?=[^\s+])([^\n+]{1,500}?)(?<=\S)\+\+(?![+\w])/y;

const citationKey = String.raw`-?@(?:\{[^{}\n]{1,200}\}|[\p{L}\p{N}_][\p{L}\p{N}_:.#$%&+?<>~/-]{0,200})`;
const citationPart = String.raw`(?:(?:see|see also|cf\.|e\.g\.|also|siehe|vgl\.|voir|cfr?\.|véase)\s{1,3})?${citationKey}(?:[,\s][^;[\]]{0,200})?`;
/** `[@key]`, `[see @key, p. 3; -@other]`. A handle alone is text. */
const citation = new RegExp(String.raw`\[${citationPart}(?:;\s{0,3}${citationPart}){0,30}\]`, 'uy');

const rawFormat = /\{=([a-z\d]{1,20})\}/y;

/** Classes of spans that have an element. */
const elementsByClass: ReadonlyMap<string, string> = new Map([
  ['underline', 'u'],
  ['ul', 'u'],
  ['mark', 'mark'],
  ['kbd', 'kbd'],
  ['smallcaps', 'span'],
]);

const formatSpanTag = (list: string): string => {
  const [, name = ''] = /\.([\w-]+)/.exec(list) ?? [];
  const [, language] = /\blang=["']?([A-Za-z-]{2,20})/.exec(list) ?? [];
  const [, id] = /#([\p{L}\w:.-]{1,100})/u.exec(list) ?? [];
  const tag = elementsByClass.get(name) ?? 'span';
  return `<${tag}${id ? ` id="${escapeAttribute(id)}"` : ''}${language ? ` lang="${language}"` : ''}>`;
};

/**
 * Reads marks of pandoc, R Markdown and kin: raised and lowered text, insertions, spans with attributes. References to
 * a bibliography, which is in another file, are listed as cut.
 */
export const readPandocMarks = (markdown: MarkdownIt): void => {
  const { inline } = markdown;
  inline.ruler.before('emphasis', 'raised', (state, silent) => {
    const { src, pos, posMax } = state;
    const mark = src.charAt(pos);
    if ((mark !== '~' && mark !== '^') || !isRaisable(src.charAt(pos - 1))) return false;
    raised.lastIndex = pos;
    const [source, , content = ''] = raised.exec(src) ?? [];
    const after = src.charAt(pos + (source?.length ?? 0));
    if (source === undefined || pos + source.length > posMax || after === mark) return false;
    state.pos += source.length;
    if (silent) return true;
    const tag = mark === '~' ? 'sub' : 'sup';
    state.push('raised_open', tag, 1).markup = mark;
    state.push('text', '', 0).content = content;
    state.push('raised_close', tag, -1).markup = mark;
    return true;
  });
  inline.ruler.before('emphasis', 'inserted', (state, silent) => {
    const { src, pos, posMax, md, env, tokens } = state;
    if (!src.startsWith('++', pos) || /[\w+]/.test(src.charAt(pos - 1))) return false;
    inserted.lastIndex = pos;
    const [source, content = ''] = inserted.exec(src) ?? [];
    if (source === undefined || pos + source.length > posMax) return false;
    state.pos += source.length;
    if (silent) return true;
    state.push('inserted_open', 'ins', 1);
    md.inline.parse(content, md, env, tokens);
    state.push('inserted_close', 'ins', -1);
    return true;
  });
  inline.ruler.before('link', 'citation', (state, silent) => {
    const { src, pos, posMax, env } = state;
    if (src.charAt(pos) !== '[') return false;
    citation.lastIndex = pos;
    const [source] = citation.exec(src) ?? [];
    if (source === undefined || pos + source.length > posMax || src.charAt(pos + source.length) === '(') return false;
    state.pos += source.length;
    if (silent) return true;
    state.pending = state.pending.trimEnd();
    addMarkdownCut(env, { text: source, reason: 'reference to a bibliography' });
    return true;
  });
  inline.ruler.after('link', 'bracketed_span', (state, silent) => {
    const { src, pos, posMax, md } = state;
    if (src.charAt(pos) !== '[') return false;
    const end = md.helpers.parseLinkLabel(state, pos);
    if (end < 0 || src.charAt(end + 1) !== '{') return false;
    const list = matchAttributeList(src, end + 1);
    if (list === undefined || end + 1 + list.length > posMax) return false;
    if (!silent) {
      const tag = formatSpanTag(list);
      state.pos = pos + 1;
      state.posMax = end;
      state.push('html_inline', '', 0).content = tag;
      md.inline.tokenize(state);
      state.push('html_inline', '', 0).content = `</${/^<(\w+)/.exec(tag)?.[1]}>`;
      state.posMax = posMax;
    }
    state.pos = end + 1 + list.length;
    return true;
  });
  inline.ruler.before('attribute_list', 'raw_format', (state, silent) => {
    const { src, pos, tokens, pending, env } = state;
    const last = tokens.at(-1);
    if (src.charAt(pos) !== '{' || pending !== '' || last?.type !== 'code_inline') return false;
    rawFormat.lastIndex = pos;
    const [source, format] = rawFormat.exec(src) ?? [];
    if (source === undefined) return false;
    state.pos += source.length;
    if (silent) return true;
    const isHtml = /^html\d?$/.test(format ?? '');
    if (!isHtml) addMarkdownCut(env, { text: last.content, reason: `code for ${format}` });
    last.type = 'html_inline';
    last.content = isHtml ? last.content : '';
    return true;
  });
};
