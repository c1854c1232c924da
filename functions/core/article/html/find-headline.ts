import type { Block } from './blocks.ts';
import { signsOf } from './scene.ts';
import { sharedWords, wordsOf } from './words.ts';

/** The headline, and its place among the blocks of the page; -1 where it is not shown. */
export interface Headline {
  readonly title: string;
  readonly index: number;
}

/** What the page's metadata calls the article. */
export interface ToldTitle {
  readonly title: string;
  /** Not just the name of a window: a heading or the article's own metadata says so. */
  readonly isCertain: boolean;
}

/** Lines that stand between a headline and its story. */
const isByTheWay = ({ text, linked }: Block): boolean => {
  const { stamp, label, opening, menu, cue } = signsOf(text);
  return linked > 0.8 || stamp || label || opening || menu || cue;
};

const isHeading = ({ home }: Block): boolean => /^h[1-6]$/.test(home.tagName);

/** The nearest line above the story that is neither by-line, date nor link. */
const lineAbove = (blocks: readonly Block[], story: number): number => {
  for (let index = story; index >= Math.max(0, story - 8); index -= 1) {
    const block = blocks[index];
    if (block && block.text.length < 160 && wordsOf(block.text).length > 1 && !isByTheWay(block))
      return index;
  }
  return -1;
};

/** The longest line above the story that is a part of the window's title: the rest names the site. */
const partOf = (title: string, blocks: readonly Block[], story: number): number => {
  const whole = ` ${wordsOf(title).join(' ')} `;
  let [best, length] = [-1, 0];
  for (const [index, { text }] of blocks.slice(0, story + 3).entries()) {
    const words = wordsOf(text);
    if (words.length > 2 && words.length >= length && whole.includes(` ${words.join(' ')} `))
      [best, length] = [index, words.length];
  }
  return best;
};

const sameLine = (title: string, blocks: readonly Block[]): number => {
  const same = ({ text }: Block): boolean => text.length < 400 && sharedWords(text, title) > 0.9;
  const heading = blocks.findIndex((block) => isHeading(block) && same(block));
  return heading >= 0 ? heading : blocks.findIndex(same);
};

/** The first heading, which is the title of a page that tells none. */
const firstHeading = (blocks: readonly Block[]): number => {
  const main = blocks.findIndex(({ home, text }) => home.tagName === 'h1' && text.length < 300);
  return main >= 0
    ? main
    : blocks.findIndex((block) => isHeading(block) && block.text.length < 300 && !isByTheWay(block));
};

/** Finds the headline that readers see; `story` is the index of the article's first block. */
export const findHeadline = (
  { title, isCertain }: ToldTitle,
  blocks: readonly Block[],
  story: number,
): Headline => {
  const shown = (index: number): Headline => ({ title: blocks[index]?.text ?? title, index });
  if (title !== '') {
    const same = sameLine(title, blocks);
    if (same >= 0) return { title, index: same };
    const part = isCertain ? -1 : partOf(title, blocks, story);
    if (part >= 0) return shown(part);
    const above = isCertain ? -1 : lineAbove(blocks, story - 1);
    return above >= 0 ? shown(above) : { title, index: -1 };
  }
  const heading = firstHeading(blocks);
  return shown(heading >= 0 ? heading : lineAbove(blocks, story));
};
