import { escapeText } from '../../../../functions/core/text/escape-markup.ts';

export interface FeedEntry {
  readonly id: string | undefined;
  readonly link: string | undefined;
  readonly title: string | undefined;
  readonly published: string | undefined;
  readonly updated: string | undefined;
  readonly authors: readonly string[];
  readonly topics: readonly string[];
  readonly content: string | undefined;
  readonly summary: string | undefined;
  readonly image: string | undefined;
  readonly language: string | undefined;
  readonly enclosures: readonly string[];
  /** What its relative addresses are relative to, where it says so. */
  readonly base: string | undefined;
}

export interface FeedContents {
  readonly site: string | undefined;
  readonly language: string | undefined;
  /** Of entries that name none. */
  readonly authors?: readonly string[];
  readonly entries: readonly FeedEntry[];
}

export const textToHtml = (text: string): string =>
  escapeText(text)
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${paragraph.trim().replace(/\n/g, '<br>')}</p>`)
    .join('\n');

export const selectPresent = (...texts: readonly (string | undefined)[]): string[] =>
  texts.filter((text) => text !== undefined && text.trim() !== '').map((text) => text?.trim() ?? '');
