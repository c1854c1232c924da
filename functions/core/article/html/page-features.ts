import { type Element, getParentElement, isInside } from '../body/tree.ts';
import type { AnalyzedLine } from '../text/line-context.ts';
import { extractLineFeatures, type LineFeatures } from '../text/line-features.ts';
import { splitLines } from '../text/lines.ts';
import type { PageBlock } from './page-blocks.ts';

/** The blocks of a page with what each line says of itself, and where the prose stands. */
export interface PageFeatures {
  readonly blocks: readonly PageBlock[];
  readonly lines: readonly AnalyzedLine[];
  readonly proseWords: ReadonlyMap<Element, number>;
  readonly maxProseWords: number;
}

const analyzeBlockText = (text: string): AnalyzedLine => {
  const [line] = splitLines(text);
  const whole = line ?? {
    text,
    number: 1,
    key: '',
    words: 0,
    lowercaseShare: 0.5,
    gapBefore: true,
    gapAfter: true,
  };
  return { line: whole, features: extractLineFeatures(whole) };
};

/** What a line of text says of itself. */
export const parseLineFeatures = (text: string): LineFeatures => analyzeBlockText(text).features;

/** Whether a block is a heading. */
export const isHeadingBlock = ({ container }: PageBlock): boolean => /^h[1-6]$/.test(container.tagName);

/** Words of prose below each element: where the body is, there is most of it. */
const countProseWords = (blocks: readonly PageBlock[], signed: readonly AnalyzedLine[]): Map<Element, number> => {
  const proseIn = new Map<Element, number>();
  blocks.forEach(({ container, linkShare }, index) => {
    const item = signed[index];
    if (!item?.features.prose || linkShare > 0.5) return;
    for (let at: Element | undefined = container; at; at = getParentElement(at)) {
      proseIn.set(at, (proseIn.get(at) ?? 0) + item.line.words);
    }
  });
  return proseIn;
};

/** Reads the signs of every block, and sums up the prose. */
export const extractPageFeatures = (blocks: readonly PageBlock[]): PageFeatures => {
  const signed = blocks.map(({ text }) => analyzeBlockText(text));
  const proseIn = countProseWords(blocks, signed);
  let allProse = 1;
  for (const words of proseIn.values()) allProse = Math.max(allProse, words);
  return { blocks, lines: signed, proseWords: proseIn, maxProseWords: allProse };
};

/** The smallest element with most of the prose. */
export const findMainContainer = ({ proseWords, maxProseWords }: PageFeatures): Element | undefined =>
  [...proseWords]
    .filter(([, prose]) => prose > maxProseWords * 0.6)
    .map(([element]) => element)
    .reduce<Element | undefined>((main, element) => (!main || isInside(element, main) ? element : main), undefined);
