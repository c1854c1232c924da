import { compile, type FormatCallback, type HtmlToTextOptions } from 'html-to-text';

const headingSelectors = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
  selector,
  options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 2 },
}));

/**
 * A table's row is a line. The library's own tables in columns take time with the square of their rows, leave out the
 * caption and wrap long cells.
 */
const formatCell: FormatCallback = (element, walk, builder) => {
  const first = element.parent?.children?.find(({ type }) => type === 'tag');
  if (first !== element) builder.addInline(' | ');
  walk(element.children, builder);
};

/** In brackets, as no text of the article. A decorative picture has none. */
const formatAlternative: FormatCallback = (element, _walk, builder) => {
  const alt: unknown = element.attribs?.alt;
  if (typeof alt === 'string' && alt !== '') builder.addInline(`[${alt}]`, { noWordTransform: true });
};

const commonSelectors = [
  ...headingSelectors,
  { selector: 'a', options: { ignoreHref: true } },
  { selector: 'ul', options: { itemPrefix: '- ' } },
  { selector: 'blockquote', options: { trimEmptyLines: true } },
  { selector: 'table', format: 'block', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
  { selector: 'caption', format: 'paragraph' },
  { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  { selector: 'th', format: 'cell' },
  { selector: 'td', format: 'cell' },
  { selector: 'hr', options: { length: 3 } },
  { selector: 'div', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
  { selector: 'figure', format: 'block', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
  { selector: 'a[href^="#seed-fnref"]', format: 'skip' },
];

const compileConverter = (selectors: HtmlToTextOptions['selectors'] = []) =>
  compile({
    formatters: { cell: formatCell, alternative: formatAlternative },
    wordwrap: false,
    limits: { maxInputLength: 2 ** 26 },
    selectors: [...commonSelectors, ...selectors],
  });

const convertHtml = compileConverter([
  { selector: 'img', format: 'skip' },
  { selector: 'figcaption', format: 'skip' },
]);
const convertHtmlWithPictures = compileConverter([
  { selector: 'img', format: 'alternative' },
  { selector: 'figcaption', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
]);

/**
 * The sanitized HTML of a body as plain text: an empty line between paragraphs, lists with `- ` or numbers, a table's
 * rows as lines, no addresses, no images and captions.
 */
export const toPlainText = (html: string): string => tidyLines(convertHtml(html));

/** The same with the captions and alternative texts of pictures, for those who read a mail as text. */
export const toPlainTextWithPictures = (html: string): string => tidyLines(convertHtmlWithPictures(html));

const tidyLines = (text: string): string =>
  text
    .replace(/(?<![ \t])[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

const paragraphPattern = /<p(?: [^<>]*)?>([\s\S]*?)<\/p>/g;
const linkAlone = /^\s*<a [^<>]*>[^<>]*<\/a>\s*$/;
/** What stands above a list or a table of contents. */
const announcement = /^.{1,40}[:：]$/u;

/** References to notes, as Markdown, Word, pandoc and others write them. */
const noteReference =
  /<sup>\s*<a [^<>]*href="#[^<>]*>[^<>]{1,20}<\/a>\s*<\/sup>|<a [^<>]*href="#[^<>]*>(?:<sup>[^<>]{1,20}<\/sup>|\[[^<>]{1,10}\])<\/a>/g;

export const removeNoteReferences = (html: string): string => html.replace(noteReference, '');

/**
 * The first paragraph with words of a sanitized body, as plain text, that is not a link alone, such as one to a film;
 * the whole text where there is none.
 */
export const findLede = (html: string): string => {
  for (const [, paragraph = ''] of html.matchAll(paragraphPattern)) {
    if (linkAlone.test(paragraph)) continue;
    const text = toPlainText(removeNoteReferences(paragraph));
    if (/\p{L}/u.test(text) && !announcement.test(text)) return text;
  }
  return toPlainText(removeNoteReferences(html));
};

const captionPattern = /<figcaption(?: [^<>]*)?>([\s\S]*?)<\/figcaption>/g;
const alternativeTextPattern = /<img [^<>]*?alt="([^"]+)"/g;

/**
 * The text of a sanitized body or, where it has pictures alone, of their captions, else their alternative texts, at
 * least the title. Empty for a body without text and pictures.
 */
export const toBodyText = (html: string, title: string): string => {
  const text = toPlainText(html);
  if (text !== '' || !html.includes('<img ')) return text;
  const readAll = (pattern: RegExp) =>
    Array.from(html.matchAll(pattern), ([, found = '']) => toPlainText(`<p>${found}</p>`)).filter(Boolean);
  const captions = readAll(captionPattern);
  const texts = captions.length > 0 ? captions : readAll(alternativeTextPattern);
  return [...new Set(texts)].join('\n\n') || title;
};
