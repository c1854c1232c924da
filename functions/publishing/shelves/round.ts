import type { Entry, FullEntry, Withdrawn } from '../../core/entry.ts';
import type { SitePage } from '../../core/page/site-page.ts';
import type { BodyReader } from '../body-reader.ts';
import { inParallel } from '../in-parallel.ts';
import type { PublishingServices } from '../services.ts';

/** Months, or topics and authors, built at once; each makes its documents at once, too. */
export const shelvesAtOnce = 4;

/** What one round of building hands to every shelf. */
export interface Round {
  readonly services: PublishingServices;
  readonly bodies: BodyReader;
  readonly context: SitePage;
  /** The instant of the publication's first build: the age of a feed that has no entry yet. */
  readonly since: string;
  /** The articles withdrawn last, newest first: tombstones for Atom. */
  readonly withdrawn: readonly Withdrawn[];
}

/** Entries as documents see them: where a body lies does not matter, its revision does. */
export const told = (entries: readonly Entry[]): Omit<Entry, 'body'>[] =>
  entries.map(({ body: _place, ...rest }) => rest);

/** Entries with their bodies, in the same order. */
export const withBodies = ({ bodies }: Round, entries: readonly Entry[]): Promise<FullEntry[]> =>
  inParallel(entries, (entry) => bodies.full(entry));

/** The later of what happened. */
export const lastUpdate = (entries: readonly Entry[]): string | undefined =>
  entries.map(({ updated }) => updated).reduce<string | undefined>((a, b) => (a && a > b ? a : b), undefined);
