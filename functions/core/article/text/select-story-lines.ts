import { createTreeScorer } from './create-tree-scorer.ts';
import { findLikeliestSequence } from './find-likeliest-sequence.ts';
import type { AnalyzedLine } from './line-context.ts';
import lineTrees from './line-trees.json' with { type: 'json' };
import { extractStoryFeatures } from './story-line-features.ts';

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
/** The prose of a text with hardly any is more likely its story. */
const shortBias = 4;
const maxShortProseLines = 8;

/** Fitted by tests/bench/fit-line-trees.ts; fit them again when the features change. */
const scoreLine = createTreeScorer(lineTrees);

export const selectStoryLines = (lines: readonly AnalyzedLine[], evidence: number): boolean[] => {
  const bias = keepBias + doubtBias * Math.max(0, 1 - evidence / fullEvidence);
  const proseLines = lines.filter(({ features }) => features.prose).length;
  const proseBias = shortBias * Math.max(0, 1 - proseLines / maxShortProseLines);
  const scores = extractStoryFeatures(lines).map(
    (features, index) => scoreLine(features) + bias + (lines[index]?.features.prose ? proseBias : 0),
  );
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
