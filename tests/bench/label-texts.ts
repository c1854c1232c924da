import { splitWords } from '../../functions/core/article/html/split-words.ts';

/** As in the score, texts are compared by their runs of four words. */
const runLength = 4;

const toRuns = (words: readonly string[]): string[] =>
  words.slice(runLength - 1).map((_, index) => words.slice(index, index + runLength).join(' '));

const countRuns = (runs: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const run of runs) counts.set(run, (counts.get(run) ?? 0) + 1);
  return counts;
};

/** A first guess: texts with most of their runs in the correct body. */
const guessLabels = (texts: readonly (readonly string[])[], gold: ReadonlyMap<string, number>): boolean[] =>
  texts.map((words) => {
    const runs = toRuns(words);
    return runs.length > 0 && runs.filter((run) => gold.has(run)).length * 2 >= runs.length;
  });

const maxRounds = 4;

/**
 * Which texts of a page give the best score together: each one is kept or dropped in turn, as long as that improves
 * the score. So a heading is kept by the paragraphs around it, and of two copies of a
 * paragraph, the first.
 */
export const labelTexts = (texts: readonly string[], body: string): boolean[] => {
  const words = texts.map(splitWords);
  const gold = countRuns(toRuns(splitWords(body)));
  const goldSize = [...gold.values()].reduce((sum, count) => sum + count, 0);
  const kept = guessLabels(words, gold);
  const found = countRuns(toRuns(words.flatMap((each, index) => (kept[index] ? each : []))));
  let [shared, size] = [0, 0];
  for (const [run, count] of found) {
    shared += Math.min(count, gold.get(run) ?? 0);
    size += count;
  }
  const listBefore = (index: number): string[] => {
    let list: string[] = [];
    for (let at = index - 1; at >= 0 && list.length < runLength - 1; at -= 1)
      if (kept[at]) list = [...(words[at] ?? []), ...list].slice(1 - runLength);
    return list;
  };
  const listAfter = (index: number): string[] => {
    let list: string[] = [];
    for (let at = index + 1; at < words.length && list.length < runLength - 1; at += 1)
      if (kept[at]) list = [...list, ...(words[at] ?? [])].slice(0, runLength - 1);
    return list;
  };
  const tryOther = (index: number): boolean => {
    const own = words[index] ?? [];
    if (own.length === 0) return false;
    const [before, after] = [listBefore(index), listAfter(index)];
    const [withBlock, without] = [toRuns([...before, ...own, ...after]), toRuns([...before, ...after])];
    const changes = countRuns(kept[index] ? without : withBlock);
    for (const run of kept[index] ? withBlock : without) changes.set(run, (changes.get(run) ?? 0) - 1);
    let [moreShared, more] = [0, 0];
    for (const [run, change] of changes) {
      const [allowed, count] = [gold.get(run) ?? 0, found.get(run) ?? 0];
      moreShared += Math.min(count + change, allowed) - Math.min(count, allowed);
      more += change;
    }
    const isBetter = (shared + moreShared) * (goldSize + size) > shared * (goldSize + size + more);
    if (!isBetter) return false;
    kept[index] = !kept[index];
    shared += moreShared;
    size += more;
    for (const [run, change] of changes) found.set(run, (found.get(run) ?? 0) + change);
    return true;
  };
  for (let round = 0; round < maxRounds; round += 1)
    if ([...words.keys()].toReversed().filter(tryOther).length === 0) break;
  return kept;
};
