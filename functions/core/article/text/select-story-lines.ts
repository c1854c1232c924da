import { createScorer } from './create-scorer.ts';
import { findLikeliestSequence } from './find-likeliest-sequence.ts';
import { type AnalyzedLine, measureLineContexts } from './line-context.ts';
import lineWeights from './line-weights.json' with { type: 'json' };
import { extractStoryLineFeatures } from './story-line-features.ts';

export interface StorySelection {
  readonly inStory: readonly boolean[];
  readonly headlineIndex: number | undefined;
  readonly isScraped: boolean;
  /** The first line is a word or two above the headline. */
  readonly hasKicker: boolean;
}

const costs = { switchCost: 1, endCost: 0 };
/** Keeping a line of chrome does less harm than losing one of the author's. */
const keepBias = 0.6;
/** With little evidence of a scraped page, odd lines are more likely the author's. */
const doubtBias = 1;
const fullEvidence = 6;

/**
 * Fitted by logistic regression to the lines of some hundred pages, each page counting the same, and rounded. Weights
 * fitted to one half of the pages score 0.003 less on the other half.
 */
const scoreLine = createScorer(lineWeights);

export const selectStoryLines = (lines: readonly AnalyzedLine[], evidence: number): boolean[] => {
  const contexts = measureLineContexts(lines);
  const bias = lineWeights.bias + keepBias + doubtBias * Math.max(0, 1 - evidence / fullEvidence);
  const scores = lines.map((item, index) => {
    const context = contexts[index];
    return context ? scoreLine(extractStoryLineFeatures(item, context), bias) : bias;
  });
  const selected = findLikeliestSequence(scores, costs);
  const end = findDiscussionStart(lines, selected);
  return lines.map(
    ({ features }, index) => selected[index] === true && index < end && !features.seeAlso && !features.control,
  );
};

/** Prose lines of a story that readers can discuss. */
const minProseLines = 3;
/** The number of comments is also shown above a story, and a paper may have a chapter called Discussion. */
const notDiscussion = /^\(?\d+\)?\s+\p{L}+$|^\p{L}+\s*[:(]?\s*\d+\)?$|^(?:discussion|have your say)\b/iu;

/**
 * The line where readers' comments begin, after which nothing is the author's; the number of lines if there are none.
 */
const findDiscussionStart = (lines: readonly AnalyzedLine[], selected: readonly boolean[]): number => {
  let prose = 0;
  const found = lines.findIndex(({ line, features }, index) => {
    if (selected[index] && features.prose) prose += 1;
    return features.discussion && prose >= minProseLines && !notDiscussion.test(line.text);
  });
  return found === -1 ? lines.length : found;
};
