import { compareStrings } from '../text/compare-strings.ts';
import type { ListSize } from './manifest.ts';

/** Topics whose feeds are in the subscription list; the home page shows fewer. */
const maxLargestTopics = 100;

export const selectLargestTopics = (topics: readonly ListSize[]): ListSize[] =>
  topics.toSorted((a, b) => b.count - a.count || compareStrings(a.slug, b.slug)).slice(0, maxLargestTopics);

/**
 * The largest topics after the sizes of some have changed, without those of the others.
 * @returns undefined where a topic has become smaller: others may be larger now
 */
export const updateLargestTopics = (
  before: readonly ListSize[],
  changed: readonly ListSize[],
): ListSize[] | undefined => {
  const sizes = new Map(before.map(({ slug, count }) => [slug, count]));
  if (changed.some(({ slug, count }) => count < (sizes.get(slug) ?? 0))) return undefined;
  const slugs = new Set(changed.map(({ slug }) => slug));
  return selectLargestTopics([...before.filter(({ slug }) => !slugs.has(slug)), ...changed]);
};
