import { hintsOf } from './hints.ts';
import { lineWeights } from './line-weights.ts';
import type { SignedLine } from './surroundings.ts';
import { readSurroundings } from './surroundings.ts';

/** What it costs to take up the story at a line, and to leave it: lone lines seldom differ from both neighbours. */
const enterCost = 1;
const leaveCost = 1;
/** Keeping a line of chrome is a smaller harm than losing one of the author's. */
const lenience = 0.6;
/** Where there is little evidence of a page, lines that merely look odd are the likelier the author's. */
const doubt = 1;
const amplyScraped = 6;

const weightOf = new Map(Object.entries(lineWeights));

/**
 * Tells for every line of a scraped page whether it is the author's. Each line is weighed by its hints; then the
 * likeliest sequence of story and chrome is taken as a whole (Viterbi's algorithm with two states).
 */
export function chooseStoryLines(lines: readonly SignedLine[], evidence: number): boolean[] {
  const around = readSurroundings(lines);
  const bias = lineWeights.bias + lenience + doubt * Math.max(0, 1 - evidence / amplyScraped);
  const scores = lines.map((item, index) => {
    let score = bias;
    const surroundings = around[index];
    if (surroundings) for (const hint of hintsOf(item, surroundings)) score += weightOf.get(hint) ?? 0;
    return score;
  });
  const chosen = likeliestSequence(scores);
  const end = talkBegins(lines, chosen);
  return lines.map(
    ({ signs }, index) => chosen[index] === true && index < end && !signs.pointer && !signs.control,
  );
}

/** So many lines of prose make a story that readers may talk about. */
const leastProse = 3;
/** The number of comments stands in the head of a page too, and a paper may have a chapter so called. */
const noTalkYet = /^\(?\d+\)?\s+\p{L}+$|^\p{L}+\s*[:(]?\s*\d+\)?$|^(?:discussion|have your say)\b/iu;

/** The line where readers begin to talk, after which nothing is the author's; the number of lines where they do not. */
function talkBegins(lines: readonly SignedLine[], chosen: readonly boolean[]): number {
  let prose = 0;
  const found = lines.findIndex(({ line, signs }, index) => {
    if (chosen[index] && signs.prose) prose += 1;
    return signs.discussion && prose >= leastProse && !noTalkYet.test(line.text);
  });
  return found === -1 ? lines.length : found;
}

function likeliestSequence(scores: readonly number[]): boolean[] {
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
}
