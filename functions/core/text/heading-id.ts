import { unescapeMarkup } from './escape-markup.ts';

/** The id that GitHub gives a heading, to which hand-made tables of contents lead. */
export const toHeadingId = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');

/** Ids of seeds are kept apart from those of the page by this. */
export const seedIdPrefix = 'seed-';

/** A heading of a sanitized body. Headings are not within each other. */
export const headingElement = /<h([1-6])([^<>]*)>([\s\S]*?)<\/h\1>/g;

/** The id that a heading of a sanitized body has by its words. */
export const findDefaultHeadingId = (content: string): string =>
  `${seedIdPrefix}${toHeadingId(unescapeMarkup(content.replace(/<[^<>]*>/g, '')))}`;
