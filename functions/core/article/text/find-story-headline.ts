import { createScorer } from './create-scorer.ts';
import { extractHeadlineFeatures, type HeadlineCandidate, splitLongWords } from './headline-features.ts';
import headlineWeights from './headline-weights.json' with { type: 'json' };
import type { AnalyzedLine } from './line-context.ts';

/** Fitted by a softmax over the candidates of news and blog pages, and rounded. */
const scoreHeadline = createScorer(headlineWeights);
/** The best line of a page is no headline if it weighs less. */
const minWeight = -5;

/** A headline has a word in it and is no paragraph. */
export const canBeHeadline = ({ line, features }: AnalyzedLine): boolean => {
  return line.words > 0 && line.text.length <= 300 && line.words <= (features.prose ? 25 : 40);
};

/** Finds the headline of a scraped page, given the lines chosen as its story: the index of the likeliest line. */
export const findStoryHeadline = (lines: readonly AnalyzedLine[], story: readonly boolean[]): number | undefined => {
  let best: { index: number; weight: number } | undefined;
  for (const candidate of selectHeadlineCandidates(lines, story)) {
    const weight = scoreHeadline(extractHeadlineFeatures(candidate));
    if (best === undefined || weight > best.weight) best = { index: candidate.index, weight };
  }
  return best && best.weight >= minWeight ? best.index : undefined;
};

/** Lines above the story and a little into it: what was chosen may begin with a teaser or a stray line. */
function* selectHeadlineCandidates(
  lines: readonly AnalyzedLine[],
  story: readonly boolean[],
): Generator<HeadlineCandidate> {
  const told = selectOpeningWords(lines, story);
  const counts = new Map<string, number>();
  for (const { line } of lines) counts.set(line.key, (counts.get(line.key) ?? 0) + 1);
  const isProse = (item: AnalyzedLine, index: number) => story[index] === true && item.features.prose;
  const starts = lines.flatMap((item, index) => (isProse(item, index) ? [index] : []));
  const last = findLastStart(lines, starts) ?? story.indexOf(true);
  for (let index = Math.max(0, (starts[0] ?? last) - maxLinesAboveProse); index < last; index += 1) {
    const item = lines[index];
    if (!item || !canBeHeadline(item)) continue;
    const { line } = item;
    const start = starts.find((at) => at > index) ?? last;
    yield {
      lines,
      index,
      storyStart: start,
      storyWords: told,
      repeated: (counts.get(line.key) ?? 0) > 1,
      inStory: story[index] === true,
    };
  }
}

/** A headline stands at most so many lines above the first prose of its story. */
const maxLinesAboveProse = 80;

/** The longer words of the story's first thirty lines. */
const selectOpeningWords = (lines: readonly AnalyzedLine[], story: readonly boolean[]): Set<string> => {
  const kept = lines.filter(({ features }, index) => story[index] === true && features.prose).slice(0, 30);
  return new Set(kept.flatMap(({ line }) => splitLongWords(line.text)));
};

/** The first prose of the story, or a later one if hardly anything of the story stands before it. */
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

/** At most this share of the story's prose may stand above its headline, and then is none of it. */
const maxProseShareAbove = 0.06;
