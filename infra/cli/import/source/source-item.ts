import type { SeedContent } from '../../seeds/format-seed.ts';

export interface SourcePicture {
  readonly file: string;
  readonly path: string;
}

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
  readonly remarks: readonly string[];
}

export interface Skipped {
  readonly kind: 'left out';
  readonly place: string;
  readonly title: string;
  readonly reason: string;
}

export type SourceItem = SourceArticle | Skipped;

export interface SourceSettings {
  /** IANA zone of dates that name none. */
  readonly timeZone: string;
  readonly prefix: string;
  readonly base?: string | undefined;
}
