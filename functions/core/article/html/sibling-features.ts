import { type Element, getAttribute, getParentElement, walkAncestors } from '../body/tree.ts';
import type { LineFeatures } from '../text/line-features.ts';
import { quantize } from '../text/quantize.ts';
import type { PageBlock } from './page-blocks.ts';
import { isHeadingBlock, type PageFeatures } from './page-features.ts';

/** Numbers stand for class names: these can be long, and many blocks have the same. */
const createPlacementKeys = (): ((block: PageBlock) => string) => {
  const numbers = new Map<string | undefined, number>();
  const toNumber = (className: string | undefined): number => {
    const number = numbers.get(className) ?? numbers.size;
    numbers.set(className, number);
    return number;
  };
  return ({ container }) => {
    const above = getParentElement(container);
    const classes = [container, above].map((element) => toNumber(element && getAttribute(element, 'class')));
    return [container.tagName, above?.tagName, ...classes].join('|');
  };
};

interface KindSize {
  blocks: number;
  words: number;
  linked: number;
  prose: number;
  closed: number;
}

const describeKind = (size: KindSize | undefined): string[] =>
  size
    ? [
        `kind blocks ${quantize(size.blocks, [1, 3, 10])}`,
        `kind links ${quantize(size.linked / Math.max(1, size.words), [0.1, 0.6])}`,
        `kind length ${quantize(size.words / size.blocks, [3, 8, 20, 40])}`,
        `kind closed ${quantize(size.closed / size.blocks, [0, 0.3, 0.7])}`,
      ]
    : [];

/**
 * The share of the prose that is placed like the block, as an author's paragraphs are placed alike; and whether the
 * block is before, amid or after the paragraphs of the most frequent kinds.
 */
export const extractKindFeatures = ({ blocks, lines, maxProseWords }: PageFeatures): string[][] => {
  const kinds = blocks.map(createPlacementKeys());
  const sizes = new Map<string, KindSize>();
  kinds.forEach((kind, index) => {
    const [item, block] = [lines[index], blocks[index]];
    if (!item || !block) return;
    const size = sizes.get(kind) ?? { blocks: 0, words: 0, linked: 0, prose: 0, closed: 0 };
    size.blocks += 1;
    size.words += item.line.words;
    size.linked += item.line.words * block.linkShare;
    size.prose += item.features.prose ? item.line.words : 0;
    size.closed += Number(item.features.endsSentence);
    sizes.set(kind, size);
  });
  const shares = kinds.map((kind) => (sizes.get(kind)?.prose ?? 0) / maxProseWords);
  const isMain = (share: number, index: number): boolean => share > 0.15 && lines[index]?.features.prose === true;
  const [first, last] = [shares.findIndex(isMain), shares.findLastIndex(isMain)];
  return shares.map((share, index) => [
    `kind ${quantize(share, [0, 0.03, 0.1, 0.3])}`,
    first < 0 ? 'without kind' : index < first ? 'before kind' : index > last ? 'after kind' : 'amid kind',
    ...describeKind(sizes.get(kinds[index] ?? '')),
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
    for (const element of walkAncestors(container)) {
      const size = sizes.get(element) ?? { blocks: 0, words: 0, linked: 0, prose: 0 };
      size.blocks += 1;
      size.words += item.line.words;
      size.linked += item.line.words * linkShare;
      size.prose += Number(item.features.prose);
      sizes.set(element, size);
    }
  });
  return sizes;
};

const formatGroupFeature = (name: string, { words, linked, prose, blocks }: GroupSize): string =>
  `${name} links ${quantize(linked / Math.max(1, words), [0.05, 0.25, 0.6, 0.9])} prose ${quantize(prose / blocks, [0, 0.2, 0.6])}`;

/** The smallest group of at least three blocks that a block is in, and the largest group below the main container. */
export const extractGroupFeatures = (page: PageFeatures, main: Element | undefined): string[][] => {
  const sizes = measureGroups(page);
  return page.blocks.map(({ container }) => {
    const features: string[] = [];
    let above: Element | undefined;
    for (const element of walkAncestors(container)) {
      if (element === main) break;
      const size = sizes.get(element);
      if (!size) continue;
      if (features.length === 0 && size.blocks >= 3) features.push(formatGroupFeature('group', size));
      above = element;
    }
    const size = above && sizes.get(above);
    if (size)
      features.push(formatGroupFeature('section', size), `section blocks ${quantize(size.blocks, [1, 2, 5, 15])}`);
    return features;
  });
};

const formatHeadingFeature = ({ linkShare }: PageBlock, features: LineFeatures): string => {
  if (features.ending || features.label) return 'over ending';
  if (linkShare > 0.8) return 'over linked';
  return features.opening || features.keyword ? 'over opening' : 'over plain';
};

/** What the last heading before a block says: "Related stories" applies to all blocks below it. */
export const extractHeadingFeatures = ({ blocks, lines }: PageFeatures): string[] => {
  let current = 'over none';
  return blocks.map((block, index) => {
    const item = lines[index];
    if (item && isHeadingBlock(block)) current = formatHeadingFeature(block, item.features);
    return current;
  });
};

const headingKinds = ['discussion', 'seeAlso', 'keyword', 'opening', 'ending', 'label'] as const;

/** What is between two headings: how many blocks, how much of it links and prose, and what the heading above says. */
export const extractSectionFeatures = ({ blocks, lines }: PageFeatures): string[][] => {
  const headings: number[] = [];
  const sizes = new Map<number, GroupSize>();
  blocks.forEach((block, index) => {
    const isHeading = isHeadingBlock(block);
    const heading = isHeading ? index : (headings.at(-1) ?? -1);
    headings.push(heading);
    const size = sizes.get(heading) ?? { blocks: 0, words: 0, linked: 0, prose: 0 };
    const item = lines[index];
    if (item && !isHeading) {
      size.blocks += 1;
      size.words += item.line.words;
      size.linked += item.line.words * block.linkShare;
      size.prose += item.features.prose ? item.line.words : 0;
    }
    sizes.set(heading, size);
  });
  return headings.map((heading, index) => {
    const { words = 0, linked = 0, prose = 0, blocks: count = 0 } = sizes.get(heading) ?? {};
    const features = [
      `headed links ${quantize(linked / Math.max(1, words), [0.05, 0.25, 0.6, 0.9])}`,
      `headed prose ${quantize(prose / Math.max(1, words), [0, 0.3, 0.7, 0.9])}`,
      `headed blocks ${quantize(count, [0, 1, 3, 8, 20])}`,
    ];
    const [above, block] = [lines[heading], blocks[heading]];
    if (!above || !block || heading === index) return features;
    const kinds = headingKinds.filter((kind) => above.features[kind]);
    return [...features, `headed <${block.container.tagName}>`, ...kinds.map((kind) => `headed ${kind}`)];
  });
};
