import { defaultTreeAdapter, serialize } from 'parse5';
import TurndownService from 'turndown';
import { cleanText } from '../../../functions/core/article/clean-text.ts';
import { parseTree } from '../../../functions/core/article/html/parse-tree.ts';
import { type Child, findElement, isElement, isText } from '../../../functions/core/article/html/tree.ts';
import { renderMarkdown } from '../../../functions/core/article/render-markdown.ts';
import { resolveUrl } from '../../../functions/core/article/resolve-url.ts';
import { sanitizeBody } from '../../../functions/core/article/sanitize.ts';

/** Elements with which CommonMark begins a block of HTML that goes on to the next empty line (section 4.6, kind 6). */
const block = /^<(?:blockquote|details|div|dl|figure|h[1-6]|hr|ol|p|table|ul)(?:[\s/>]|$)/;
const edges =
  /\s*(<\/?(?:blockquote|details|summary|div|dl|dt|dd|figure|figcaption|h[1-6]|hr|ol|p|table|caption|thead|tbody|tfoot|tr|th|td|ul|li|br)(?: [^<>]*)?>)\s*/g;

/** What Markdown has no sign for. */
const keptInline =
  'sup sub small mark u ins del q cite kbd samp var dfn time bdi bdo span ruby rt rp abbr wbr'.split(' ');

const turndown = new TurndownService({
  headingStyle: 'atx',
  codeBlockStyle: 'fenced',
  bulletListMarker: '-',
  emDelimiter: '*',
  hr: '---',
});
turndown.addRule('struck', { filter: ['s'], replacement: (content) => `~~${content}~~` });
turndown.keep((node) => keptInline.includes(node.nodeName.toLowerCase()));

/** A seed nowhere: what is compared is resolved against the same. */
const resolve = resolveUrl({ key: 'seed.md', site: 'https://site.invalid' });

/** Addresses as they are written; the reader adds `rel` by itself. */
const asWritten = (html: string): string =>
  sanitizeBody(html, (url) => url.trim() || undefined).replaceAll(' rel="noopener"', '');

/** What the reader of Markdown seeds makes of a body. */
const readBack = (markdown: string): string =>
  sanitizeBody(renderMarkdown(cleanText(markdown), 'seed-md', '').html, resolve);

/** HTML without what no reader sees: white space between blocks, and which of two elements makes letters bold. */
const asSeen = (html: string): string =>
  html
    .replace(/<(\/?)b>/g, '<$1strong>')
    .replace(/<(\/?)i>/g, '<$1em>')
    .replaceAll('\n</code></pre>', '</code></pre>')
    .split(/(<pre.*?<\/pre>)/s)
    .map((part) => (part.startsWith('<pre') ? part : part.replace(/\s+/g, ' ').replace(edges, '$1')))
    .join('');

/**
 * HTML as one block of Markdown: an empty line would end it, and so it must begin with an element that opens one.
 * `<body>` does and leaves no trace. A mark right behind a tag would be joined to it when the file is read.
 */
const embed = (html: string): string => {
  const whole = html
    .replace(/\n(?=[ \t]*\n)/g, '&#10;')
    .replace(/(?<=>)\p{M}/gu, (mark) => `&#${mark.codePointAt(0)};`);
  return block.test(whole) ? whole : `<body>\n${whole}\n</body>`;
};

/** The parts of a body that can be written each in its own way: elements at the top, and what stands loose between. */
const partsOf = (html: string): string[] => {
  const body = findElement(parseTree(html), ({ tagName }) => tagName === 'body');
  const parts: Child[][] = [];
  let loose: Child[] | undefined;
  for (const child of body?.childNodes ?? []) {
    const isBlock = isElement(child) && block.test(`<${child.tagName}>`);
    if (isBlock || (isElement(child) && child.tagName === 'pre')) {
      parts.push([child]);
      loose = undefined;
    } else if (loose) loose.push(child);
    else if (!isText(child) || child.value.trim() !== '') {
      loose = [child];
      parts.push(loose);
    }
  }
  return parts.map((nodes) => {
    const fragment = defaultTreeAdapter.createDocumentFragment();
    for (const node of nodes) defaultTreeAdapter.appendChild(fragment, node);
    return serialize(fragment).trim();
  });
};

/** An id or a link to one means something in the whole body alone. */
const isBound = (html: string): boolean => /<[^<>]* (?:id="|href="#)/.test(html);

/**
 * HTML as Markdown: as signs where our own reader makes the same HTML of them, else as it is.
 * @param exact whether white space that nobody sees must be the same, too, so that every document is byte for byte
 */
export const writeBody = (html: string, exact: boolean): string => {
  const written = asWritten(html);
  const view = exact ? (same: string) => same : asSeen;
  const isSame = (markdown: string, to: string): boolean =>
    view(readBack(markdown)) === view(sanitizeBody(to, resolve));
  const writePart = (part: string): string => {
    const signs = isBound(part) ? '' : turndown.turndown(part);
    return signs !== '' && isSame(signs, part) ? signs : embed(part);
  };
  const pretty = partsOf(written).map(writePart).join('\n\n');
  return isSame(pretty, html) ? pretty : embed(written);
};
