import { defaultTreeAdapter, serialize } from 'parse5';
import TurndownService from 'turndown';
import { parseHtml } from '../../../functions/core/article/body/parse-html.ts';
import { sanitizeBody } from '../../../functions/core/article/body/sanitize-body.ts';
import { type ChildNode, findElement, isElement, isTextNode } from '../../../functions/core/article/body/tree.ts';
import { createUrlResolver } from '../../../functions/core/article/body/url-resolver.ts';
import { renderMarkdown } from '../../../functions/core/article/markdown/render-markdown.ts';
import { cleanText } from '../../../functions/core/text/clean-text.ts';

/** Elements with which CommonMark begins a block of HTML that goes on to the next empty line (section 4.6, kind 6). */
const blockStart = /^<(?:blockquote|details|div|dl|figure|h[1-6]|hr|ol|p|table|ul)(?:[\s/>]|$)/;
const blockEdges =
  /\s*(<\/?(?:blockquote|details|summary|div|dl|dt|dd|figure|figcaption|h[1-6]|hr|ol|p|table|caption|thead|tbody|tfoot|tr|th|td|ul|li|br)(?: [^<>]*)?>)\s*/g;

const keptInlineTags =
  'sup sub small mark u ins del q cite kbd samp var dfn time bdi bdo span ruby rt rp abbr wbr'.split(' ');

const turndown = new TurndownService({
  headingStyle: 'atx',
  codeBlockStyle: 'fenced',
  bulletListMarker: '-',
  emDelimiter: '*',
  hr: '---',
});
turndown.addRule('struck', { filter: ['s'], replacement: (content) => `~~${content}~~` });
turndown.keep((node) => keptInlineTags.includes(node.nodeName.toLowerCase()));

/** A seed nowhere: what is compared is resolved against the same. */
const resolve = createUrlResolver({ key: 'seed.md', site: 'https://site.invalid' });

/** Addresses as they are written; the reader adds `rel` by itself. */
const sanitizeAsWritten = (html: string): string =>
  sanitizeBody(html, (url) => url.trim() || undefined).html.replaceAll(' rel="noopener"', '');

const renderAsSeed = (markdown: string): string =>
  sanitizeBody(renderMarkdown(cleanText(markdown), { name: 'seed-md', title: '' }).html, resolve).html;

/** HTML without what no reader sees: white space between blocks, and which of two elements makes letters bold. */
const normalizeHtml = (html: string): string =>
  html
    .replace(/<(\/?)b>/g, '<$1strong>')
    .replace(/<(\/?)i>/g, '<$1em>')
    .replaceAll('\n</code></pre>', '</code></pre>')
    .split(/(<pre.*?<\/pre>)/s)
    .map((part) => (part.startsWith('<pre') ? part : part.replace(/\s+/g, ' ').replace(blockEdges, '$1')))
    .join('');

/**
 * HTML as one block of Markdown: an empty line would end it, and so it must begin with an element that opens one.
 * `<body>` does and leaves no trace. A mark right behind a tag would be joined to it when the file is read.
 */
const formatHtmlBlock = (html: string): string => {
  const whole = html
    .replace(/\n(?=[ \t]*\n)/g, '&#10;')
    .replace(/(?<=>)\p{M}/gu, (mark) => `&#${mark.codePointAt(0)};`);
  return blockStart.test(whole) ? whole : `<body>\n${whole}\n</body>`;
};

/** The parts of a body that can be written each in its own way: elements at the top, and what stands loose between. */
const splitBody = (html: string): string[] => {
  const body = findElement(parseHtml(html), ({ tagName }) => tagName === 'body');
  const parts: ChildNode[][] = [];
  let loose: ChildNode[] | undefined;
  for (const child of body?.childNodes ?? []) {
    const isBlock = isElement(child) && blockStart.test(`<${child.tagName}>`);
    if (isBlock || (isElement(child) && child.tagName === 'pre')) {
      parts.push([child]);
      loose = undefined;
    } else if (loose) loose.push(child);
    else if (!isTextNode(child) || child.value.trim() !== '') {
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
const hasAnchors = (html: string): boolean => /<[^<>]* (?:id="|href="#)/.test(html);

/** Markdown where our own reader makes the same HTML of it, else HTML; `exact` compares invisible white space, too. */
export const toMarkdown = (html: string, exact: boolean): string => {
  const written = sanitizeAsWritten(html);
  const normalize = exact ? (same: string) => same : normalizeHtml;
  const isSame = (markdown: string, to: string): boolean =>
    normalize(renderAsSeed(markdown)) === normalize(sanitizeBody(to, resolve).html);
  const convertPart = (part: string): string => {
    const signs = hasAnchors(part) ? '' : turndown.turndown(part);
    return signs !== '' && isSame(signs, part) ? signs : formatHtmlBlock(part);
  };
  const pretty = splitBody(written).map(convertPart).join('\n\n');
  return isSame(pretty, html) ? pretty : formatHtmlBlock(written);
};
