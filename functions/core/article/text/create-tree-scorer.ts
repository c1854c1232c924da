/**
 * Fitted decision trees. Each is a row of pairs: a leaf is -1 and its value, in log-odds. A branch is the number of a
 * feature and the position of the pair for those that have it; the pair for those that have not follows.
 */
interface ScoringTrees {
  readonly features: readonly string[];
  readonly trees: readonly (readonly number[])[];
}

/** Gives the function that adds up the leaves that a line with these features reaches. */
export const createTreeScorer = ({ features, trees }: ScoringTrees): ((own: Iterable<string>) => number) => {
  const numbers = new Map(features.map((feature, index) => [feature, index]));
  return (own) => {
    const found = new Uint8Array(features.length);
    for (const feature of own) {
      const number = numbers.get(feature);
      if (number !== undefined) found[number] = 1;
    }
    let score = 0;
    for (const tree of trees) {
      let at = 0;
      for (let feature = tree[0] ?? -1; feature >= 0; feature = tree[at] ?? -1)
        at = found[feature] === 1 ? (tree[at + 1] ?? 0) : at + 2;
      score += tree[at + 1] ?? 0;
    }
    return score;
  };
};
