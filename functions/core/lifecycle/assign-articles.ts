import { toSpareArticleId } from '../identity.ts';
import { compareStrings } from '../text/compare-strings.ts';
import type { ArticleRecord } from './article-record.ts';
import type { ContentRecord } from './content-record.ts';
import { isLive, type LiveSeed } from './decide-lifecycle.ts';
import { wasAnnounced } from './list-positions.ts';
import { findArticleId, type SeedRecord } from './seed-record.ts';

export interface AssignmentInput {
  readonly publicationId: string;
  readonly changed: readonly SeedRecord[];
  /** The other seeds of the articles that the changed ones are, were or may be. */
  readonly others: readonly SeedRecord[];
  /** The articles that have an id which a changed seed has, had or may get. */
  readonly records: ReadonlyMap<string, ArticleRecord>;
  /** By the content of the changed seeds. */
  readonly contents: ReadonlyMap<string, ContentRecord>;
}

export interface ArticleAssignment {
  /** The article of each live seed, by its key. */
  readonly ids: ReadonlyMap<string, string>;
  /** What is new about contents. */
  readonly contents: readonly ContentRecord[];
  /** Keys of other seeds that have lost their article to an edited one. They get another as changed seeds. */
  readonly displaced: readonly string[];
}

/**
 * Decides which article each seed is. An `id` in the front matter decides; else the content does: a seed with the
 * content that an article has, or last had, is that article, so that a moved file keeps it. A seed whose content is new
 * keeps the article that it was, unless a copy has its old content: docs/decisions/0024-identity-by-content.md
 */
export const assignArticles = (input: AssignmentInput): ArticleAssignment => {
  const live = [...input.changed, ...input.others].filter(isLive).toSorted(compareUploads);
  const ids = new Map(live.filter(isIdStated).map(({ key, version }) => [key, version.id]));
  const statedIds = new Set(ids.values());
  const unstated = live.filter((seed) => !isIdStated(seed));
  const claims = joinEqualEdits(unstated.map((seed) => ({ seed, ...findClaim(input, seed) })));
  const displaced = new Set<LiveSeed>();
  for (const [id, claiming = []] of Map.groupBy(claims, ({ id: claimed }) => claimed)) {
    if (id === undefined) continue;
    const kept = selectKept(input.records.get(id), claiming, statedIds.has(id));
    for (const { seed } of claiming) {
      if (kept.has(seed)) ids.set(seed.key, id);
      else displaced.add(seed);
    }
  }
  const changedKeys = new Set(input.changed.map(({ key }) => key));
  const isChanged = ({ key }: LiveSeed): boolean => changedKeys.has(key);
  const idsByContent = new Map(unstated.flatMap((seed) => listAssigned(seed, ids)));
  const taken = new Set([...input.records.keys(), ...ids.values()]);
  for (const seed of unstated.filter((one) => isChanged(one) && !ids.has(one.key))) {
    const id = idsByContent.get(toContentKey(seed)) ?? createId(input, seed, taken);
    taken.add(id);
    ids.set(seed.key, id);
    idsByContent.set(toContentKey(seed), id);
  }
  return {
    ids,
    contents: listContents(input, unstated.filter(isChanged), ids),
    displaced: [...displaced].map(({ key }) => key).filter((key) => !changedKeys.has(key)),
  };
};

const compareUploads = (a: LiveSeed, b: LiveSeed): number =>
  compareStrings(a.uploadedAt, b.uploadedAt) || compareStrings(a.key, b.key);

const isIdStated = ({ version }: LiveSeed): boolean => version.isIdStated === true;

/** Seeds recorded by earlier versions have no fingerprint: they are like no other. */
const toContentKey = ({ key, version: { content } }: LiveSeed): string => content || `key ${key}`;

interface SeedClaim {
  readonly id: string | undefined;
  /** It has the content that the article has or last had. */
  readonly hasContent: boolean;
}

const findClaim = ({ records, contents }: AssignmentInput, seed: LiveSeed): SeedClaim => {
  const { content } = seed.version;
  const own = findArticleId(seed);
  const hasContent = (id: string): boolean => content !== '' && records.get(id)?.lastSeed?.content === content;
  if (own !== undefined && hasContent(own)) return { id: own, hasContent: true };
  const owner = contents.get(content)?.id;
  // Without a record, another build has chosen the id and went no further.
  if (owner !== undefined && (hasContent(owner) || !records.has(owner))) return { id: owner, hasContent: true };
  return { id: own, hasContent: false };
};

type ClaimingSeed = SeedClaim & { readonly seed: LiveSeed };

/** Of several seeds that get the same new content in one build, the first keeps its article, and the others become it. */
const joinEqualEdits = (claims: readonly ClaimingSeed[]): ClaimingSeed[] => {
  const firstIds = new Map<string, string>();
  return claims.map((claim) => {
    const { seed, id, hasContent } = claim;
    if (hasContent || id === undefined) return claim;
    const first = firstIds.get(toContentKey(seed)) ?? id;
    firstIds.set(toContentKey(seed), first);
    return { ...claim, id: first };
  });
};

/** The seeds that an article stays with, of those that were it or have its content. */
const selectKept = (
  record: ArticleRecord | undefined,
  claiming: readonly ClaimingSeed[],
  isIdStatedElsewhere: boolean,
): ReadonlySet<LiveSeed> => {
  const { kept = [], edited = [] } = Object.groupBy(claiming, ({ hasContent }) => (hasContent ? 'kept' : 'edited'));
  const owner = edited.find(({ seed }) => seed.key === record?.lastSeed?.key);
  // With another title the file was used again, for another story: the content has moved to the copy.
  const isCorrected = owner !== undefined && owner.seed.version.title === record?.entry?.title;
  if (kept.length > 0 && !isCorrected) return new Set(kept.map(({ seed }) => seed));
  const keeper = owner ?? (isIdStatedElsewhere ? undefined : edited[0]);
  const content = keeper && toContentKey(keeper.seed);
  return new Set(edited.map(({ seed }) => seed).filter((seed) => toContentKey(seed) === content));
};

const listAssigned = (seed: LiveSeed, ids: ReadonlyMap<string, string>): [string, string][] => {
  const id = ids.get(seed.key);
  return id === undefined ? [] : [[toContentKey(seed), id]];
};

/** The id of a seed's key, unless an article has it that has moved on to another seed. */
const createId = ({ publicationId }: AssignmentInput, seed: LiveSeed, taken: ReadonlySet<string>): string =>
  taken.has(seed.version.id) ? toSpareArticleId(publicationId, seed) : seed.version.id;

const listContents = (
  { records, contents }: AssignmentInput,
  seeds: readonly LiveSeed[],
  ids: ReadonlyMap<string, string>,
): ContentRecord[] => {
  const byContent = new Map(seeds.map(({ key, version: { content } }) => [content, ids.get(key)]));
  return [...byContent].flatMap(([content, id]) => {
    const before = contents.get(content);
    if (content === '' || id === undefined || before?.id === id) return [];
    const previous = before && records.get(before.id);
    const isAnnounced = before?.isAnnounced || (previous !== undefined && wasAnnounced(previous));
    return [{ content, id, ...(isAnnounced && { isAnnounced: true as const }) }];
  });
};
