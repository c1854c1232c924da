import type { CutText, StatedTime } from '../../article.ts';
import {
  createAncestorTest,
  type Element,
  getAttribute,
  removeNodes,
  walkAncestors,
  walkElements,
} from '../body/tree.ts';
import { extractBlockFeatures } from './block-features.ts';
import { findCopies } from './find-copies.ts';
import { isAside } from './find-dates.ts';
import { type DeclaredTitle, findPageHeadline } from './find-page-headline.ts';
import { keepSelectedBlocks } from './keep-selected-blocks.ts';
import { findAuthorsNearHeadline, selectBlocksNearHeadline } from './near-headline.ts';
import { type PageBlock, splitPageBlocks } from './page-blocks.ts';
import { isHeadingBlock, parseLineFeatures } from './page-features.ts';
import { type HeadLine, parseHeadLine } from './parse-head-line.ts';
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
  readonly updated?: StatedTime;
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

const isShortLine = (text: string): boolean => text.length <= 120 && !parseLineFeatures(text).prose;

/** By-lines and date lines around the headline, and below the story. */
const findHeadLines = (
  near: ReadonlyMap<number, PageBlock>,
  last: readonly [number, PageBlock | undefined],
  context: TimeContext,
): Map<number, HeadLine> => {
  const found = new Map<number, HeadLine>();
  for (const [index, block] of near) {
    const line = isHeadingBlock(block) ? undefined : parseHeadLine(block.text, context);
    if (line) found.set(index, line);
  }
  const [index, block] = last;
  const isQuoted = block && [...walkAncestors(block.container)].some((element) => isAside(element));
  const line = block && !isQuoted ? parseHeadLine(block.text, context) : undefined;
  if (line?.reason === 'by-line') found.set(index, line);
  return found;
};

const maxLinesToDateBelow = 6;
const maxLinesOfListBelow = 15;

/** The date below a story, where it is the only one: several are those of other stories. */
const findDateBelow = (blocks: readonly PageBlock[], last: number, context: TimeContext): StatedTime | undefined => {
  const isInAside = createAncestorTest((element) => isAside(element));
  const dated = blocks.slice(last + 1, last + 1 + maxLinesOfListBelow).flatMap(({ text, container, linkShare }, at) => {
    const published = linkShare > 0.5 ? undefined : parseHeadLine(text, context)?.published;
    return published ? [{ published, isOwn: at < maxLinesToDateBelow && !isInAside(container) }] : [];
  });
  return dated.length === 1 && dated[0]?.isOwn ? dated[0].published : undefined;
};

/** Finds the article in a page. A page without chrome is kept whole, except for its headline, by-lines and dates. */
export const extractBody = (
  page: Element,
  known: KnownArticle & DeclaredTitle,
  context: TimeContext,
): ExtractedBody => {
  const blocks = splitPageBlocks(page);
  const isBare = hasNoChrome(page, blocks);
  const copies = findCopies(blocks);
  const selected = isBare
    ? blocks.map(() => true)
    : selectBlocks(extractBlockFeatures(blocks, known)).map((isSelected, at) => isSelected && copies[at] !== true);
  const start = selected.indexOf(true);
  const { title, index } = findPageHeadline(known, blocks, start);
  const near = selectBlocksNearHeadline(blocks, index >= 0 ? index : start);
  const last = selected.lastIndexOf(true);
  const headLines = findHeadLines(near, [last, blocks[last]], context);
  for (const at of [index, ...headLines.keys()]) if (at >= 0) selected[at] = false;
  const cut = blocks.flatMap(({ text }, at) =>
    selected[at] || at === index ? [] : [{ text, reason: headLines.get(at)?.reason ?? 'not part of the story' }],
  );
  const lines = [...headLines.values()];
  const texts = [...near.values()].map(({ text }) => text);
  const undated = [...near].flatMap(([at, { text }]) =>
    headLines.get(at)?.updated || !isShortLine(text) ? [] : [text],
  );
  const published =
    lines.find((line) => line.published)?.published ??
    parseFirstStatedTime(undated, context) ??
    findDateBelow(blocks, last, context);
  const updated = lines.find((line) => line.updated)?.updated;
  const named = lines.find((line) => line.authors.length > 0)?.authors ?? findAuthorsNearHeadline(texts, blocks);
  const body = isBare ? page : keepSelectedBlocks(page, blocks, selected);
  if (isBare) removeNodes(blocks.flatMap(({ nodes }, at) => (selected[at] ? [] : nodes)));
  removeWrappers(body);
  return {
    title,
    body,
    cut,
    authors: named,
    ...(published && { published }),
    ...(updated && { updated }),
  };
};
