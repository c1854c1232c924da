import { toPlainText } from './plain-text.ts';

const paragraphPattern = /<p(?: [^<>]*)?>([\s\S]*?)<\/p>/g;

/** Takes a sanitized body and gives its first paragraph of words as plain text; the whole text where it has no paragraphs. */
export const findLede = (html: string): string => {
  for (const [, paragraph = ''] of html.matchAll(paragraphPattern)) {
    const text = toPlainText(paragraph);
    if (/\p{L}/u.test(text)) return text;
  }
  return toPlainText(html);
};
