import { bodyText } from './body-text.ts';

const paragraphs = /<p(?: [^<>]*)?>([\s\S]*?)<\/p>/g;

/** Takes a sanitized body and gives its first paragraph of words as plain text; the whole text where it has no paragraphs. */
export const ledeOf = (html: string): string => {
  for (const [, paragraph = ''] of html.matchAll(paragraphs)) {
    const text = bodyText(paragraph);
    if (/\p{L}/u.test(text)) return text;
  }
  return bodyText(html);
};
