import { compareStrings } from '../text/compare-strings.ts';
import type { LiveSeed } from './decide-lifecycle.ts';
import type { SeedVersion } from './seed-record.ts';

/** A record lists no more seeds, so that it stays far below DynamoDB's 400 KB. */
const maxSeedsPerArticle = 50;

interface ArticleSeeds {
  /** The seeds that the article is published from: one, and copies of it. */
  readonly agreeing: readonly LiveSeed[];
  /** Seeds that state the same id and say something else. They are refused while the first seed is there. */
  readonly conflicting: readonly LiveSeed[];
}

/**
 * Tells a moved file, which is there twice for a while, from two files that claim one id. The article stays with the
 * seed that it is published from, or else with the one that was uploaded first.
 * @param claiming all live seeds that are the article
 * @param previousKeys of the article's record, the owner first
 */
export const selectArticleSeeds = (
  claiming: readonly LiveSeed[],
  previousKeys: readonly string[] = [],
): ArticleSeeds => {
  const inOrder = claiming.toSorted(
    (a, b) =>
      toRank(previousKeys, a) - toRank(previousKeys, b) ||
      compareStrings(a.uploadedAt, b.uploadedAt) ||
      compareStrings(a.key, b.key),
  );
  const [owner] = inOrder;
  const agreeing = inOrder
    .filter(({ version }) => owner && isSameArticle(version, owner.version))
    .slice(0, maxSeedsPerArticle);
  return { agreeing, conflicting: inOrder.filter((seed) => !agreeing.includes(seed)) };
};

/** Keys of an article's record: the owner first. */
export const listArticleKeys = ({ agreeing, conflicting }: ArticleSeeds): string[] =>
  [...agreeing, ...conflicting].slice(0, maxSeedsPerArticle).map(({ key }) => key);

/** A copy in another folder has the same content, and another revision where it shows pictures beside it. */
const isSameArticle = (a: SeedVersion, b: SeedVersion): boolean =>
  a.revision === b.revision || (a.content !== '' && a.content === b.content);

const toRank = (previousKeys: readonly string[], { key }: LiveSeed): number => {
  const position = previousKeys.indexOf(key);
  return position === -1 ? previousKeys.length : position;
};
