import { escapeAttribute } from '../../text/escape-markup.ts';
import type { StoryBlock } from './story.ts';

export const renderStory = (blocks: readonly StoryBlock[]): string => blocks.map(renderBlock).join('\n');

const renderBlock = (block: StoryBlock): string => {
  switch (block.kind) {
    case 'heading':
      return `<h2>${renderInline(block.text)}</h2>`;
    case 'list':
      return renderList(block.items, block.from);
    case 'preformatted':
      return `<pre>${block.lines.map(escapeAttribute).join('\n')}</pre>`;
    case 'quote':
      return `<blockquote><p>${block.lines.map(renderInline).join('<br>')}</p></blockquote>`;
    case 'paragraph':
      return `<p>${block.lines.map(renderInline).join('<br>')}</p>`;
  }
};

const renderList = (items: readonly string[], from: number | undefined): string => {
  const rows = items.map((item) => `<li>${renderInline(item)}</li>`).join('');
  if (from === undefined) return `<ul>${rows}</ul>`;
  return from === 1 ? `<ol>${rows}</ol>` : `<ol start="${from}">${rows}</ol>`;
};

const urlPattern = /https?:\/\/[^\s<>"“”«»]{1,2000}/gu;
const trailingPunctuation = /(?<![.,;:!?'’)\]}…])[.,;:!?'’)\]}…]+$/u;

const renderInline = (text: string): string => {
  let [html, end] = ['', 0];
  for (const { 0: found, index } of text.matchAll(urlPattern)) {
    const url = trimUrl(found);
    if (!URL.canParse(url)) continue;
    html += `${escapeAttribute(text.slice(end, index))}<a href="${escapeAttribute(url)}">${escapeAttribute(url)}</a>`;
    end = index + url.length;
  }
  return html + escapeAttribute(text.slice(end));
};

/** A closing bracket is part of an address that has an opening one. */
const trimUrl = (found: string): string => {
  const url = found.replace(trailingPunctuation, '');
  return url.includes('(') && found.charAt(url.length) === ')' ? `${url})` : url;
};
