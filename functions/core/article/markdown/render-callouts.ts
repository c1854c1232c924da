import type { MarkdownIt } from 'markdown-it';
import { selectArticleWords } from '../../text/select-article-words.ts';

/** Of GitHub's alerts, in the language of the text. Others are shown by their name. */
const formatTitle = (kind: string, language: string | undefined): string => {
  const name = kind.toLowerCase();
  const titles = new Map(Object.entries(selectArticleWords(language).callouts));
  return titles.get(name) ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
};

/** `> [!warning]- Title`: a minus sign folds it. */
const calloutMark = /^\[!([A-Za-z][\w-]{0,40})(?:\|[^\]\n]{0,100})?\]([+-]?)[ \t]*([^\n]*)(?:\n|$)/;

/** Shows callouts of Obsidian and alerts of GitHub as quotations with a title, folded ones as details. */
export const renderCallouts = (markdown: MarkdownIt): void => {
  markdown.core.ruler.before('inline', 'callouts', (state) => {
    const shown: typeof state.tokens = [];
    const open: { readonly isFolded: boolean }[] = [];
    const { language } = state.env;
    const addTitle = (title: string, isFolded: boolean): void => {
      const [tag, type] = isFolded ? ['summary', 'summary'] : ['p', 'paragraph'];
      const inline = new state.Token('inline', '', 0);
      inline.content = title;
      inline.children = [];
      shown.push(new state.Token(`${type}_open`, tag ?? '', 1));
      if (!isFolded) shown.push(new state.Token('strong_open', 'strong', 1));
      shown.push(inline);
      if (!isFolded) shown.push(new state.Token('strong_close', 'strong', -1));
      shown.push(new state.Token(`${type}_close`, tag ?? '', -1));
    };
    const { tokens } = state;
    for (let index = 0; index < tokens.length; index += 1) {
      const token = tokens[index];
      if (!token) continue;
      shown.push(token);
      if (token.type === 'blockquote_close' && open.pop()?.isFolded) token.tag = 'details';
      if (token.type !== 'blockquote_open') continue;
      const inline = tokens[index + 1]?.type === 'paragraph_open' ? tokens[index + 2] : undefined;
      const [mark, kind = '', fold, title = ''] = calloutMark.exec(inline?.content ?? '') ?? [];
      const isFolded = fold === '-';
      open.push({ isFolded });
      if (!inline || mark === undefined) continue;
      if (isFolded) token.tag = 'details';
      else token.attrSet('role', 'note');
      addTitle(title.trim() || formatTitle(kind, typeof language === 'string' ? language : undefined), isFolded);
      inline.content = inline.content.slice(mark.length);
      if (inline.content.trim() === '') index += 3;
    }
    state.tokens = shown;
  });
};
