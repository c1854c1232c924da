import type { MarkdownIt } from 'markdown-it';
import { addMarkdownCut } from './markdown-cut.ts';

type Tokens = ReturnType<MarkdownIt['parse']>;

const oneAttribute = String.raw`(?:-(?=[ \t}])|[#.][\w:.-]{1,100}|[\w:-]{1,40}=(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|[^\s{}"']{1,300}))`;
const attributes = String.raw`(?:${oneAttribute})(?:[ \t]+${oneAttribute}){0,20}`;

/** kramdown's own form needs no attribute to be one: `{:toc}`. */
const listPattern = String.raw`\{(?::[^{}\n]{0,300}|[ \t]*${attributes}[ \t]*)\}`;
const lineOfAttributes = new RegExp(`^(?=\\{[:#.])${listPattern}[ \\t]*$`);
const endOfHeading = new RegExp(`(?:^|(?<![ \\t])[ \\t]+)(${listPattern})$`);
const inlineList = new RegExp(listPattern, 'y');

/** The list of attributes at a place of a text. */
export const matchAttributeList = (text: string, position: number): string | undefined => {
  inlineList.lastIndex = position;
  return inlineList.exec(text)?.[0];
};

const findId = (list: string): string | undefined => /(?:^|[\s{:])#([\w:.\-\p{L}]{1,100})/u.exec(list)?.[1];

/** A width in percent of the page is left to the page. */
const applyToImage = (image: Tokens[number], list: string): void => {
  for (const [, name = '', value = ''] of list.matchAll(/\b(width|height)=["']?(\d{1,4})(?:px)?(?=["'\s}])/g))
    image.attrSet(name, value);
};

/** The block that ends with the last token. */
const findLastBlock = (tokens: Tokens): Tokens[number] | undefined => {
  const last = tokens.at(-1);
  if (!last || last.nesting !== -1) return last;
  return tokens.findLast(
    ({ nesting, level, type }) => nesting === 1 && level === last.level && type === last.type.replace('close', 'open'),
  );
};

const tableOfContents = /^\{:[^{}]*\btoc\b/i;
const extensionMark = /\{:(?::(?:nomarkdown|options)\b[^{}\n]{0,200}|\/(?:nomarkdown)?)\}/y;
const commentStart = /^\{::comment\}/;

/**
 * Removes the attributes that kramdown and pandoc add to blocks, headings and spans; ids and sizes of pictures are
 * kept.
 */
export const readAttributeLists = (markdown: MarkdownIt): void => {
  const { block, inline, core } = markdown;
  // A block is sought once, however many lists follow it.
  const attributed = new WeakMap<object, Tokens[number]>();
  block.ruler.before(
    'table',
    'attribute_list',
    (state, line, end, silent) => {
      const readLine = (at: number) =>
        state.src.slice((state.bMarks[at] ?? 0) + (state.tShift[at] ?? 0), state.eMarks[at]);
      const text = readLine(line);
      if (!text.startsWith('{')) return false;
      if (commentStart.test(text)) {
        if (silent) return true;
        let last = line;
        while (last < end - 1 && !/\{:\/(?:comment)?\}/.test(readLine(last))) last += 1;
        addMarkdownCut(state.env, { text: state.getLines(line, last + 1, 0, false), reason: 'comment' });
        state.line = last + 1;
        return true;
      }
      if (!lineOfAttributes.test(text)) return false;
      if (silent) return true;
      if (text.startsWith('{::')) addMarkdownCut(state.env, { text: text.trim(), reason: 'mark of kramdown' });
      const last = state.tokens.at(-1);
      const opening = last === attributed.get(state.env) ? undefined : findLastBlock(state.tokens);
      if (last) attributed.set(state.env, last);
      if (opening && tableOfContents.test(text) && /list_open$/.test(opening.type))
        state.tokens.splice(state.tokens.lastIndexOf(opening));
      const id = findId(text);
      if (id !== undefined) opening?.attrSet('id', id);
      state.line = line + 1;
      return true;
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list', 'table'] },
  );
  core.ruler.before('inline', 'heading_attributes', ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      const heading = tokens[index - 1];
      if (token.type !== 'inline' || heading?.type !== 'heading_open') continue;
      const [mark, list = ''] = endOfHeading.exec(token.content.trimEnd().slice(-1000)) ?? [];
      if (mark === undefined) continue;
      token.content = token.content.trimEnd().slice(0, -mark.length);
      const id = findId(list);
      if (id !== undefined) heading.attrSet('id', id);
    }
  });
  inline.ruler.before('escape', 'kramdown_extension', (state, silent) => {
    const { src, pos } = state;
    if (!src.startsWith('{:', pos)) return false;
    extensionMark.lastIndex = pos;
    const [mark] = extensionMark.exec(src) ?? [];
    if (mark === undefined) return false;
    if (!silent) addMarkdownCut(state.env, { text: mark, reason: 'mark of kramdown' });
    state.pos += mark.length;
    return true;
  });
  inline.ruler.before('escape', 'attribute_list', (state, silent) => {
    const { src, pos, posMax, tokens } = state;
    if (src.charAt(pos) !== '{' || !/[)*_`\]>]/.test(src.charAt(pos - 1)) || /[{%]/.test(src.charAt(pos + 1)))
      return false;
    const list = matchAttributeList(src, pos);
    if (list === undefined || pos + list.length > posMax) return false;
    const last = tokens.at(-1);
    if (!silent && last?.type === 'image' && state.pending === '') applyToImage(last, list);
    state.pos += list.length;
    return true;
  });
};
