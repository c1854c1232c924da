interface SequenceCosts {
  /** Subtracted where the sequence changes: lines seldom differ from both their neighbours. */
  readonly switchCost: number;
  /** Subtracted where the last line is kept. */
  readonly endCost: number;
}

/** Keeps the lines whose scores, less the costs, have the greatest sum: Viterbi's algorithm with two states. */
export const findLikeliestSequence = (scores: readonly number[], { switchCost, endCost }: SequenceCosts): boolean[] => {
  let dropped = 0;
  let kept = Number.NEGATIVE_INFINITY;
  const steps = scores.map((score) => {
    const begins = dropped - switchCost > kept;
    const ends = kept - switchCost > dropped;
    [dropped, kept] = [ends ? kept - switchCost : dropped, (begins ? dropped - switchCost : kept) + score];
    return { begins, ends };
  });
  let keeps = kept - endCost > dropped;
  const sequence: boolean[] = [];
  for (const { begins, ends } of steps.toReversed()) {
    sequence.push(keeps);
    keeps = keeps ? !begins : ends;
  }
  return sequence.toReversed();
};
