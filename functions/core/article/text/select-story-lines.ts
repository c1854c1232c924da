import type { AnalyzedLine } from './line-context.ts';
import { measureLineContexts } from './line-context.ts';
import { lineWeights } from './line-weights.ts';
import { extractStoryLineFeatures } from './story-line-features.ts';

/** What it costs to take up the story at a line, and to leave it: lone lines seldom differ from both neighbours. */
const enterCost = 1;
const leaveCost = 1;
/** Keeping a line of chrome is a smaller harm than losing one of the author's. */
const keepBias = 0.6;
/** Where there is little evidence of a page, lines that merely look odd are the likelier the author's. */
const doubtBias = 1;
const fullEvidence = 6;

const weights = new Map(Object.entries(lineWeights));

/**
 * Tells for every line of a scraped page whether it is the author's. Each line is weighed by its hints; then the
 * likeliest sequence of story and chrome is taken as a whole (Viterbi's algorithm with two states).
 */
export const selectStoryLines = (lines: readonly AnalyzedLine[], evidence: number): boolean[] => {
  const contexts = measureLineContexts(lines);
  const bias = lineWeights.bias + keepBias + doubtBias * Math.max(0, 1 - evidence / fullEvidence);
  const scores = lines.map((item, index) => {
    let score = bias;
    const context = contexts[index];
    if (context) for (const feature of extractStoryLineFeatures(item, context)) score += weights.get(feature) ?? 0;
    return score;
  });
  const chosen = findLikeliestSequence(scores);
  const end = findDiscussionStart(lines, chosen);
  return lines.map(
    ({ features }, index) => chosen[index] === true && index < end && !features.seeAlso && !features.control,
  );
};

/** So many lines of prose make a story that readers may talk about. */
const minProseLines = 3;
/** The number of comments stands in the head of a page too, and a paper may have a chapter so called. */
const notDiscussion = /^\(?\d+\)?\s+\p{L}+$|^\p{L}+\s*[:(]?\s*\d+\)?$|^(?:discussion|have your say)\b/iu;

/** The line where readers begin to talk, after which nothing is the author's; the number of lines where they do not. */
const findDiscussionStart = (lines: readonly AnalyzedLine[], chosen: readonly boolean[]): number => {
  let prose = 0;
  const found = lines.findIndex(({ line, features }, index) => {
    if (chosen[index] && features.prose) prose += 1;
    return features.discussion && prose >= minProseLines && !notDiscussion.test(line.text);
  });
  return found === -1 ? lines.length : found;
};

const findLikeliestSequence = (scores: readonly number[]): boolean[] => {
  let chrome = 0;
  let story = Number.NEGATIVE_INFINITY;
  const steps = scores.map((score) => {
    const enters = chrome - enterCost > story;
    const leaves = story - leaveCost > chrome;
    [chrome, story] = [leaves ? story - leaveCost : chrome, (enters ? chrome - enterCost : story) + score];
    return { enters, leaves };
  });
  let inStory = story > chrome;
  return steps
    .toReversed()
    .map(({ enters, leaves }) => {
      const kept = inStory;
      inStory = inStory ? !enters : leaves;
      return kept;
    })
    .toReversed();
};
