import type { SeedContent } from '../../seeds/format-seed.ts';

/** A picture beside an article: its file, and the part of its key that follows the prefix. */
export interface SourcePicture {
  readonly file: string;
  readonly path: string;
}

/** An article of another system, as it is to stand here. */
export interface SourceArticle {
  readonly kind: 'article';
  /** For people, where it stands in the source: `line 12`, a file. */
  readonly place: string;
  readonly article: SeedContent;
  /** Folder of its seed below the prefix, with a slash at its end; empty but for sources that are folders. */
  readonly folder: string;
  readonly pictures: readonly SourcePicture[];
  /** Addresses that it had, or paths where no host is known; the first is the one that it stood at. */
  readonly oldAddresses: readonly string[];
  /** What is otherwise than it was, each once. */
  readonly remarks: readonly string[];
}

/** What stands in the source and is not imported. */
export interface Skipped {
  readonly kind: 'left out';
  readonly place: string;
  readonly title: string;
  readonly reason: string;
}

export type SourceItem = SourceArticle | Skipped;

/** What readers need to know besides the source. */
export interface SourceSettings {
  /** IANA zone of dates that name none. */
  readonly timeZone: string;
  /** Before the keys of all that is uploaded. */
  readonly prefix: string;
  /** The old site's address, without a slash at its end, if it was said. */
  readonly base?: string | undefined;
}
