import type { MarkdownIt } from 'markdown-it';
import { addMarkdownCut } from './markdown-cut.ts';

const countCells = (row: string): number =>
  row
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/).length;

/** Lists notes to which no mark leads and cells beyond the last column: the library leaves both out. */
export const listUnshownMarkdown = (markdown: MarkdownIt): void => {
  markdown.core.ruler.after('inline', 'unshown_notes', ({ tokens, env }) => {
    const references = tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === 'footnote_ref');
    const used = new Set(references.map(({ meta }) => String(meta?.label)));
    let isUnused = false;
    for (const token of tokens) {
      if (token.type === 'footnote_reference_open') isUnused = !used.has(String(token.meta?.label));
      else if (token.type === 'footnote_reference_close') isUnused = false;
      else if (isUnused && /^(?:inline|fence|code_block|html_block)$/.test(token.type) && token.content.trim() !== '')
        addMarkdownCut(env, { text: token.content.trim(), reason: 'note to which no mark leads' });
    }
  });
  markdown.core.ruler.after('inline', 'unused_links', ({ tokens, env }) => {
    const parts = tokens.flatMap(({ children }) => children ?? []);
    const used = new Set(parts.flatMap((part) => part.attrGet('href') ?? part.attrGet('src') ?? []));
    for (const [label, { href, title }] of Object.entries(env.references ?? {})) {
      if (used.has(href)) continue;
      const text = [`${label}:`, href, title].filter(Boolean).join(' ');
      addMarkdownCut(env, { text, reason: 'link that no text has' });
    }
  });
  markdown.core.ruler.after('block', 'unshown_cells', ({ tokens, src, env }) => {
    if (!tokens.some(({ type }) => type === 'table_open')) return;
    const lines = src.split('\n');
    let columns = 0;
    for (const { type, map } of tokens) {
      if (type === 'table_open') columns = 0;
      if (type === 'th_open') columns += 1;
      const line = type === 'tr_open' && columns > 0 ? lines[map?.[0] ?? -1] : undefined;
      if (line === undefined || line.length > 10_000 || countCells(line) <= columns) continue;
      const cells = line
        .trim()
        .replace(/^\|/, '')
        .split(/(?<!\\)\|/)
        .slice(columns);
      const text = cells
        .map((cell) => cell.trim())
        .filter(Boolean)
        .join(' | ');
      if (text !== '') addMarkdownCut(env, { text, reason: 'cell beyond the last column' });
    }
  });
};
