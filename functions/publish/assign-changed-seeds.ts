import type { ChangedSeed } from '../adapters/table/seeds.ts';
import type { ArticleRecord } from '../core/lifecycle/article-record.ts';
import { type ArticleAssignment, assignArticles } from '../core/lifecycle/assign-articles.ts';
import type { ContentRecord } from '../core/lifecycle/content-record.ts';
import { isLive, type LifecycleInput } from '../core/lifecycle/decide-lifecycle.ts';
import { findArticleId, listClaimedIds, type SeedRecord } from '../core/lifecycle/seed-record.ts';
import { selectArticleSeeds } from '../core/lifecycle/select-article-seeds.ts';
import { toLinkName } from '../core/links/find-candidates.ts';
import { listSectionKeys } from '../core/section-files.ts';
import { waitForBoth } from '../platform/concurrency.ts';
import type { BuildContext } from './build-context.ts';
import { isolateFailures, mapSeparately } from './isolate-failures.ts';
import type { PublishServices } from './services.ts';

export interface AssignedSeeds {
  /** The changed seeds, each with the ids of all articles that it may be. */
  readonly seeds: readonly SeedRecord[];
  /** Records the assignment: to be done before any article changes. */
  readonly save: () => Promise<void>;
  /** Each article that a changed seed is or was, with the seeds that it has now. */
  readonly articles: readonly LifecycleInput[];
  /** Other seeds have lost their article and are marked as changed. */
  readonly hasDisplaced: boolean;
}

/**
 * Assigns an article to every changed seed. That is recorded before any article changes, so that a build after a crash
 * decides the same and forgets none.
 */
export const assignChangedSeeds = async (context: BuildContext, changed: ReadSeeds): Promise<AssignedSeeds> => {
  const { services, failures } = context;
  const fail = (seed: SeedRecord, error: unknown): void => {
    failures.seeds.set(seed.key, error);
    for (const id of listClaimedIds(seed)) failures.articles.set(id, error);
  };
  const found = await isolateFailures(changed.seeds, (some) => readRelated(services, some, changed), fail);
  const sound = found.flatMap(({ seeds }) => seeds);
  const soundKeys = new Set(sound.map(({ key }) => key));
  const others = new Map(found.flatMap((each) => each.others.map((seed) => [seed.key, seed])));
  const related = {
    changed: sound,
    others: [...others.values()].filter(({ key }) => !soundKeys.has(key)),
    records: new Map(found.flatMap(({ records }) => records.map((record) => [record.id, record]))),
    contents: new Map(found.flatMap(({ contents }) => contents.map((record) => [record.content, record]))),
  };
  const assignment = assignArticles({ ...related, publicationId: services.publication.id });
  const seeds = sound.map((seed) => addArticleId(seed, assignment.ids.get(seed.key)));
  return {
    seeds,
    save: () => saveAssignment(context, { ...related, assignment, seeds }),
    articles: buildLifecycleInputs(context, { ...related, assignment, seeds }),
    hasDisplaced: assignment.displaced.length > 0,
  };
};

/** Changed seeds, and what their marks had read together with them. */
export interface ReadSeeds extends Omit<RelatedRecords, 'others'> {
  /** Files about their folders, by their keys. */
  readonly sections: ReadonlyMap<string, SeedRecord>;
  readonly soughtIds: ReadonlySet<string>;
  readonly soughtContents: ReadonlySet<string>;
}

/** Reads what was marked as changed. */
export const readChangedSeeds = async (
  { services: { articles }, failures, unlinkedNames }: BuildContext,
  changes: readonly ChangedSeed[],
): Promise<ReadSeeds> => {
  const read = await isolateFailures(
    [...Map.groupBy(changes, ({ key }) => key)],
    async (some) => {
      const expected = some.flatMap(([, marks]) => marks.flatMap((mark) => mark.expected ?? []));
      const ids = [...new Set(expected.map(({ id }) => id))];
      const contents = [...new Set(expected.map(({ content }) => content))].filter((content) => content !== '');
      // An upload may come to the site. What is only built again is there.
      const uploaded = some.filter(([, marks]) => marks.some(({ sequencer }) => sequencer !== ''));
      const names = [...new Set(uploaded.map(([key]) => toLinkName(key)))];
      const keys = some.map(([key]) => key);
      const seedKeys = [...new Set([...keys, ...keys.flatMap(listSectionKeys)])];
      const found = await articles.getManyRelated({ seedKeys, ids, contents, names });
      for (const name of names) if (!found.linkedNames.includes(name)) unlinkedNames.add(name);
      return [{ ...found, ids, soughtContents: contents }];
    },
    ([key], error) => failures.seeds.set(key, error),
  );
  const changedKeys = new Set(changes.map(({ key }) => key));
  const found = new Map(read.flatMap(({ seeds }) => seeds.map((seed) => [seed.key, seed])));
  return {
    seeds: [...found.values()].filter(({ key }) => changedKeys.has(key)),
    sections: found,
    records: read.flatMap(({ records }) => records),
    contents: read.flatMap(({ contents }) => contents),
    soughtIds: new Set(read.flatMap(({ ids }) => ids)),
    soughtContents: new Set(read.flatMap(({ soughtContents }) => soughtContents)),
  };
};

interface RelatedRecords {
  readonly seeds: readonly SeedRecord[];
  readonly contents: readonly ContentRecord[];
  readonly records: readonly ArticleRecord[];
  readonly others: readonly SeedRecord[];
}

/** Reads the articles that seeds are, were or may be, and their other seeds. */
const readRelated = async (
  { articles, seeds: store }: PublishServices,
  seeds: readonly SeedRecord[],
  known: ReadSeeds,
): Promise<RelatedRecords[]> => {
  const unstated = seeds.filter(isLive).filter(({ version }) => !version.isIdStated);
  const fingerprints = new Set(unstated.map(({ version }) => version.content).filter((content) => content !== ''));
  const claimed = seeds.flatMap(listClaimedIds);
  const expected = new Set([...claimed, ...unstated.map(({ version }) => version.id)]);
  const found = await articles.getManyRelated({
    ids: [...expected].filter((id) => !known.soughtIds.has(id)),
    contents: [...fingerprints].filter((content) => !known.soughtContents.has(content)),
  });
  const contents = [...found.contents, ...known.contents.filter(({ content }) => fingerprints.has(content))];
  const ids = new Set([...claimed, ...contents.map(({ id }) => id)]);
  const wanted = new Set([...expected, ...ids]);
  const unexpected = [...ids].filter((id) => !expected.has(id) && !known.soughtIds.has(id));
  const records = [
    ...found.records,
    ...known.records.filter(({ id }) => wanted.has(id)),
    ...(await articles.getMany(unexpected)),
  ];
  const keys = new Set(seeds.map(({ key }) => key));
  const otherKeys = records.filter(({ id }) => ids.has(id)).flatMap(({ seedKeys }) => seedKeys);
  const others = await store.getMany([...new Set(otherKeys)].filter((key) => !keys.has(key)));
  return [{ seeds, contents, records, others }];
};

const addArticleId = (seed: SeedRecord, id: string | undefined): SeedRecord =>
  id === undefined ? seed : { ...seed, articleIds: [...listClaimedIds(seed).filter((other) => other !== id), id] };

interface Assigned {
  readonly assignment: ArticleAssignment;
  /** With the ids of all articles that they may be. */
  readonly seeds: readonly SeedRecord[];
  readonly changed: readonly SeedRecord[];
  readonly others: readonly SeedRecord[];
  readonly records: ReadonlyMap<string, ArticleRecord>;
  readonly contents: ReadonlyMap<string, ContentRecord>;
}

const saveAssignment = async (
  { services: { articles, seeds: store }, failures }: BuildContext,
  { assignment, seeds, changed, others, contents }: Assigned,
): Promise<void> => {
  const failArticle = (id: string | undefined, error: unknown): void => {
    if (id !== undefined) failures.articles.set(id, error);
  };
  const displaced = mapSeparately(
    others.filter(({ key }) => assignment.displaced.includes(key)),
    ({ key }) => store.markChanged([{ key, sequencer: '' }]),
    (seed, error) => failArticle(findArticleId(seed), error),
  );
  const before = new Map(changed.map(({ key, articleIds = [] }) => [key, articleIds.join('\n')]));
  const claimed = mapSeparately(
    seeds.filter(({ key, articleIds = [] }) => before.get(key) !== articleIds.join('\n')),
    ({ key, articleIds = [] }) => store.saveBuilderFields(key, { articleIds }),
    (seed, error) => {
      failures.seeds.set(seed.key, error);
      for (const id of listClaimedIds(seed)) failArticle(id, error);
    },
  );
  const known = mapSeparately(
    assignment.contents,
    async (record) => {
      const isSaved = await articles.saveContent(record, contents.get(record.content)?.id);
      if (!isSaved) throw new Error(`another article has the content of ${record.id} meanwhile`);
    },
    ({ id }, error) => failArticle(id, error),
  );
  await waitForBoth(displaced, waitForBoth(claimed, known));
};

const buildLifecycleInputs = (
  { services, failures }: BuildContext,
  { assignment, seeds, others, records, contents }: Assigned,
): LifecycleInput[] => {
  const now = services.now().toISOString();
  const seedsById = Map.groupBy([...seeds, ...others].filter(isLive), ({ key }) => assignment.ids.get(key));
  const announced = [...contents.values(), ...assignment.contents].filter(({ isAnnounced }) => isAnnounced);
  const announcedContents = new Map(announced.map(({ id, content }) => [id, content]));
  return [...new Set(seeds.flatMap(listClaimedIds))]
    .sort()
    .filter((id) => !failures.articles.has(id))
    .map((id) => {
      const previous = records.get(id);
      const { agreeing, conflicting } = selectArticleSeeds(seedsById.get(id) ?? [], previous?.seedKeys);
      return { id, previous, seeds: agreeing, conflicting, announcedContent: announcedContents.get(id), now };
    })
    .filter(({ previous, seeds: agreeing }) => previous !== undefined || agreeing.length > 0);
};
