import type { Entry } from '../entry.ts';
import { compareStrings } from '../text/compare-strings.ts';
import type { PlacedEntry } from './list-parts.ts';

/** The articles before one in the list of a topic that its page may show: docs/decisions/0050-ways-to-go-on.md */
export const relatedWindowSize = 6;

const maxRelated = 3;

/** When an article was published, in local time. Articles of one time are not earlier than each other. */
export const toPlacedTime = ({ sortKey }: Pick<PlacedEntry, 'sortKey'>): string =>
  sortKey.slice(0, sortKey.indexOf('#'));

/**
 * Selects what the page of an article shows of earlier ones: those that are near it in the most of its topics, then the
 * newest. A newer article changes nothing of it.
 * @param windows for each topic, the articles just before it
 */
export const selectRelated = (windows: readonly (readonly PlacedEntry[])[]): Entry[] => {
  const byId = Map.groupBy(windows.flat(), ({ entry }) => entry.id);
  return [...byId.values()]
    .flatMap((found) => found.slice(0, 1).map((placed) => ({ ...placed, topics: found.length })))
    .sort((a, b) => b.topics - a.topics || compareStrings(b.sortKey, a.sortKey))
    .slice(0, maxRelated)
    .map(({ entry }) => entry);
};

/** What a page shows of a related article. */
export const selectRelatedFacts = ({ id, title, slug, language, published }: Entry) => ({
  id,
  title,
  slug,
  language,
  published,
});
