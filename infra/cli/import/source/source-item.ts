import { SeedRejected } from '../../../../functions/core/article.ts';
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
  /** Folder of its seed below the prefix, with a slash at its end. */
  readonly folder?: string;
  readonly pictures?: readonly SourcePicture[];
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

export const convertOrSkip = (item: Pick<Skipped, 'place' | 'title'>, convert: () => SourceItem): SourceItem => {
  try {
    return convert();
  } catch (error) {
    if (!(error instanceof SeedRejected)) throw error;
    const place = error.place === undefined ? item.place : `${item.place}, ${error.place}`;
    return { kind: 'left out', ...item, place, reason: error.message };
  }
};
