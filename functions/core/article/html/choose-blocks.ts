import { blockWeights } from './block-weights.ts';

/** What it costs to begin or end a stretch of the article: lone blocks seldom differ from both neighbours. */
const switchCost = 1;
/** Keeping a line of chrome is a smaller harm than losing one of the author's. */
const lenience = 0.6;

const weights = new Map(Object.entries(blockWeights));

const scoreOf = (hints: readonly string[]): number => {
  let score = 0;
  for (const hint of new Set(hints)) score += weights.get(hint) ?? 0;
  return score;
};

/** The likeliest sequence of kept and dropped blocks as a whole (Viterbi's algorithm with two states). */
const likeliest = (scores: readonly number[]): boolean[] => {
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
const leniences = [lenience, lenience + 2, lenience + 4];

/** Tells for every block, by its hints, whether it is part of the article. On a page of blocks one at least is. */
export const chooseBlocks = (hints: readonly (readonly string[])[]): boolean[] => {
  const scores = hints.map(scoreOf);
  for (const extra of leniences) {
    const chosen = likeliest(scores.map((score) => score + extra));
    if (chosen.includes(true)) return chosen;
  }
  return hints.map(() => true);
};
