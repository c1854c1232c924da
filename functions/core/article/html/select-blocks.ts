import { createTreeScorer } from '../text/create-tree-scorer.ts';
import { findLikeliestSequence } from '../text/find-likeliest-sequence.ts';
import blockTrees from './block-trees.json' with { type: 'json' };

/** An article that reaches the end of the page pays for its end too. */
const costs = { switchCost: 1, endCost: 1 };

/**
 * Added to every score, as keeping a line of chrome does less harm than losing one of the author's. A page without an
 * article would not be a seed: where none is found, the next bias is tried.
 */
const biases = [0.8, 2.8, 4.8];

/** Fitted by tests/bench/fit-block-trees.ts; fit them again when the features change. */
const sumTrees = createTreeScorer(blockTrees);

/** Of what is hardly ever part of a story, in any combination: readers' comments, and a line that opens them. */
const penalty = 2.5;
const isPenalized = (feature: string): boolean => feature === 'apart comments' || /^\w+ discussion$/.test(feature);

const scoreBlock = (features: readonly string[]): number =>
  sumTrees(features) - (features.some(isPenalized) ? penalty : 0);

/** Whether each block is part of the article, by its features. At least one block is. */
export const selectBlocks = (features: readonly (readonly string[])[]): boolean[] => {
  const scores = features.map(scoreBlock);
  for (const bias of biases) {
    const selected = findLikeliestSequence(
      scores.map((score) => score + bias),
      costs,
    );
    if (selected.includes(true)) return selected;
  }
  return features.map(() => true);
};
