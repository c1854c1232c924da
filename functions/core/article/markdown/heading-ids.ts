import type { MarkdownIt } from 'markdown-it';
import { toHeadingId } from '../../text/heading-id.ts';

/** Gives each heading an id: its own, else one of its words, with a number where headings are alike. */
export const addHeadingIds = (markdown: MarkdownIt): void => {
  markdown.core.ruler.push('heading_ids', ({ tokens }) => {
    const counts = new Map<string, number>();
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'heading_open' || token.attrGet('id')) continue;
      const parts = tokens[index + 1]?.children ?? [];
      const id = toHeadingId(
        parts.map(({ type, content }) => (/^(?:text|code_inline)$/.test(type) ? content : '')).join(''),
      );
      if (id === '') continue;
      const count = counts.get(id) ?? 0;
      counts.set(id, count + 1);
      token.attrSet('id', count === 0 ? id : `${id}-${count}`);
    }
  });
};
