/**
 * Takes fitted weights in log-odds, above zero for what speaks for a choice, and gives the function that adds up those
 * of a line's features. A feature without a weight counts nothing.
 */
export const createScorer = (
  weights: Readonly<Record<string, number>>,
): ((features: Iterable<string>, bias?: number) => number) => {
  const weightByFeature = new Map(Object.entries(weights));
  return (features, bias = 0) => {
    let score = bias;
    for (const feature of new Set(features)) score += weightByFeature.get(feature) ?? 0;
    return score;
  };
};
