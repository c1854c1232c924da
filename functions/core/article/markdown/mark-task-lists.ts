import type { MarkdownIt } from 'markdown-it';

const taskMark = /^\[([ xX])\][ \t]+(?=\S)/;

/** Shows the boxes of a list of tasks as signs, which feeds and mails can show, too. */
export const markTaskLists = (markdown: MarkdownIt): void => {
  markdown.core.ruler.before('inline', 'task_lists', ({ tokens }) => {
    const lists: (typeof tokens)[number][] = [];
    for (const [index, token] of tokens.entries()) {
      if (/^(?:bullet|ordered)_list_open$/.test(token.type)) lists.push(token);
      else if (/^(?:bullet|ordered)_list_close$/.test(token.type)) lists.pop();
      else if (token.type === 'list_item_open') {
        const inline = tokens[index + 2];
        const [mark, tick] = (inline?.type === 'inline' && taskMark.exec(inline.content)) || [];
        if (!inline || mark === undefined) continue;
        inline.content = `${tick === ' ' ? '☐' : '☑'} ${inline.content.slice(mark.length)}`;
        // A list without bullets is still a list to a screen reader if it says so.
        if (lists.at(-1)?.tag === 'ul') lists.at(-1)?.attrSet('role', 'list');
      }
    }
  });
};
