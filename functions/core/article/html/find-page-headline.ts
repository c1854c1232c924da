import type { PageBlock } from './page-blocks.ts';
import { isHeadingBlock, parseLineFeatures } from './page-features.ts';
import { compareWordSets, splitWords } from './split-words.ts';

export interface PageHeadline {
  readonly title: string;
  /** Its block; -1 where the page does not show it. */
  readonly index: number;
}

export interface DeclaredTitle {
  readonly title: string;
  /** From a heading or the article's own metadata, not just from `<title>`. */
  readonly isCertain: boolean;
}

/** Lines that may be between a headline and its story. */
const isSecondaryLine = ({ text, linkShare }: PageBlock): boolean => {
  const { stamp, label, opening, menu, keyword } = parseLineFeatures(text);
  return linkShare > 0.8 || stamp || label || opening || menu || keyword;
};

/** By-line, date, links to share and the like. */
const maxLinesBetween = 20;

/** The nearest line above the story that is no byline, date or link. */
const findLineAbove = (blocks: readonly PageBlock[], story: number): number => {
  for (let index = story; index >= Math.max(0, story - 8); index -= 1) {
    const block = blocks[index];
    if (block && block.text.length < 160 && splitWords(block.text).length > 1 && !isSecondaryLine(block)) return index;
  }
  return -1;
};

/** The longest line above the story that is a part of the `<title>`: the rest names the site. */
const findTitlePart = (title: string, blocks: readonly PageBlock[], story: number): number => {
  const whole = ` ${splitWords(title).join(' ')} `;
  let [best, length] = [-1, 0];
  for (const [index, { text }] of blocks.slice(0, story + 3).entries()) {
    const words = splitWords(text);
    if (words.length > 2 && words.length >= length && whole.includes(` ${words.join(' ')} `))
      [best, length] = [index, words.length];
  }
  return best;
};

const findMatchingLine = (title: string, blocks: readonly PageBlock[]): number => {
  const titleWords = new Set(splitWords(title));
  const same = ({ text }: PageBlock): boolean =>
    text.length < 400 && compareWordSets(new Set(splitWords(text)), titleWords) > 0.9;
  const heading = blocks.findIndex((block) => isHeadingBlock(block) && same(block));
  return heading >= 0 ? heading : blocks.findIndex(same);
};

const findFirstHeading = (blocks: readonly PageBlock[]): number => {
  const main = blocks.findIndex(({ container, text }) => container.tagName === 'h1' && text.length < 300);
  return main >= 0
    ? main
    : blocks.findIndex((block) => isHeadingBlock(block) && block.text.length < 300 && !isSecondaryLine(block));
};

/** The only `<h1>` of a page, at the beginning of its story, where the title says something else. */
const findOnlyMainHeading = (blocks: readonly PageBlock[], story: number): number | undefined => {
  const headings = blocks.flatMap(({ container }, index) => (container.tagName === 'h1' ? [index] : []));
  const [only, ...others] = headings;
  const block = only === undefined ? undefined : blocks[only];
  if (only === undefined || !block || others.length > 0 || only > story || only < story - maxLinesBetween)
    return undefined;
  return block.text.length < 300 && splitWords(block.text).length > 2 && !isSecondaryLine(block) ? only : undefined;
};

/** The first line of a page without any heading that could be one. */
const findFirstLine = (blocks: readonly PageBlock[]): number =>
  blocks.findIndex((block) => {
    const words = splitWords(block.text).length;
    return words > 2 && words < 25 && block.text.length < 160 && !isSecondaryLine(block);
  });

export const findPageHeadline = (
  { title, isCertain }: DeclaredTitle,
  blocks: readonly PageBlock[],
  story: number,
): PageHeadline => {
  const shown = (index: number): PageHeadline => ({ title: blocks[index]?.text ?? title, index });
  if (title !== '') {
    const same = findMatchingLine(title, blocks);
    if (same >= 0) return { title, index: same };
    const part = isCertain ? -1 : findTitlePart(title, blocks, story);
    if (part >= 0) return shown(part);
    const above = isCertain ? -1 : (findOnlyMainHeading(blocks, story) ?? findLineAbove(blocks, story - 1));
    return above >= 0 ? shown(above) : { title, index: -1 };
  }
  const heading = findFirstHeading(blocks);
  const above = heading >= 0 ? heading : findLineAbove(blocks, story);
  return shown(above >= 0 ? above : findFirstLine(blocks));
};
