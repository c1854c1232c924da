import { createScorer } from '../text/create-scorer.ts';
import { findLikeliestSequence } from '../text/find-likeliest-sequence.ts';
import blockWeights from './block-weights.json' with { type: 'json' };

/** An article that reaches the end of the page pays for its end too. */
const costs = { switchCost: 1, endCost: 1 };

/**
 * Added to every score, as keeping a line of chrome does less harm than losing one of the author's. A page without an
 * article would not be a seed: where none is found, the next bias is tried.
 */
const biases = [0.6, 2.6, 4.6];

/** Fitted by tests/bench/fit-block-weights.ts; fit them again when the features change. */
const scoreBlock = createScorer(blockWeights);

/** Whether each block is part of the article, by its features. At least one block is. */
export const selectBlocks = (features: readonly (readonly string[])[]): boolean[] => {
  const scores = features.map((each) => scoreBlock(each));
  for (const bias of biases) {
    const selected = findLikeliestSequence(
      scores.map((score) => score + bias),
      costs,
    );
    if (selected.includes(true)) return selected;
  }
  return features.map(() => true);
};
