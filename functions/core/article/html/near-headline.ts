import { createAncestorTest, walkAncestors } from '../body/tree.ts';
import { parseNames } from './find-authors.ts';
import { isAside } from './find-dates.ts';
import type { PageBlock } from './page-blocks.ts';
import { parseLineFeatures } from './page-features.ts';
import { splitWords } from './split-words.ts';

const maxLinesAbove = 3;
const maxLinesBelow = 12;
const maxLineLength = 200;
/** Lines so near are about the article, also where they are in an `<aside>`. */
const maxLinesBeside = 2;

/** A summary and a notice may be between the headline and the lines about the article. */
const maxProseBetween = 2;

/** The blocks around a headline that may tell who wrote the article, and when: up to its third paragraph. */
export const selectBlocksNearHeadline = (blocks: readonly PageBlock[], headline: number): Map<number, PageBlock> => {
  const near = new Map<number, PageBlock>();
  if (headline < 0) return near;
  const around = new Set(walkAncestors(blocks[headline]?.container));
  const isInAside = createAncestorTest((element) => !around.has(element) && isAside(element));
  const isInNamedAside = createAncestorTest((element) => !around.has(element) && isAside(element, true));
  let prose = 0;
  for (let index = Math.max(0, headline - maxLinesAbove); index <= headline + maxLinesBelow; index += 1) {
    const block = blocks[index];
    if (!block || prose > maxProseBetween) break;
    if (block.text.length > maxLineLength || parseLineFeatures(block.text).prose) prose += Number(index > headline);
    const isBeside = Math.abs(index - headline) <= maxLinesBeside;
    const isOthers = (isBeside ? isInNamedAside : isInAside)(block.container);
    if (block.text.length <= maxLineLength && !isOthers) near.set(index, block);
  }
  return near;
};

const bylinePattern =
  /^(?:(?:written|posted|published|reported|story|words)\s+by|by|von|par|por|di|door|author)\b\s*:?\s*(.*)$/i;
const nameParticles = /^(?:de|da|di|del|della|der|den|van|von|la|le|el|al|bin|ibn|dos|du|y|ten|ter)$/;

/** Two to five words with capitals, as in a person's name. */
const isFullName = (name: string): boolean => {
  const words = name.split(/\s+/);
  const isNamePart = (word: string): boolean => /^\p{Lu}[\p{L}.'’-]*$/u.test(word) || nameParticles.test(word);
  return words.length > 1 && words.length < 6 && words.every(isNamePart);
};

/** A line that is only a name, which the page describes further down: "Ann Lee is a reporter …" */
const findDescribedName = (lines: readonly string[], blocks: readonly PageBlock[]): string[] => {
  const name = lines.find((line) => isFullName(line) && blocks.some(({ text }) => text.startsWith(`${line} is `)));
  return name === undefined ? [] : [name];
};

/** From "By Ann Lee and Bo Ek", from the line after a lone "By", or from a line that is only a name. */
export const findAuthorsNearHeadline = (lines: readonly string[], blocks: readonly PageBlock[]): string[] => {
  for (const [index, line] of lines.entries()) {
    const byline = bylinePattern.exec(line)?.[1];
    const written = byline?.trim() === '' ? lines[index + 1] : byline;
    const names = parseNames(written ?? '').filter((name) => splitWords(name).length <= 5 && !/[.!?:]\s|\d/.test(name));
    if (names.length > 0) return names;
    const trailing = parseNames(/[\s·|,][Bb]y (\p{Lu}.*)$/u.exec(line)?.[1] ?? '').filter(isFullName);
    if (trailing.length > 0) return trailing;
  }
  return findDescribedName(lines, blocks);
};
