import type { LineFeatures } from './line-features.ts';
import type { TextLine } from './lines.ts';

export interface AnalyzedLine {
  readonly line: TextLine;
  readonly features: LineFeatures;
}

export interface LineContext {
  /** Lines to the nearest prose before and after; Infinity where there is none. */
  readonly sinceProse: number;
  readonly untilProse: number;
  /** The shares of all words of prose before and after the line. */
  readonly proseBefore: number;
  readonly proseAfter: number;
  /** Length of the run of lines without prose that the line is in; 0 for prose. */
  readonly run: number;
  /** The shares of chrome lines, list items and lower-case words in that run. */
  readonly runChrome: number;
  readonly runItems: number;
  readonly runLowercase: number;
  /** Lines of prose among the eight lines before and the eight after. */
  readonly proseNear: number;
  /** Chrome lines (labels, openings, endings, keywords, menus) among the three lines before and the three after. */
  readonly chromeNear: number;
  /** Lines before this one, in the second half of the prose, that begin as the end of an article does. */
  readonly endingsBefore: number;
  /** Lines before this one, after some prose, that begin a discussion. */
  readonly discussions: number;
  /** Heads and feet of readers' comments among the twelve lines before and the twelve after. */
  readonly contributionsNear: number;
  readonly repeated: boolean;
  readonly repeatedNear: number;
}

export const measureLineContexts = (lines: readonly AnalyzedLine[]): LineContext[] => {
  const since = countLinesSinceProse(lines);
  const until = countLinesSinceProse(lines.toReversed()).toReversed();
  const counts = countFeatures(lines);
  const allProse = counts.proseWords.before(lines.length);
  return lines.map(({ features, line }, index) => {
    const [sinceProse, untilProse] = [since[index] ?? 0, until[index] ?? 0];
    const from = Math.max(0, index - sinceProse + 1);
    const to = Math.min(lines.length, index + untilProse);
    const run = features.prose ? 0 : to - from;
    const shareOfRun = (sums: RunningSums) => (run > 0 ? (sums.before(to) - sums.before(from)) / run : 0);
    return {
      sinceProse,
      untilProse,
      proseBefore: allProse === 0 ? 0 : counts.proseWords.before(index) / allProse,
      proseAfter: allProse === 0 ? 0 : 1 - counts.proseWords.before(index + 1) / allProse,
      run,
      runChrome: shareOfRun(counts.chrome),
      runItems: shareOfRun(counts.items),
      runLowercase: shareOfRun(counts.lowercase),
      proseNear: counts.proseLines.near(index, 8),
      chromeNear: counts.chrome.near(index, 3) - counts.chrome.near(index, 0),
      endingsBefore: counts.endings.before(index),
      discussions: counts.discussions.before(index),
      contributionsNear: counts.contributions.near(index, 12),
      repeated: counts.isRepeated(line),
      repeatedNear: counts.repeats.near(index, 3) - counts.repeats.near(index, 0),
    };
  });
};

const countFeatures = (lines: readonly AnalyzedLine[]) => {
  const proseWords = createRunningSums(lines, ({ line, features }) => (features.prose ? line.words : 0));
  const proseLines = createRunningSums(lines, ({ features }) => Number(features.prose));
  const allProse = proseWords.before(lines.length);
  const linesByKey = new Map<string, number>();
  for (const { line } of lines) linesByKey.set(line.key, (linesByKey.get(line.key) ?? 0) + 1);
  const isRepeated = ({ key }: TextLine): boolean => key !== '' && (linesByKey.get(key) ?? 0) > 1;
  return {
    proseWords,
    proseLines,
    chrome: createRunningSums(lines, ({ features }) => Number(isChromeLike(features))),
    items: createRunningSums(lines, ({ features }) => Number(features.item)),
    lowercase: createRunningSums(lines, ({ line, features }) => (features.prose ? 0 : line.lowercaseShare)),
    contributions: createRunningSums(lines, ({ features }) => Number(features.contribution)),
    endings: createRunningSums(lines, ({ features }, index) =>
      Number(features.ending && proseWords.before(index) * 2 >= allProse),
    ),
    discussions: createRunningSums(lines, ({ features }, index) =>
      Number(features.discussion && proseLines.before(index) >= 3),
    ),
    repeats: createRunningSums(lines, ({ line }) => Number(isRepeated(line))),
    isRepeated,
  };
};

const isChromeLike = ({ label, opening, ending, keyword, menu, machine }: LineFeatures): boolean =>
  label || opening || ending || keyword || menu || machine;

const countLinesSinceProse = (lines: readonly AnalyzedLine[]): number[] => {
  let last = Number.NEGATIVE_INFINITY;
  return lines.map(({ features }, index) => {
    const distance = index - last;
    if (features.prose) last = index;
    return distance;
  });
};

interface RunningSums {
  readonly before: (index: number) => number;
  /** The sum over a line and the lines around it, up to a distance. */
  readonly near: (index: number, distance: number) => number;
}

const createRunningSums = (
  lines: readonly AnalyzedLine[],
  toValue: (item: AnalyzedLine, index: number) => number,
): RunningSums => {
  const sums = [0];
  let sum = 0;
  for (const [index, item] of lines.entries()) {
    sum += toValue(item, index);
    sums.push(sum);
  }
  const before = (index: number): number => sums[index] ?? 0;
  const near = (index: number, distance: number): number =>
    before(Math.min(index + distance + 1, lines.length)) - before(Math.max(index - distance, 0));
  return { before, near };
};
