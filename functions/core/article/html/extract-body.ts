import { cleanLine } from '../clean-text.ts';
import { findBody } from './find-body.ts';
import { pruneChrome, pruneLinkLists } from './prune-chrome.ts';
import { textLines } from './text-lines.ts';
import { detach, type Element, elementsIn, findElements, lineOf } from './tree.ts';
import { sharedWords } from './words.ts';

/** The article's part of a page, its headline, and the lines of the page's text that were left out. */
export interface Extracted {
  readonly title: string;
  readonly body: Element;
  readonly cut: readonly string[];
}

const isPlain = (page: Element): boolean => {
  for (const { tagName, attrs } of elementsIn(page)) {
    if (/^(?:nav|aside|footer|header|form|main|table)$/.test(tagName)) return false;
    if (attrs.some(({ name }) => name === 'class' || name === 'id' || name === 'role' || name === 'onclick'))
      return false;
  }
  return true;
};

const cutLines = (all: readonly string[], kept: readonly string[], title: string): string[] => {
  const left = new Map<string, number>();
  for (const line of kept) left.set(line, (left.get(line) ?? 0) + 1);
  return all.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0 && line !== title;
  });
};

const firstHeading = (page: Element): Element | undefined => {
  const headings = findElements(page, ({ tagName }) => /^h[1-3]$/.test(tagName)).filter(
    (heading) => lineOf(heading) !== '',
  );
  return headings.find(({ tagName }) => tagName === 'h1') ?? headings[0];
};

/** Finds the article in a page. A page without any chrome is kept whole but for its headline. */
export const extractBody = (page: Element, told: string): Extracted => {
  const all = textLines(page);
  const title = told || cleanLine(lineOf(firstHeading(page) ?? page)).slice(0, 200);
  const headline = findElements(
    page,
    (element) => /^h[1-3]$/.test(element.tagName) && sharedWords(lineOf(element), title) > 0.8,
  )[0];
  let body = page;
  if (!isPlain(page)) {
    pruneChrome(page, headline ? [headline] : []);
    body = findBody(page);
    pruneLinkLists(body);
  }
  if (headline) detach(headline);
  return { title, body, cut: cutLines(all, textLines(body), title) };
};
