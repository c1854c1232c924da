import type { LineFeatures } from './line-features.ts';
import type { TextLine } from './lines.ts';

/** A line with its own signs. */
export interface AnalyzedLine {
  readonly line: TextLine;
  readonly features: LineFeatures;
}

/** Where a line stands among the others. */
export interface LineContext {
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
  readonly runLowercase: number;
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
export const measureLineContexts = (lines: readonly AnalyzedLine[]): LineContext[] => {
  const since = countLinesSinceProse(lines);
  const until = countLinesSinceProse(lines.toReversed()).toReversed();
  const proseWords = toRunningSums(lines, ({ line, features }) => (features.prose ? line.words : 0));
  const chrome = toRunningSums(lines, ({ features }) => Number(isChromeLike(features)));
  const counts = new Map<string, number>();
  for (const { line } of lines) counts.set(line.key, (counts.get(line.key) ?? 0) + 1);
  const isRepeated = (item: AnalyzedLine) => item.line.key !== '' && (counts.get(item.line.key) ?? 0) > 1;
  const repeats = toRunningSums(lines, (item) => Number(isRepeated(item)));
  const all = proseWords.at(-1) ?? 0;
  const endings = toRunningSums(lines, ({ features }, index) =>
    Number(features.ending && getValue(proseWords, index) * 2 >= all),
  );
  const proseLines = toRunningSums(lines, ({ features }) => Number(features.prose));
  const items = toRunningSums(lines, ({ features }) => Number(features.item));
  const small = toRunningSums(lines, ({ line, features }) => (features.prose ? 0 : line.lowercaseShare));
  const discussions = toRunningSums(lines, ({ features }, index) =>
    Number(features.discussion && getValue(proseLines, index) >= 3),
  );
  const contributions = toRunningSums(lines, ({ features }) => Number(features.contribution));
  const near = (sums: readonly number[], index: number) =>
    getValue(sums, Math.min(index + 4, lines.length)) -
    getValue(sums, Math.max(index - 3, 0)) -
    (getValue(sums, index + 1) - getValue(sums, index));

  return lines.map((item, index) => {
    const from = Math.max(0, index - getValue(since, index) + 1);
    const to = Math.min(lines.length, index + getValue(until, index));
    const run = item.features.prose ? 0 : to - from;
    const inRun = (sums: readonly number[]) => (run > 0 ? (getValue(sums, to) - getValue(sums, from)) / run : 0);
    return {
      sinceProse: getValue(since, index),
      untilProse: getValue(until, index),
      proseBefore: all === 0 ? 0 : getValue(proseWords, index) / all,
      proseAfter: all === 0 ? 0 : 1 - getValue(proseWords, index + 1) / all,
      run,
      runChrome: inRun(chrome),
      runItems: inRun(items),
      runLowercase: inRun(small),
      proseNear: getValue(proseLines, Math.min(index + 9, lines.length)) - getValue(proseLines, Math.max(index - 8, 0)),
      chromeNear: near(chrome, index),
      endingsBefore: getValue(endings, index),
      discussions: getValue(discussions, index),
      contributionsNear:
        getValue(contributions, Math.min(index + 13, lines.length)) - getValue(contributions, Math.max(index - 12, 0)),
      repeated: isRepeated(item),
      repeatedNear: near(repeats, index),
    };
  });
};

const isChromeLike = ({ label, opening, ending, keyword, menu, machine }: LineFeatures): boolean => {
  return label || opening || ending || keyword || menu || machine;
};

/** How many lines back the last prose stands, for every line. */
const countLinesSinceProse = (lines: readonly AnalyzedLine[]): number[] => {
  let last = Number.NEGATIVE_INFINITY;
  return lines.map(({ features }, index) => {
    const distance = index - last;
    if (features.prose) last = index;
    return distance;
  });
};

/** Running sums: entry i is the sum over the lines before line i. */
const toRunningSums = (
  lines: readonly AnalyzedLine[],
  value: (item: AnalyzedLine, index: number) => number,
): number[] => {
  const sums = [0];
  let sum = 0;
  for (const [index, item] of lines.entries()) {
    sum += value(item, index);
    sums.push(sum);
  }
  return sums;
};

const getValue = (values: readonly number[], index: number): number => {
  return values[index] ?? 0;
};
