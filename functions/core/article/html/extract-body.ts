import type { StatedTime } from '../article.ts';
import { readHints } from './block-hints.ts';
import { type Block, readBlocks } from './blocks.ts';
import { chooseBlocks } from './choose-blocks.ts';
import { findHeadline, type ToldTitle } from './find-headline.ts';
import { flatten } from './flatten.ts';
import { keepChosen } from './keep-chosen.ts';
import type { Known } from './line-hints.ts';
import { namedPurposes } from './name-hints.ts';
import { authorsNear, dateNear, linesNear } from './near-headline.ts';
import type { TimeContext } from './stated-time.ts';
import { attribute, detachAll, type Element, elementsIn } from './tree.ts';

/** The article's part of a page, its headline, and the lines of the page's text that were left out. */
export interface Extracted {
  readonly title: string;
  readonly body: Element;
  readonly cut: readonly string[];
  /** Authors that the page shows beside its headline. */
  readonly authors: readonly string[];
  readonly published?: StatedTime;
}

const furniture = /^(?:nav|aside|footer|form|frame|iframe)$/;
const chromePurposes = [
  'nav',
  'foot',
  'side',
  'share',
  'more',
  'mail',
  'cover',
  'ad',
  'talk',
  'widget',
  'form',
  'card',
];

/** A page without menus, boxes and the names of such: all of it is its author's. */
const isBare = (page: Element, blocks: readonly Block[]): boolean => {
  for (const element of elementsIn(page)) {
    if (furniture.test(element.tagName) || attribute(element, 'bgcolor') !== undefined) return false;
    const purposes = namedPurposes(element);
    if (chromePurposes.some((purpose) => purposes.has(purpose))) return false;
  }
  const links = blocks.filter(({ linked }) => linked > 0.9).length;
  return links <= blocks.length / 4;
};

/** Finds the article in a page. A page without chrome is kept whole but for its headline. */
export const extractBody = (page: Element, known: Known & ToldTitle, context: TimeContext): Extracted => {
  const blocks = readBlocks(page);
  const bare = isBare(page, blocks);
  const chosen = bare ? blocks.map(() => true) : chooseBlocks(readHints(blocks, known));
  const story = chosen.indexOf(true);
  const { title, index } = findHeadline(known, blocks, story);
  if (index >= 0) chosen[index] = false;
  const cut = blocks.flatMap(({ text }, at) => (chosen[at] || at === index ? [] : [text]));
  const near = linesNear(blocks, index >= 0 ? index : story);
  const published = dateNear(near, context);
  const authors = authorsNear(near, blocks);
  const body = bare ? page : keepChosen(page, blocks, chosen);
  if (bare) detachAll(blocks[index]?.nodes ?? []);
  flatten(body);
  return { title, body, cut, authors, ...(published && { published }) };
};
