import type { LineSigns } from './line-signs.ts';
import type { Line } from './lines.ts';

/** A line with its own signs. */
export interface SignedLine {
  readonly line: Line;
  readonly signs: LineSigns;
}

/** Where a line stands among the others. */
export interface Surroundings {
  /** Lines to the nearest prose before and after; Infinity where there is none. */
  readonly sinceProse: number;
  readonly untilProse: number;
  /** Share of all words of prose that stand before the line, and after it. */
  readonly proseBefore: number;
  readonly proseAfter: number;
  /** Length of the run of lines without prose that the line belongs to; 0 for prose. */
  readonly run: number;
  /** Chrome lines (labels, openings, endings, cues, menus) among the three neighbours before and after. */
  readonly chromeNear: number;
  /** Openings of an end since the line where half of the prose had passed. */
  readonly endingsBefore: number;
  /** The same words stand elsewhere in the text. */
  readonly repeated: boolean;
  readonly repeatedNear: number;
}

/** Measures the surroundings of every line, in a few passes over all of them. */
export function readSurroundings(lines: readonly SignedLine[]): Surroundings[] {
  const since = distances(lines);
  const until = distances(lines.toReversed()).toReversed();
  const proseWords = running(lines, ({ line, signs }) => (signs.prose ? line.words : 0));
  const chrome = running(lines, ({ signs }) => Number(isChromeLike(signs)));
  const counts = new Map<string, number>();
  for (const { line } of lines) counts.set(line.key, (counts.get(line.key) ?? 0) + 1);
  const isRepeated = (item: SignedLine) => item.line.key !== '' && (counts.get(item.line.key) ?? 0) > 1;
  const repeats = running(lines, (item) => Number(isRepeated(item)));
  const all = proseWords.at(-1) ?? 0;
  const endings = running(lines, ({ signs }, index) =>
    Number(signs.ending && at(proseWords, index) * 2 >= all),
  );
  const near = (sums: readonly number[], index: number) =>
    at(sums, Math.min(index + 4, lines.length)) -
    at(sums, Math.max(index - 3, 0)) -
    (at(sums, index + 1) - at(sums, index));

  return lines.map((item, index) => ({
    sinceProse: at(since, index),
    untilProse: at(until, index),
    proseBefore: all === 0 ? 0 : at(proseWords, index) / all,
    proseAfter: all === 0 ? 0 : 1 - at(proseWords, index + 1) / all,
    run: item.signs.prose
      ? 0
      : Math.min(at(since, index), index + 1) + Math.min(at(until, index), lines.length - index) - 1,
    chromeNear: near(chrome, index),
    endingsBefore: at(endings, index),
    repeated: isRepeated(item),
    repeatedNear: near(repeats, index),
  }));
}

function isChromeLike({ label, opening, ending, cue, menu, machine }: LineSigns): boolean {
  return label || opening || ending || cue || menu || machine;
}

/** How many lines back the last prose stands, for every line. */
function distances(lines: readonly SignedLine[]): number[] {
  let last = Number.NEGATIVE_INFINITY;
  return lines.map(({ signs }, index) => {
    const distance = index - last;
    if (signs.prose) last = index;
    return distance;
  });
}

/** Running sums: entry i is the sum over the lines before line i. */
function running(lines: readonly SignedLine[], value: (item: SignedLine, index: number) => number): number[] {
  const sums = [0];
  let sum = 0;
  for (const [index, item] of lines.entries()) {
    sum += value(item, index);
    sums.push(sum);
  }
  return sums;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
