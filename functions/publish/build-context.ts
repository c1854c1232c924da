import { type BodyReader, createBodyReader } from '../adapters/body-reader.ts';
import type { Entry, FullEntry } from '../core/entry.ts';
import { createPageContext, type PageContext } from '../core/site/page-context.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { PublishServices } from './services.ts';

/** Months, topics and authors built at once; each writes its documents at once, too. */
export const maxListsInParallel = 4;

export interface BuildContext {
  readonly services: PublishServices;
  readonly bodies: BodyReader;
  readonly pageContext: PageContext;
  /** The instant of the publication's first build: the age of a feed without entries. */
  readonly since: string;
}

export const createBuildContext = (services: PublishServices, since: string): BuildContext => {
  const { publication, site, render } = services;
  return {
    services,
    since,
    bodies: createBodyReader(services),
    pageContext: createPageContext({ publication, site, render, hasSignUp: true }),
  };
};

/** The inputs of a document that lists entries. A body's key says nothing that the revision does not. */
export const omitBodyKeys = (entries: readonly Entry[]): Omit<Entry, 'bodyKey'>[] =>
  entries.map(({ bodyKey: _bodyKey, ...rest }) => rest);

export const readFullEntries = ({ bodies }: BuildContext, entries: readonly Entry[]): Promise<FullEntry[]> =>
  mapInParallel(entries, (entry) => bodies.readFullEntry(entry));

export const findLastUpdate = (entries: readonly Entry[]): string | undefined =>
  entries.map(({ updated }) => updated).reduce<string | undefined>((a, b) => (a && a > b ? a : b), undefined);
