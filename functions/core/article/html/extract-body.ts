import type { CutText, StatedTime } from '../../article.ts';
import { type Element, getAttribute, removeNodes, walkElements } from '../body/tree.ts';
import { extractBlockFeatures } from './block-features.ts';
import { type DeclaredTitle, findPageHeadline } from './find-page-headline.ts';
import { keepSelectedBlocks } from './keep-selected-blocks.ts';
import { findAuthorsNearHeadline, selectLinesNearHeadline } from './near-headline.ts';
import { type PageBlock, splitPageBlocks } from './page-blocks.ts';
import { parseFirstStatedTime, type TimeContext } from './parse-stated-time.ts';
import { findPurposes } from './purposes.ts';
import { removeWrappers } from './remove-wrappers.ts';
import { selectBlocks } from './select-blocks.ts';
import type { KnownArticle } from './text-features.ts';

export interface ExtractedBody {
  readonly title: string;
  readonly body: Element;
  readonly cut: readonly CutText[];
  /** Shown near the headline, like the date. */
  readonly authors: readonly string[];
  readonly published?: StatedTime;
}

const chromeTags = /^(?:nav|aside|footer|form)$/;
const chromePurposes = 'nav foot side share related newsletter overlay ad comments widget form card'.split(' ');

/** All of a page without menus, sidebars and the like is its author's. */
const hasNoChrome = (page: Element, blocks: readonly PageBlock[]): boolean => {
  for (const element of walkElements(page)) {
    if (chromeTags.test(element.tagName) || getAttribute(element, 'bgcolor') !== undefined) return false;
    const purposes = findPurposes(element);
    if (chromePurposes.some((purpose) => purposes.has(purpose))) return false;
  }
  const links = blocks.filter(({ linkShare }) => linkShare > 0.9).length;
  return links <= blocks.length / 4;
};

/** Finds the article in a page. A page without chrome is kept whole, except for its headline. */
export const extractBody = (
  page: Element,
  known: KnownArticle & DeclaredTitle,
  context: TimeContext,
): ExtractedBody => {
  const blocks = splitPageBlocks(page);
  const isBare = hasNoChrome(page, blocks);
  const selected = isBare ? blocks.map(() => true) : selectBlocks(extractBlockFeatures(blocks, known));
  const start = selected.indexOf(true);
  const { title, index } = findPageHeadline(known, blocks, start);
  if (index >= 0) selected[index] = false;
  const cut = blocks.flatMap(({ text }, at) =>
    selected[at] || at === index ? [] : [{ text, reason: 'not part of the story' }],
  );
  const near = selectLinesNearHeadline(blocks, index >= 0 ? index : start);
  const published = parseFirstStatedTime(near, context);
  const authors = findAuthorsNearHeadline(near, blocks);
  const body = isBare ? page : keepSelectedBlocks(page, blocks, selected);
  if (isBare) removeNodes(blocks[index]?.nodes ?? []);
  removeWrappers(body);
  return { title, body, cut, authors, ...(published && { published }) };
};
