export type FrontMatterFormat = 'yaml' | 'toml' | 'json' | 'pandoc';

/** The header of a seed as its lines, without fences. */
export interface FrontMatterBlock {
  readonly format: FrontMatterFormat;
  readonly source: string;
  /** Number of the first line of `source` in the seed. */
  readonly firstLine: number;
  /** How many lines of the seed stand above its body. */
  readonly linesAbove: number;
  /** The line of a headline above it, which belongs to the body. */
  readonly heading?: string;
}

export const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';
