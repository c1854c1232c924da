import { type Known, readHints, signsOf } from './block-hints.ts';
import { type Block, readBlocks } from './blocks.ts';
import { chooseBlocks } from './choose-blocks.ts';
import { flatten } from './flatten.ts';
import { keepChosen } from './keep-chosen.ts';
import { attribute, type Element, elementsIn } from './tree.ts';
import { sharedWords } from './words.ts';

/** The article's part of a page, its headline, and the lines of the page's text that were left out. */
export interface Extracted {
  readonly title: string;
  readonly body: Element;
  readonly cut: readonly string[];
}

const furniture = /^(?:nav|aside|footer|header|form|main|iframe)$/;

/** A page that nobody set out with boxes, classes or menus: someone wrote all of it by hand. */
const isHandWritten = (page: Element): boolean => {
  for (const element of elementsIn(page)) {
    if (furniture.test(element.tagName)) return false;
    if (
      ['class', 'id', 'role', 'style', 'onclick', 'bgcolor'].some(
        (name) => attribute(element, name) !== undefined,
      )
    )
      return false;
  }
  return true;
};

const isHeadline = ({ home, text }: Block, title: string): boolean =>
  /^h[1-3]$/.test(home.tagName) && sharedWords(text, title) > 0.9;

/** The first heading, which is the title of a page that states none. */
const headingOf = (blocks: readonly Block[]): string => {
  const headings = blocks.filter(({ home, text }) => /^h[1-6]$/.test(home.tagName) && text.length < 300);
  return (headings.find(({ home }) => home.tagName === 'h1') ?? headings[0])?.text ?? '';
};

/** Lines that stand between a headline and its story. */
const isByTheWay = ({ text, linked }: Block): boolean => {
  const { stamp, label, opening, menu, cue } = signsOf(text);
  return linked > 0.8 || stamp || label || opening || menu || cue;
};

/** On a page that names no headline: the nearest line above the story that is neither by-line, date nor link. */
const headlineAbove = (blocks: readonly Block[], chosen: readonly boolean[]): number => {
  const first = chosen.indexOf(true);
  for (let index = first; index >= Math.max(0, first - 8); index -= 1) {
    const block = blocks[index];
    if (block && block.text.length < 160 && !isByTheWay(block)) return index;
  }
  return -1;
};

/** Finds the article in a page. A page written by hand is kept whole but for its headline. */
export const extractBody = (page: Element, known: Known): Extracted => {
  const blocks = readBlocks(page);
  const told = known.title || headingOf(blocks);
  const chosen = isHandWritten(page)
    ? blocks.map(() => true)
    : chooseBlocks(readHints(blocks, { ...known, title: told }));
  const headline = told
    ? blocks.findIndex((block) => isHeadline(block, told))
    : headlineAbove(blocks, chosen);
  const title = told || (blocks[headline]?.text ?? '');
  if (headline >= 0) chosen[headline] = false;
  const cut = blocks.flatMap(({ text }, index) => (chosen[index] || index === headline ? [] : [text]));
  const body = keepChosen(page, blocks, chosen);
  flatten(body);
  return { title, body, cut };
};
