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
  /** Of that run: the share of chrome lines, of items of a list, and of words in small letters. */
  readonly runChrome: number;
  readonly runItems: number;
  readonly runSmall: number;
  /** Lines of prose among the eight before and after. */
  readonly proseNear: number;
  /** Chrome lines (labels, openings, endings, cues, menus) among the three neighbours before and after. */
  readonly chromeNear: number;
  /** Openings of an end since the line where half of the prose had passed. */
  readonly endingsBefore: number;
  /** How many lines have opened a discussion after some prose. */
  readonly discussions: number;
  /** Heads and feet of contributions among the twelve lines before and after. */
  readonly contributionsNear: number;
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
  const proseLines = running(lines, ({ signs }) => Number(signs.prose));
  const items = running(lines, ({ signs }) => Number(signs.item));
  const small = running(lines, ({ line, signs }) => (signs.prose ? 0 : line.smallShare));
  const discussions = running(lines, ({ signs }, index) =>
    Number(signs.discussion && at(proseLines, index) >= 3),
  );
  const contributions = running(lines, ({ signs }) => Number(signs.contribution));
  const near = (sums: readonly number[], index: number) =>
    at(sums, Math.min(index + 4, lines.length)) -
    at(sums, Math.max(index - 3, 0)) -
    (at(sums, index + 1) - at(sums, index));

  return lines.map((item, index) => {
    const from = Math.max(0, index - at(since, index) + 1);
    const to = Math.min(lines.length, index + at(until, index));
    const run = item.signs.prose ? 0 : to - from;
    const inRun = (sums: readonly number[]) => (run > 0 ? (at(sums, to) - at(sums, from)) / run : 0);
    return {
      sinceProse: at(since, index),
      untilProse: at(until, index),
      proseBefore: all === 0 ? 0 : at(proseWords, index) / all,
      proseAfter: all === 0 ? 0 : 1 - at(proseWords, index + 1) / all,
      run,
      runChrome: inRun(chrome),
      runItems: inRun(items),
      runSmall: inRun(small),
      proseNear: at(proseLines, Math.min(index + 9, lines.length)) - at(proseLines, Math.max(index - 8, 0)),
      chromeNear: near(chrome, index),
      endingsBefore: at(endings, index),
      discussions: at(discussions, index),
      contributionsNear:
        at(contributions, Math.min(index + 13, lines.length)) - at(contributions, Math.max(index - 12, 0)),
      repeated: isRepeated(item),
      repeatedNear: near(repeats, index),
    };
  });
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
