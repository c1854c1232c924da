/** What all benchmarks share: how times are taken together, and how they are told. */

/** The middle of some measurements, and how far they lie apart. */
export interface MeasuredSpread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export const computeSpread = (measured: readonly number[]): MeasuredSpread => {
  const sorted = measured.toSorted((a, b) => a - b);
  const at = (place: number): number => sorted[Math.floor(place)] ?? Number.NaN;
  return { median: at(sorted.length / 2), min: at(0), max: at(sorted.length - 1) };
};

/** `270 ms (251–312)`, or in seconds from ten on. */
export const formatSpread = ({ median, min, max }: MeasuredSpread): string =>
  median < 10_000
    ? `${median.toFixed(0)} ms (${min.toFixed(0)}–${max.toFixed(0)})`
    : `${(median / 1000).toFixed(1)} s (${(min / 1000).toFixed(1)}–${(max / 1000).toFixed(1)})`;

/** Milliseconds that work took. */
export const measureMs = async (work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** Prints a table in Markdown: the first column to the left, the others to the right. */
export const printTable = (head: readonly string[], rows: readonly (readonly string[])[]): void => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
  console.log(`\n${[head, rule, ...rows].map(line).join('\n')}\n`);
};
