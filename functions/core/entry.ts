import type { Dateline, Named } from './article/article.ts';

/** An article as lists, feeds and digests know it: everything but its body. All times are ISO 8601 in UTC. */
export interface Entry {
  /** `urn:uuid:…`, minted once. */
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly language?: string;
  readonly authors: readonly Named[];
  readonly editors: readonly string[];
  readonly source?: string;
  readonly dateline?: Pick<Dateline, 'place' | 'agency'>;
  readonly topics: readonly Named[];
  readonly published: string;
  /** No hour is known for `published`: show the day alone. */
  readonly dateOnly: boolean;
  readonly updated: string;
  readonly image?: { readonly url: string; readonly alt: string };
  readonly canonical?: string;
  readonly words: number;
  readonly email: boolean;
  /** Changes when and only when the article does; names its body among the working papers. */
  readonly revision: string;
}

/** The body of an article: sanitized HTML with absolute addresses, and plain text. */
export interface Body {
  readonly html: string;
  readonly text: string;
}

export type FullEntry = Entry & Body;

/** An article that was announced and then withdrawn. */
export interface Withdrawn {
  readonly id: string;
  readonly when: string;
  readonly topics: readonly Named[];
}
