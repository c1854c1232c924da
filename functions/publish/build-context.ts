import type { BodyReader } from '../adapters/body-reader.ts';
import type { Build } from '../adapters/table/build.ts';
import type { Entry } from '../core/entry.ts';
import type { SeedRecord } from '../core/lifecycle/seed-record.ts';
import { createPageContext, type PageContext } from '../core/site/page-context.ts';
import { createSizeLimit, type SizeLimit } from '../platform/concurrency.ts';
import type { PublishServices } from './services.ts';

/** Months, topics and authors built at once; each writes its documents at once, too. */
export const maxListsInParallel = 4;

/** Characters of the bodies of documents that are built at once. Building takes up to ten times as many bytes. */
const maxBodyLengthAtOnce = 30_000_000;

/** What all documents of one build are made with. */
export interface BuildContext {
  readonly services: PublishServices;
  /** As it was when this round began. */
  readonly build: Build;
  readonly bodies: BodyReader;
  readonly limitBodies: SizeLimit;
  readonly pageContext: PageContext;
  /** The instant of the publication's first build: the age of a feed without entries. */
  readonly since: string;
  /** Names that no article links to, as was read with what changed in this round. */
  readonly unlinkedNames: Set<string>;
  /** Pictures that published articles of this round show, by their keys. */
  readonly shownPictures: Map<string, SeedRecord>;
  /** Seeds, by their keys, and articles, by their ids, that a step of the build failed on. It goes on without them. */
  readonly failures: { readonly seeds: Map<string, unknown>; readonly articles: Map<string, unknown> };
}

export const createBuildContext = (services: PublishServices, build: Build): BuildContext => {
  const { bodies, publication, site, render } = services;
  return {
    services,
    build,
    since: build.since ?? services.now().toISOString(),
    bodies,
    limitBodies: createSizeLimit(maxBodyLengthAtOnce),
    pageContext: createPageContext({ publication, site, render, hasSignUp: true, pages: build.pages }),
    unlinkedNames: new Set(),
    shownPictures: new Map(),
    failures: { seeds: new Map(), articles: new Map() },
  };
};

/** The inputs of a document that lists entries. A body's key says nothing that the revision does not. */
export const omitBodyKeys = (entries: readonly Entry[]): Omit<Entry, 'bodyKey'>[] =>
  entries.map(({ bodyKey: _bodyKey, ...rest }) => rest);

export const findLastUpdate = (entries: readonly Entry[]): string | undefined =>
  entries.map(({ updated }) => updated).reduce<string | undefined>((a, b) => (a && a > b ? a : b), undefined);
