import type { Block } from './blocks.ts';
import { isHeading, type Scene } from './scene.ts';
import { step } from './step.ts';
import { attribute, type Element, parentElement } from './tree.ts';

const kindOf = ({ home }: Block): string => {
  const above = parentElement(home);
  return [home.tagName, attribute(home, 'class'), above?.tagName, above && attribute(above, 'class')].join(
    '|',
  );
};

/**
 * How much of the prose stands in the same kind of place, as an author's paragraphs are set alike; and whether a block
 * stands before, amid or after the paragraphs of the commonest kinds.
 */
export const kindHints = ({ blocks, signed, allProse }: Scene): string[][] => {
  const prose = new Map<string, number>();
  const kinds = blocks.map(kindOf);
  kinds.forEach((kind, index) => {
    const item = signed[index];
    if (item?.signs.prose) prose.set(kind, (prose.get(kind) ?? 0) + item.line.words);
  });
  const shares = kinds.map((kind) => (prose.get(kind) ?? 0) / allProse);
  const isMain = (share: number, index: number): boolean =>
    share > 0.15 && signed[index]?.signs.prose === true;
  const [first, last] = [shares.findIndex(isMain), shares.findLastIndex(isMain)];
  return shares.map((share, index) => [
    `kind ${step(share, [0, 0.03, 0.1, 0.3])}`,
    first < 0 ? 'without kind' : index < first ? 'before kind' : index > last ? 'after kind' : 'amid kind',
  ]);
};

interface Size {
  blocks: number;
  words: number;
  linked: number;
  prose: number;
}

const sizesOf = ({ blocks, signed }: Scene): Map<Element, Size> => {
  const sizes = new Map<Element, Size>();
  blocks.forEach(({ home, linked }, index) => {
    const item = signed[index];
    if (!item) return;
    for (let at: Element | undefined = home; at; at = parentElement(at)) {
      const size = sizes.get(at) ?? { blocks: 0, words: 0, linked: 0, prose: 0 };
      size.blocks += 1;
      size.words += item.line.words;
      size.linked += item.line.words * linked;
      size.prose += Number(item.signs.prose);
      sizes.set(at, size);
    }
  });
  return sizes;
};

const groupHint = (name: string, { words, linked, prose, blocks }: Size): string =>
  `${name} links ${step(linked / Math.max(1, words), [0.05, 0.25, 0.6, 0.9])} prose ${step(prose / blocks, [0, 0.2, 0.6])}`;

/** What the group a block belongs to looks like: the smallest of three blocks or more, and the largest below the main place. */
export const groupHints = (scene: Scene, main: Element | undefined): string[][] => {
  const sizes = sizesOf(scene);
  return scene.blocks.map(({ home }) => {
    const hints: string[] = [];
    let above: Element | undefined;
    for (let at: Element | undefined = home; at && at !== main; at = parentElement(at)) {
      const size = sizes.get(at);
      if (!size) continue;
      if (hints.length === 0 && size.blocks >= 3) hints.push(groupHint('group', size));
      above = at;
    }
    const size = above && sizes.get(above);
    if (size) hints.push(groupHint('section', size), `section blocks ${step(size.blocks, [1, 2, 5, 15])}`);
    return hints;
  });
};

/** What the heading above a block says: a heading of other stories rules over all that follows it. */
export const headingHints = ({ blocks, signed }: Scene): string[] => {
  let current = 'over none';
  return blocks.map((block, index) => {
    const signs = signed[index]?.signs;
    if (signs && isHeading(block)) {
      current =
        signs.ending || signs.label
          ? 'over ending'
          : block.linked > 0.8
            ? 'over linked'
            : signs.opening || signs.cue
              ? 'over opening'
              : 'over plain';
    }
    return current;
  });
};
