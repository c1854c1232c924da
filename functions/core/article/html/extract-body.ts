import type { StatedTime } from '../../article.ts';
import { type Element, getAttribute, removeNodes, walkElements } from '../body/tree.ts';
import { extractBlockFeatures } from './block-features.ts';
import { type DeclaredTitle, findPageHeadline } from './find-page-headline.ts';
import { keepSelectedBlocks } from './keep-selected-blocks.ts';
import { findAuthorsNearHeadline, findDateNearHeadline, selectLinesNearHeadline } from './near-headline.ts';
import { type PageBlock, splitPageBlocks } from './page-blocks.ts';
import type { TimeContext } from './parse-stated-time.ts';
import { findPurposes } from './purposes.ts';
import { removeWrappers } from './remove-wrappers.ts';
import { selectBlocks } from './select-blocks.ts';
import type { KnownArticle } from './text-features.ts';

/** The article's part of a page, its headline, and the lines of the page's text that were left out. */
export interface ExtractedBody {
  readonly title: string;
  readonly body: Element;
  readonly cut: readonly string[];
  /** Authors that the page shows beside its headline. */
  readonly authors: readonly string[];
  readonly published?: StatedTime;
}

const chromeTags = /^(?:nav|aside|footer|form|frame|iframe)$/;
const chromePurposes = 'nav foot side share related newsletter overlay ad comments widget form card'.split(' ');

/** A page without menus, boxes and the names of such: all of it is its author's. */
const hasNoChrome = (page: Element, blocks: readonly PageBlock[]): boolean => {
  for (const element of walkElements(page)) {
    if (chromeTags.test(element.tagName) || getAttribute(element, 'bgcolor') !== undefined) return false;
    const purposes = findPurposes(element);
    if (chromePurposes.some((purpose) => purposes.has(purpose))) return false;
  }
  const links = blocks.filter(({ linkShare }) => linkShare > 0.9).length;
  return links <= blocks.length / 4;
};

/** Finds the article in a page. A page without chrome is kept whole but for its headline. */
export const extractBody = (
  page: Element,
  known: KnownArticle & DeclaredTitle,
  context: TimeContext,
): ExtractedBody => {
  const blocks = splitPageBlocks(page);
  const bare = hasNoChrome(page, blocks);
  const chosen = bare ? blocks.map(() => true) : selectBlocks(extractBlockFeatures(blocks, known));
  const story = chosen.indexOf(true);
  const { title, index } = findPageHeadline(known, blocks, story);
  if (index >= 0) chosen[index] = false;
  const cut = blocks.flatMap(({ text }, at) => (chosen[at] || at === index ? [] : [text]));
  const near = selectLinesNearHeadline(blocks, index >= 0 ? index : story);
  const published = findDateNearHeadline(near, context);
  const authors = findAuthorsNearHeadline(near, blocks);
  const body = bare ? page : keepSelectedBlocks(page, blocks, chosen);
  if (bare) removeNodes(blocks[index]?.nodes ?? []);
  removeWrappers(body);
  return { title, body, cut, authors, ...(published && { published }) };
};
