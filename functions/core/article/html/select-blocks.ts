import { blockWeights } from './block-weights.ts';

/** What it costs to begin or end a stretch of the article: lone blocks seldom differ from both neighbours. */
const switchCost = 1;
/** Keeping a line of chrome is a smaller harm than losing one of the author's. */
const keepBias = 0.6;

const weights = new Map(Object.entries(blockWeights));

const sumWeights = (features: readonly string[]): number => {
  let score = 0;
  for (const feature of new Set(features)) score += weights.get(feature) ?? 0;
  return score;
};

/** The likeliest sequence of kept and dropped blocks as a whole (Viterbi's algorithm with two states). */
const findLikeliestSequence = (scores: readonly number[]): boolean[] => {
  let dropped = 0;
  let kept = Number.NEGATIVE_INFINITY;
  const steps = scores.map((score) => {
    const begins = dropped - switchCost > kept;
    const ends = kept - switchCost > dropped;
    [dropped, kept] = [ends ? kept - switchCost : dropped, (begins ? dropped - switchCost : kept) + score];
    return { begins, ends };
  });
  let keeps = kept - switchCost > dropped;
  const chosen: boolean[] = [];
  for (const { begins, ends } of steps.toReversed()) {
    chosen.push(keeps);
    keeps = keeps ? !begins : ends;
  }
  return chosen.toReversed();
};

/** A page has an article, or would not be a seed: where none is found, ask less of it. */
const keepBiases = [keepBias, keepBias + 2, keepBias + 4];

/** Tells for every block, by its hints, whether it is part of the article. On a page of blocks one at least is. */
export const selectBlocks = (features: readonly (readonly string[])[]): boolean[] => {
  const scores = features.map(sumWeights);
  for (const bias of keepBiases) {
    const chosen = findLikeliestSequence(scores.map((score) => score + bias));
    if (chosen.includes(true)) return chosen;
  }
  return features.map(() => true);
};
