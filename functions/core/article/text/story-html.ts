import type { Block } from './story.ts';

/** Writes blocks as HTML: text escaped, addresses in it made links. */
export function storyHtml(blocks: readonly Block[]): string {
  return blocks.map(blockHtml).join('\n');
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${inline(block.text)}</h2>`;
    case 'list':
      return listHtml(block.items, block.from);
    case 'quote':
      return `<blockquote><p>${block.lines.map(inline).join('<br>')}</p></blockquote>`;
    case 'paragraph':
      return `<p>${block.lines.map(inline).join('<br>')}</p>`;
  }
}

function listHtml(items: readonly string[], from: number | undefined): string {
  const rows = items.map((item) => `<li>${inline(item)}</li>`).join('');
  if (from === undefined) return `<ul>${rows}</ul>`;
  return from === 1 ? `<ol>${rows}</ol>` : `<ol start="${from}">${rows}</ol>`;
}

const address = /https?:\/\/[^\s<>"“”«»]{1,2000}/gu;
const afterAddress = /[.,;:!?'’)\]}…]+$/u;

function inline(text: string): string {
  let [html, end] = ['', 0];
  for (const { 0: found, index } of text.matchAll(address)) {
    const url = withoutTail(found);
    if (!URL.canParse(url)) continue;
    html += `${escapeText(text.slice(end, index))}<a href="${escapeText(url)}">${escapeText(url)}</a>`;
    end = index + url.length;
  }
  return html + escapeText(text.slice(end));
}

/** A bracket closes the address only where the address opened it. */
function withoutTail(found: string): string {
  const url = found.replace(afterAddress, '');
  return url.includes('(') && found.charAt(url.length) === ')' ? `${url})` : url;
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
