const blocks =
  'address|article|aside|blockquote|details|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul';
const containers = 'article|aside|blockquote|div|section';

const beforeBlock = new RegExp(`(<(?:${blocks})(?=[\\s/>]))`, 'gi');
const afterBlock = new RegExp(`(</(?:${blocks})\\s*>|<hr\\s*/?>)`, 'gi');
const intoContainer = new RegExp(`(<(?:${containers})(?:\\s[^<>]*)?>)`, 'gi');
const outOfContainer = new RegExp(`(</(?:${containers})\\s*>)`, 'gi');
const blockTag = new RegExp(`^</?(?:${blocks})(?=[\\s/>])`, 'i');

const wrapParagraph = (chunk: string): string =>
  blockTag.test(chunk) ? chunk : `<p>${chunk.replace(/\s*\n\s*/g, '<br>\n')}</p>`;

const splitParagraphs = (part: string): string =>
  part
    .replace(beforeBlock, '\n\n$1')
    .replace(afterBlock, '$1\n\n')
    .replace(intoContainer, '$1\n\n')
    .replace(outOfContainer, '\n\n$1')
    .split(/\n\s*\n/)
    .map((chunk) => chunk.trim())
    .filter((chunk) => chunk !== '')
    .map(wrapParagraph)
    .join('\n');

/**
 * WordPress keeps the texts of its old editor without paragraphs: an empty line parts them, and a line end is a break.
 * What stands in `pre` stays as it is. A text of its block editor has its paragraphs already.
 */
export const addParagraphs = (content: string): string => {
  const text = content.replaceAll('\r\n', '\n');
  if (text.includes('<!-- wp:')) return text;
  return text
    .split(/(<(?:pre|script|style|textarea)[\s>][\s\S]*?<\/(?:pre|script|style|textarea)>)/i)
    .map((part, index) => (index % 2 === 1 ? part : splitParagraphs(part)))
    .filter((part) => part !== '')
    .join('\n');
};
