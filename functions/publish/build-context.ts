import type { BodyReader } from '../adapters/body-reader.ts';
import type { Entry, FullEntry, WithdrawnArticle } from '../core/entry.ts';
import type { PageContext } from '../core/site/page-context.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { PublishServices } from './services.ts';

/** Months, or topics and authors, built at once; each makes its documents at once, too. */
export const maxListsInParallel = 4;

/** What one round of building hands to every shelf. */
export interface BuildContext {
  readonly services: PublishServices;
  readonly bodies: BodyReader;
  readonly pageContext: PageContext;
  /** The instant of the publication's first build: the age of a feed that has no entry yet. */
  readonly since: string;
  /** The articles withdrawn last, newest first: tombstones for Atom. */
  readonly withdrawn: readonly WithdrawnArticle[];
}

/** Entries as documents see them: where a body lies does not matter, its revision does. */
export const omitBodyNames = (entries: readonly Entry[]): Omit<Entry, 'bodyKey'>[] =>
  entries.map(({ bodyKey: _place, ...rest }) => rest);

/** Entries with their bodies, in the same order. */
export const readFullEntries = ({ bodies }: BuildContext, entries: readonly Entry[]): Promise<FullEntry[]> =>
  mapInParallel(entries, (entry) => bodies.readFullEntry(entry));

/** The later of what happened. */
export const findLastUpdate = (entries: readonly Entry[]): string | undefined =>
  entries.map(({ updated }) => updated).reduce<string | undefined>((a, b) => (a && a > b ? a : b), undefined);
