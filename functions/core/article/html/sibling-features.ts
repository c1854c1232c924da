import { type Element, getAttribute, getParentElement } from '../body/tree.ts';
import { quantize } from '../text/quantize.ts';
import type { PageBlock } from './page-blocks.ts';
import { isHeadingBlock, type PageFeatures } from './page-features.ts';

const toPlacementKey = ({ container }: PageBlock): string => {
  const above = getParentElement(container);
  return [
    container.tagName,
    getAttribute(container, 'class'),
    above?.tagName,
    above && getAttribute(above, 'class'),
  ].join('|');
};

/**
 * How much of the prose stands in the same kind of place, as an author's paragraphs are set alike; and whether a block
 * stands before, amid or after the paragraphs of the commonest kinds.
 */
export const extractKindFeatures = ({ blocks, lines, maxProseWords }: PageFeatures): string[][] => {
  const prose = new Map<string, number>();
  const kinds = blocks.map(toPlacementKey);
  kinds.forEach((kind, index) => {
    const item = lines[index];
    if (item?.features.prose) prose.set(kind, (prose.get(kind) ?? 0) + item.line.words);
  });
  const shares = kinds.map((kind) => (prose.get(kind) ?? 0) / maxProseWords);
  const isMain = (share: number, index: number): boolean => share > 0.15 && lines[index]?.features.prose === true;
  const [first, last] = [shares.findIndex(isMain), shares.findLastIndex(isMain)];
  return shares.map((share, index) => [
    `kind ${quantize(share, [0, 0.03, 0.1, 0.3])}`,
    first < 0 ? 'without kind' : index < first ? 'before kind' : index > last ? 'after kind' : 'amid kind',
  ]);
};

interface GroupSize {
  blocks: number;
  words: number;
  linked: number;
  prose: number;
}

const measureGroups = ({ blocks, lines }: PageFeatures): Map<Element, GroupSize> => {
  const sizes = new Map<Element, GroupSize>();
  blocks.forEach(({ container, linkShare }, index) => {
    const item = lines[index];
    if (!item) return;
    for (let at: Element | undefined = container; at; at = getParentElement(at)) {
      const size = sizes.get(at) ?? { blocks: 0, words: 0, linked: 0, prose: 0 };
      size.blocks += 1;
      size.words += item.line.words;
      size.linked += item.line.words * linkShare;
      size.prose += Number(item.features.prose);
      sizes.set(at, size);
    }
  });
  return sizes;
};

const formatGroupFeature = (name: string, { words, linked, prose, blocks }: GroupSize): string =>
  `${name} links ${quantize(linked / Math.max(1, words), [0.05, 0.25, 0.6, 0.9])} prose ${quantize(prose / blocks, [0, 0.2, 0.6])}`;

/** What the group a block belongs to looks like: the smallest of three blocks or more, and the largest below the main place. */
export const extractGroupFeatures = (page: PageFeatures, main: Element | undefined): string[][] => {
  const sizes = measureGroups(page);
  return page.blocks.map(({ container }) => {
    const features: string[] = [];
    let above: Element | undefined;
    for (let at: Element | undefined = container; at && at !== main; at = getParentElement(at)) {
      const size = sizes.get(at);
      if (!size) continue;
      if (features.length === 0 && size.blocks >= 3) features.push(formatGroupFeature('group', size));
      above = at;
    }
    const size = above && sizes.get(above);
    if (size)
      features.push(formatGroupFeature('section', size), `section blocks ${quantize(size.blocks, [1, 2, 5, 15])}`);
    return features;
  });
};

/** What the heading above a block says: a heading of other stories rules over all that follows it. */
export const extractHeadingFeatures = ({ blocks, lines }: PageFeatures): string[] => {
  let current = 'over none';
  return blocks.map((block, index) => {
    const signs = lines[index]?.features;
    if (signs && isHeadingBlock(block)) {
      current =
        signs.ending || signs.label
          ? 'over ending'
          : block.linkShare > 0.8
            ? 'over linked'
            : signs.opening || signs.keyword
              ? 'over opening'
              : 'over plain';
    }
    return current;
  });
};
