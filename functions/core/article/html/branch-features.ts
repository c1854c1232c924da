import { type Element, walkAncestors } from '../body/tree.ts';
import { quantize } from '../text/quantize.ts';
import type { PageFeatures } from './page-features.ts';
import { findPurposes } from './purposes.ts';

const branchTags =
  /^(?:p|h[1-6]|ul|ol|div|section|aside|table|figure|blockquote|article|footer|header|form|pre|dl|span)$/;
const pathTags = /^(?:aside|section|div|table|figure|ul|ol|blockquote|article|footer|header|form|details|dl|li)$/;
const maxDepth = 6;

interface BranchSize {
  words: number;
  linked: number;
}

const measureBranches = ({ blocks, lines }: PageFeatures): Map<Element, BranchSize> => {
  const sizes = new Map<Element, BranchSize>();
  blocks.forEach(({ container, linkShare }, index) => {
    const words = lines[index]?.line.words ?? 0;
    for (const element of walkAncestors(container)) {
      const size = sizes.get(element) ?? { words: 0, linked: 0 };
      size.words += words;
      size.linked += words * linkShare;
      sizes.set(element, size);
    }
  });
  return sizes;
};

/**
 * A branch is the outermost element around a block that does not hold the main container: a paragraph of the story is
 * one itself, a box within the story is a larger one, and a side column is one outside.
 */
export const extractBranchFeatures = (page: PageFeatures, main: Element | undefined): string[][] => {
  const sizes = measureBranches(page);
  const around = new Set(walkAncestors(main));
  const describeBranch = (where: string, branch: Element): string[] => {
    const { words, linked } = sizes.get(branch) ?? { words: 0, linked: 0 };
    const share = quantize(words / page.maxProseWords, [0.01, 0.03, 0.1, 0.3, 0.7]);
    return [
      `${where} branch <${branchTags.test(branch.tagName) ? branch.tagName : 'other'}>`,
      `${where} branch size ${share} links ${quantize(linked / Math.max(1, words), [0.05, 0.3, 0.7])}`,
      ...[...findPurposes(branch)].map((purpose) => `${where} branch ${purpose}`),
    ];
  };
  const featuresByContainer = new Map<Element, string[]>();
  return page.blocks.map(({ container }) => {
    const known = featuresByContainer.get(container);
    if (known) return known;
    const above = [...walkAncestors(container)];
    const joint = above.findIndex((element) => around.has(element));
    const path = joint < 0 ? above : above.slice(0, joint);
    const where = main && above[joint] === main ? 'inner' : 'outer';
    const branch = path.at(-1);
    const tags = new Set(path.map(({ tagName }) => tagName).filter((tagName) => pathTags.test(tagName)));
    const features = [
      `${where} depth ${Math.min(maxDepth, path.length)}`,
      ...(branch ? describeBranch(where, branch) : []),
      ...[...tags].map((tagName) => `${where} path <${tagName}>`),
    ];
    featuresByContainer.set(container, features);
    return features;
  });
};
