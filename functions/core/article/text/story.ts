import type { CutText } from '../../article.ts';

/** A part of a body. A paragraph of several lines is verse or an address, with the author's line breaks. */
export type StoryBlock =
  | { readonly kind: 'paragraph'; readonly lines: readonly string[] }
  /** Columns, program code, drawings: blanks and line breaks as typed. */
  | { readonly kind: 'preformatted'; readonly lines: readonly string[] }
  | { readonly kind: 'quote'; readonly lines: readonly string[] }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly from?: number };

export interface Credits {
  readonly authors: readonly string[];
  readonly editors: readonly string[];
  readonly source?: string;
}

/** A dateline as written: the year may be missing, and in Chinese the month. */
export interface WrittenDateline {
  readonly place?: string;
  readonly agency?: string;
  readonly day?: { readonly year?: number; readonly month?: number; readonly day: number };
  /** Named in the dateline, as in Chinese and Korean. */
  readonly reporters?: readonly string[];
  /** All of it up to the first word of the lede: "BAGHDAD, Dec 8 (Reuters) – ". */
  readonly text: string;
}

export interface CutLine extends CutText {
  /** Of the line in the text. */
  readonly number: number;
}
