import { getParentElement } from '../body/tree.ts';
import type { PageBlock } from './page-blocks.ts';
import { splitWords } from './split-words.ts';

const minCopiedWords = 8;

/**
 * Whether each block is part of a second copy of the story, such as one for small screens: it says what an earlier one
 * in another element said, and so does a neighbor of both. One of the two is more than a label.
 */
export const findCopies = (blocks: readonly PageBlock[]): boolean[] => {
  const words = blocks.map(({ text }) => splitWords(text));
  const keys = words.map((each) => each.join(' '));
  const firstByKey = new Map<string, number>();
  const firsts = keys.map((key, index) => {
    const first = firstByKey.get(key);
    if (first === undefined && key !== '') firstByKey.set(key, index);
    return first;
  });
  const isLong = (index: number): boolean => (words[index]?.length ?? 0) >= minCopiedWords;
  return blocks.map(({ container }, index) => {
    const first = firsts[index];
    const earlier = first === undefined ? undefined : blocks[first];
    if (first === undefined || !earlier || getParentElement(earlier.container) === getParentElement(container))
      return false;
    return [-1, 1].some(
      (step) =>
        keys[index + step] !== undefined &&
        keys[index + step] === keys[first + step] &&
        first + step !== index &&
        (isLong(index) || isLong(index + step)),
    );
  });
};
