import { writeFileSync } from 'node:fs';
import { boostTrees, type Example } from './boost-trees.ts';

/** A feature of fewer pages says more about those pages than about pages in general. */
const minPages = 10;

const selectCommonFeatures = (pages: readonly (readonly Example[])[]): string[] => {
  const counts = new Map<string, number>();
  for (const page of pages) {
    for (const feature of new Set(page.flatMap(({ features }) => features)))
      counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return [...counts].flatMap(([feature, count]) => (count >= minPages ? [feature] : [])).sort();
};

const isFeature = (tree: readonly number[], at: number): boolean => at % 2 === 0 && (tree[at] ?? -1) >= 0;

/** With the features that a tree asks for, numbered anew. */
const dropUnusedFeatures = (features: readonly string[], trees: readonly (readonly number[])[]) => {
  const used = new Set(trees.flatMap((tree) => tree.filter((_, at) => isFeature(tree, at))));
  const kept = [...used].sort((one, other) => one - other);
  const numbers = new Map(kept.map((feature, index) => [feature, index]));
  return {
    features: kept.map((feature) => features[feature] ?? ''),
    trees: trees.map((tree) => tree.map((value, at) => (isFeature(tree, at) ? (numbers.get(value) ?? value) : value))),
  };
};

/** Fits trees to the lines or blocks of pages. `target` is relative to the readers' folder. */
export const writeTrees = (target: string, pages: readonly (readonly Example[])[], count: number): void => {
  const features = selectCommonFeatures(pages);
  const trees = boostTrees(pages.flat(), features, count);
  const url = new URL(`../../functions/core/article/${target}`, import.meta.url);
  writeFileSync(url, `${JSON.stringify(dropUnusedFeatures(features, trees))}\n`);
  console.log(`${trees.length} trees written.`);
};

/** Each page counts the same, and a line by the root of its length. */
export const weighLines = (words: readonly number[]): number[] => {
  const sizes = words.map((count) => Math.sqrt(count + 1));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size) => (20 * size) / all);
};
