import { readCredits } from './credits.ts';
import type { SignedLine } from './surroundings.ts';

/** A line that may be the headline, and what is known of the story it may stand over. */
export interface Candidate {
  readonly lines: readonly SignedLine[];
  readonly index: number;
  /** Index of the first prose of the story after it. */
  readonly start: number;
  /** The longer words of the story's beginning. */
  readonly told: ReadonlySet<string>;
  readonly repeated: boolean;
  readonly kept: boolean;
}

const longWords = /[\p{L}\p{N}]{3,}/gu;

/** The words of a line that are long enough to mean something. */
export function longWordsOf(text: string): string[] {
  return text.toLowerCase().match(longWords) ?? [];
}

/** What speaks for or against a line being the headline. */
export function* headlineHintsOf({
  lines,
  index,
  start,
  told,
  repeated,
  kept,
}: Candidate): Generator<string> {
  const item = lines[index];
  if (!item) return;
  const { line, signs } = item;
  const long = longWordsOf(line.text);
  const echoed = long.filter((word) => told.has(word)).length;
  yield `echo ${step(echoed / Math.max(1, long.length), [0, 0.3, 0.5, 0.7, 0.9])}`;
  yield `echoes ${step(echoed, [0, 1, 2, 4, 6])}`;
  yield `words ${step(line.words, [1, 2, 3, 5, 8, 13, 20])}`;
  yield `above ${step(start - index, [1, 2, 4, 7, 12, 25, 50])}`;
  if (index === 0) yield 'first line';
  if (signs.prose) yield 'prose';
  if (signs.closed) yield /[?!]\p{P}*$/u.test(line.text) ? 'asks' : 'closed';
  if (line.text.endsWith(':')) yield 'colon';
  if (/^\p{L}+:\s/u.test(line.text)) yield 'a word and a colon';
  if (signs.bar) yield 'bar';
  if (readCredits(line.text)) yield 'credits';
  if (signs.label) yield 'label';
  if (signs.opening || signs.discussion) yield 'opening';
  if (signs.ending) yield 'ending';
  if (signs.stamp) yield 'stamp';
  if (signs.contribution) yield 'hour';
  if (signs.menu) yield 'menu';
  if (signs.machine || signs.code) yield 'machine';
  if (signs.cue || signs.policy) yield 'cue';
  if (signs.picture) yield 'picture';
  if (signs.item) yield 'item';
  if (repeated) yield 'repeated';
  if (kept) yield 'kept';
  yield `gap ${line.gapBefore ? 'before' : ''}${line.gapAfter ? 'after' : ''}`;
  yield `small ${step(line.smallShare, [0, 0.3, 0.6])}`;
  yield* neighbours(lines, index);
}

function* neighbours(lines: readonly SignedLine[], index: number): Generator<string> {
  const [before, after, later] = [lines[index - 1], lines[index + 1], lines[index + 2]];
  if (after?.signs.stamp) yield 'stamp follows';
  else if (later?.signs.stamp || lines[index + 3]?.signs.stamp) yield 'stamp soon';
  if (after?.signs.prose) yield 'prose follows';
  else if (after?.signs.closed) yield 'sentence follows';
  if (before?.signs.stamp) yield 'stamp before';
  if (before?.signs.menu) yield 'menu before';
  if (before?.signs.label) yield 'label before';
  if (before && isTitleLike(before)) {
    yield 'title-like before';
    if (before.line.words < (lines[index]?.line.words ?? 0)) yield 'shorter title-like before';
  }
  if (after && isTitleLike(after)) yield 'title-like after';
}

function isTitleLike({ line, signs }: SignedLine): boolean {
  const { stamp, menu, bar, label, machine, opening, ending, closed, item } = signs;
  return (
    line.words >= 3 && !(stamp || menu || bar || label || machine || opening || ending || closed || item)
  );
}

function step(value: number, limits: readonly number[]): string {
  return `${limits.find((limit) => value <= limit) ?? 'more'}`;
}
