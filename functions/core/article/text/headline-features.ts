import { parseCredits } from './credits.ts';
import type { AnalyzedLine } from './line-context.ts';
import { quantize } from './quantize.ts';

/** A line that may be the headline, and what is known of the story below it. */
export interface HeadlineCandidate {
  readonly lines: readonly AnalyzedLine[];
  readonly index: number;
  readonly storyStart: number;
  readonly storyWords: ReadonlySet<string>;
  readonly repeated: boolean;
  readonly inStory: boolean;
}

const longWordPattern = /[\p{L}\p{N}]{3,}/gu;

export const splitLongWords = (text: string): string[] => text.toLowerCase().match(longWordPattern) ?? [];

/** What speaks for or against a line's being the headline. Its weights are in headline-weights.json. */
export function* extractHeadlineFeatures({
  lines,
  index,
  storyStart,
  storyWords,
  repeated,
  inStory,
}: HeadlineCandidate): Generator<string> {
  const item = lines[index];
  if (!item) return;
  const { line, features } = item;
  const words = splitLongWords(line.text);
  const echoed = words.filter((word) => storyWords.has(word)).length;
  yield `echo ${quantize(echoed / Math.max(1, words.length), [0, 0.3, 0.5, 0.7, 0.9])}`;
  yield `echoes ${quantize(echoed, [0, 1, 2, 4, 6])}`;
  yield `words ${quantize(line.words, [1, 2, 3, 5, 8, 13, 20])}`;
  yield `above ${quantize(storyStart - index, [1, 2, 4, 7, 12, 25, 50])}`;
  if (index === 0) yield 'first line';
  if (features.prose) yield 'prose';
  if (features.endsSentence) yield /[?!]\p{P}*$/u.test(line.text) ? 'asks' : 'closed';
  if (line.text.endsWith(':')) yield 'colon';
  if (/^\p{L}+:\s/u.test(line.text)) yield 'a word and a colon';
  if (features.separator) yield 'separator';
  if (parseCredits(line.text)) yield 'credits';
  if (features.label) yield 'label';
  if (features.opening || features.discussion) yield 'opening';
  if (features.ending) yield 'ending';
  if (features.stamp) yield 'stamp';
  if (features.contribution) yield 'contribution';
  if (features.menu) yield 'menu';
  if (features.machine || features.code) yield 'machine';
  if (features.keyword || features.policy) yield 'keyword';
  if (features.picture) yield 'picture';
  if (features.item) yield 'item';
  if (repeated) yield 'repeated';
  if (inStory) yield 'kept';
  yield `gap ${line.gapBefore ? 'before' : ''}${line.gapAfter ? 'after' : ''}`;
  yield `small ${quantize(line.lowercaseShare, [0, 0.3, 0.6])}`;
  yield* extractNeighbourFeatures(lines, index);
}

function* extractNeighbourFeatures(lines: readonly AnalyzedLine[], index: number): Generator<string> {
  const [before, after, later] = [lines[index - 1], lines[index + 1], lines[index + 2]];
  if (after?.features.stamp) yield 'stamp follows';
  else if (later?.features.stamp || lines[index + 3]?.features.stamp) yield 'stamp soon';
  if (after?.features.prose) yield 'prose follows';
  else if (after?.features.endsSentence) yield 'sentence follows';
  if (before?.features.stamp) yield 'stamp before';
  if (before?.features.menu) yield 'menu before';
  if (before?.features.label) yield 'label before';
  if (before && isTitleLike(before)) {
    yield 'title-like before';
    if (before.line.words < (lines[index]?.line.words ?? 0)) yield 'shorter title-like before';
  }
  if (after && isTitleLike(after)) yield 'title-like after';
}

const isTitleLike = ({ line, features }: AnalyzedLine): boolean => {
  const { stamp, menu, separator, label, machine, opening, ending, endsSentence, item } = features;
  return (
    line.words >= 3 && !(stamp || menu || separator || label || machine || opening || ending || endsSentence || item)
  );
};
