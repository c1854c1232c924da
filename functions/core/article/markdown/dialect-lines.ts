import type { CutText } from '../../article.ts';

/** Lines of Markdown that are converted one after another. */
export interface DialectLines {
  readonly lines: readonly string[];
  readonly shown: string[];
  readonly cut: CutText[];
  /** How many containers these lines are in. */
  readonly depth: number;
  /** Converts lines within these, such as those of a container. */
  readonly convertInner: (lines: readonly string[], prefix: string) => void;
  /** Where the container that begins in a line ends. */
  readonly containerEnds: ReadonlyMap<number, number>;
  /** Tags whose end is in none of the lines below. */
  readonly unclosed: Set<string>;
}

/** Converts lines from one on, where they are its kind. @returns the index of the first line behind them */
export type DialectConverter = (dialect: DialectLines, index: number, prefix: string) => number | undefined;

/** Begins fenced code: its mark, and what is said of it. */
export const openingFence = /^\s{0,20}(?:[-*+]\s+)?(`{3,}|~{3,})(.*)$/;

/** The first line from one on, and before `end`, that fits. */
export const findLine = (
  lines: readonly string[],
  from: number,
  fits: (line: string) => boolean,
  end = lines.length,
): number | undefined => {
  for (let index = from; index < Math.min(end, lines.length); index += 1) if (fits(lines[index] ?? '')) return index;
  return undefined;
};
