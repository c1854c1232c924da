import { createScorer } from './create-scorer.ts';
import { extractHeadlineFeatures, type HeadlineCandidate, splitLongWords } from './headline-features.ts';
import headlineWeights from './headline-weights.json' with { type: 'json' };
import type { AnalyzedLine } from './line-context.ts';

/** Fitted by a softmax over the candidates of news and blog pages, and rounded. */
const scoreHeadline = createScorer(headlineWeights);
/** A page whose best line scores less has no headline. */
const minScore = -5;

/** Whether a line has a word and is not too long for a headline. */
export const canBeHeadline = ({ line, features }: AnalyzedLine): boolean =>
  line.words > 0 && line.text.length <= 300 && line.words <= (features.prose ? 25 : 40);

/** The index of the line of a scraped page that is most likely the headline, given which lines are its story. */
export const findStoryHeadline = (lines: readonly AnalyzedLine[], inStory: readonly boolean[]): number | undefined => {
  let best: { index: number; score: number } | undefined;
  for (const candidate of selectHeadlineCandidates(lines, inStory)) {
    const score = scoreHeadline(extractHeadlineFeatures(candidate));
    if (best === undefined || score > best.score) best = { index: candidate.index, score };
  }
  return best && best.score >= minScore ? best.index : undefined;
};

/** A headline is at most so many lines above the first prose of its story. */
const maxLinesAboveProse = 80;

/** Lines above the story and its first ones, as the selection may begin with a teaser. */
function* selectHeadlineCandidates(
  lines: readonly AnalyzedLine[],
  inStory: readonly boolean[],
): Generator<HeadlineCandidate> {
  const storyWords = selectOpeningWords(lines, inStory);
  const counts = new Map<string, number>();
  for (const { line } of lines) counts.set(line.key, (counts.get(line.key) ?? 0) + 1);
  const isProse = (item: AnalyzedLine, index: number) => inStory[index] === true && item.features.prose;
  const starts = lines.flatMap((item, index) => (isProse(item, index) ? [index] : []));
  const last = findLastStart(lines, starts) ?? inStory.indexOf(true);
  for (let index = Math.max(0, (starts[0] ?? last) - maxLinesAboveProse); index < last; index += 1) {
    const item = lines[index];
    if (!item || !canBeHeadline(item)) continue;
    yield {
      lines,
      index,
      storyStart: starts.find((start) => start > index) ?? last,
      storyWords,
      repeated: (counts.get(item.line.key) ?? 0) > 1,
      inStory: inStory[index] === true,
    };
  }
}

const selectOpeningWords = (lines: readonly AnalyzedLine[], inStory: readonly boolean[]): Set<string> => {
  const prose = lines.filter(({ features }, index) => inStory[index] === true && features.prose).slice(0, 30);
  return new Set(prose.flatMap(({ line }) => splitLongWords(line.text)));
};

/** A smaller share of the story's prose above a line is not part of the story. */
const maxProseShareAbove = 0.06;

/** The first prose of the story, or a later one with hardly any prose before it. */
const findLastStart = (lines: readonly AnalyzedLine[], starts: readonly number[]): number | undefined => {
  const words = (index: number) => lines[index]?.line.words ?? 0;
  const all = starts.reduce((sum, index) => sum + words(index), 0);
  let passed = 0;
  for (const [count, index] of starts.entries()) {
    passed += words(index);
    if (passed > all * maxProseShareAbove || count === 3) return index;
  }
  return starts.at(-1);
};
