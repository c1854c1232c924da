import type { MarkdownIt } from 'markdown-it';
import { addMarkdownCut } from './markdown-cut.ts';
import { createTemplateTag, renderTemplateTag } from './template-tags.ts';

/** `{{video https://…}}`, `{{embed [[Note]]}}`, `{{query …}}` of Logseq and Roam. */
const macro =
  /\{\{\[{0,2}(video|youtube|vimeo|twitter|tweet|bilibili|embed|query|renderer|function|cloze|zotero-\w{1,20}|pdf)\]{0,2}(?::|[ \t]+)[ \t]*((?:\[\[[^[\]\n]{0,200}\]\]|[^{}\n]){1,500}?)\s?\}\}/y;
/** The block that a note refers to is known to its program alone. */
const blockReference = /\(\([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\)\)/g;
/** `@[youtube](id)` of Zenn and others, `%[address]` of Hashnode. */
const embedLink = /@\[(\w{2,20})\]\(([^()\s]{1,500})\)|%\[(https?:\/\/[^[\]\s]{1,1000})\]/y;
const openings = new Set(['{', '@', '%']);

interface NoteMark {
  readonly source: string;
  /** Markdown that it stands for. */
  readonly text?: string;
  readonly html?: string | undefined;
  /** What it is, where nothing is shown. */
  readonly reason?: string;
}

const readMacro = (source: string, name: string, written: string): NoteMark | undefined => {
  if (name === 'cloze') return { source, text: written };
  if (name === 'embed' && written.startsWith('[[')) return { source, text: written };
  if (/^(?:embed|query|renderer|function|zotero-.*|pdf)$/.test(name))
    return { source, reason: 'mark of a note program' };
  const tag = createTemplateTag(source, 'logseq', name, written);
  return { source, html: renderTemplateTag(name === 'video' ? { ...tag, name: 'iframe' } : tag) };
};

const findNoteMark = (text: string, position: number): NoteMark | undefined => {
  for (const pattern of [macro, embedLink]) pattern.lastIndex = position;
  const [source, name, written = ''] = macro.exec(text) ?? [];
  if (source !== undefined && name !== undefined) return readMacro(source, name, written);
  const [link, site, id, address = ''] = embedLink.exec(text) ?? [];
  if (link === undefined) return undefined;
  const tag = createTemplateTag(link, 'logseq', site ?? 'iframe', '');
  return { source: link, html: renderTemplateTag({ ...tag, positional: [id ?? address] }) };
};

const blockNameLine = /^\^[A-Za-z\d-]{4,80}$/;

/** Reads marks of note programs: macros and block references of Logseq, names of blocks of Obsidian in own lines. */
export const readNoteMarks = (markdown: MarkdownIt): void => {
  markdown.inline.ruler.before('template_tag', 'note_mark', (state, silent) => {
    const { src, pos, posMax, md, env, tokens } = state;
    if (!openings.has(src.charAt(pos))) return false;
    const mark = findNoteMark(src, pos);
    if (mark === undefined || pos + mark.source.length > posMax) return false;
    if (mark.reason === undefined && mark.text === undefined && mark.html === undefined) return false;
    state.pos += mark.source.length;
    if (silent) return true;
    if (mark.reason !== undefined) addMarkdownCut(env, { text: mark.source, reason: mark.reason });
    else if (mark.html !== undefined) state.push('html_inline', '', 0).content = mark.html;
    else {
      state.pushPending();
      md.inline.parse(mark.text ?? '', md, env, tokens);
    }
    return true;
  });
  markdown.core.ruler.before('inline', 'block_name_line', ({ tokens, env }) => {
    for (const token of tokens) {
      if (token.type !== 'inline') continue;
      token.content = token.content.replace(token.content.startsWith('^') ? blockNameLine : blockReference, (text) => {
        addMarkdownCut(env, { text, reason: 'mark of a note program' });
        return '';
      });
    }
  });
};
