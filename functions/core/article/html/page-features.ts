import { type Element, isHeadingElement, isInside, walkAncestors } from '../body/tree.ts';
import type { AnalyzedLine } from '../text/line-context.ts';
import { extractLineFeatures, type LineFeatures } from '../text/line-features.ts';
import { splitLines } from '../text/lines.ts';
import type { PageBlock } from './page-blocks.ts';

export interface PageFeatures {
  readonly blocks: readonly PageBlock[];
  readonly lines: readonly AnalyzedLine[];
  /** Words of prose below each element. */
  readonly proseWords: ReadonlyMap<Element, number>;
  readonly maxProseWords: number;
}

const emptyLine = { number: 1, key: '', words: 0, lowercaseShare: 0.5, gapBefore: true, gapAfter: true };

const analyzeBlockText = (text: string): AnalyzedLine => {
  const [line = { text, ...emptyLine }] = splitLines(text);
  return { line, features: extractLineFeatures(line) };
};

export const parseLineFeatures = (text: string): LineFeatures => analyzeBlockText(text).features;

export const isHeadingBlock = ({ container }: PageBlock): boolean => isHeadingElement(container);

const countProseWords = (blocks: readonly PageBlock[], lines: readonly AnalyzedLine[]): Map<Element, number> => {
  const proseWords = new Map<Element, number>();
  blocks.forEach(({ container, linkShare }, index) => {
    const item = lines[index];
    if (!item?.features.prose || linkShare > 0.5) return;
    for (const element of walkAncestors(container))
      proseWords.set(element, (proseWords.get(element) ?? 0) + item.line.words);
  });
  return proseWords;
};

export const extractPageFeatures = (blocks: readonly PageBlock[]): PageFeatures => {
  const lines = blocks.map(({ text }) => analyzeBlockText(text));
  const proseWords = countProseWords(blocks, lines);
  let maxProseWords = 1;
  for (const words of proseWords.values()) maxProseWords = Math.max(maxProseWords, words);
  return { blocks, lines, proseWords, maxProseWords };
};

export const findMainContainer = ({ proseWords, maxProseWords }: PageFeatures): Element | undefined =>
  [...proseWords]
    .filter(([, words]) => words > maxProseWords * 0.6)
    .map(([element]) => element)
    .reduce<Element | undefined>((main, element) => (!main || isInside(element, main) ? element : main), undefined);
