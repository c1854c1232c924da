import { escapeText } from '../../../../functions/core/text/escape-markup.ts';

/** An entry of any feed, with what stands in it as it is written there. */
export interface FeedEntry {
  readonly id: string | undefined;
  /** Of its page. */
  readonly link: string | undefined;
  readonly title: string | undefined;
  readonly published: string | undefined;
  readonly updated: string | undefined;
  readonly authors: readonly string[];
  readonly topics: readonly string[];
  /** HTML. */
  readonly content: string | undefined;
  /** HTML, or text. */
  readonly summary: string | undefined;
  readonly image: string | undefined;
  readonly language: string | undefined;
  /** Addresses of sounds, films and other files. */
  readonly enclosures: readonly string[];
  /** What its relative addresses are relative to, where it says so. */
  readonly base: string | undefined;
}

export interface FeedContents {
  /** The address of the site, as written. */
  readonly site: string | undefined;
  readonly language: string | undefined;
  readonly entries: readonly FeedEntry[];
}

/** A plain text as HTML, each paragraph for itself. */
export const textToHtml = (text: string): string =>
  escapeText(text)
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${paragraph.trim().replace(/\n/g, '<br>')}</p>`)
    .join('\n');

/** Texts that are there. */
export const selectPresent = (...texts: readonly (string | undefined)[]): string[] =>
  texts.filter((text) => text !== undefined && text.trim() !== '').map((text) => text?.trim() ?? '');
