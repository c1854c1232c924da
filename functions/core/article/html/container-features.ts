import { type Element, walkAncestors } from '../body/tree.ts';
import { quantize } from '../text/quantize.ts';
import type { PageBlock } from './page-blocks.ts';
import type { PageFeatures } from './page-features.ts';
import { findPurposes } from './purposes.ts';

/** Regions that hold prose which is seldom the story. */
const regionPurposes = 'nav foot side share related newsletter overlay ad comments'.split(' ');
const regionTags = /^(?:aside|footer|nav)$/;

const minParagraphLength = 25;
const maxLinkShare = 0.5;
/** Of paragraphs, to the elements above them: the nearest gets all, the next half. */
const shares = [1, 1 / 2, 1 / 6, 1 / 9, 1 / 12];
const namedBonus = 25;

const createPurposeFinder = (): ((element: Element) => ReadonlySet<string>) => {
  const known = new Map<Element, ReadonlySet<string>>();
  return (element) => {
    const purposes = known.get(element) ?? findPurposes(element);
    known.set(element, purposes);
    return purposes;
  };
};

type PurposeFinder = ReturnType<typeof createPurposeFinder>;

const isRegion = (element: Element, getPurposes: PurposeFinder): boolean => {
  const purposes = getPurposes(element);
  return (
    regionTags.test(element.tagName) ||
    (!purposes.has('body') && regionPurposes.some((purpose) => purposes.has(purpose)))
  );
};

const scoreByName = (element: Element, getPurposes: PurposeFinder): number =>
  (getPurposes(element).has('body') ? namedBonus : 0) - (isRegion(element, getPurposes) ? namedBonus : 0);

const textTags = /^(?:p|li|h[1-6]|td|pre|blockquote|dd|dt)$/;

const scoreParagraph = (text: string): number =>
  1 + (text.slice(0, 2_000).match(/[,،、，]/g)?.length ?? 0) + Math.min(3, Math.floor(text.length / 100));

const countLinkShares = (blocks: readonly PageBlock[]): Map<Element, number> => {
  const lengths = new Map<Element, [linked: number, all: number]>();
  for (const { container, text, linkShare } of blocks) {
    for (const element of walkAncestors(container)) {
      const [linked, all] = lengths.get(element) ?? [0, 0];
      lengths.set(element, [linked + text.length * linkShare, all + text.length]);
    }
  }
  return new Map([...lengths].map(([element, [linked, all]]) => [element, linked / Math.max(1, all)]));
};

/** How much each element looks like the one that holds the story: by the paragraphs in it, its name and its links. */
const scoreContainers = (
  { blocks }: PageFeatures,
  around: ReadonlySet<Element>,
  getPurposes: PurposeFinder,
): Map<Element, number> => {
  const scores = new Map<Element, number>();
  for (const { container, text, linkShare } of blocks) {
    const above = [...walkAncestors(container)];
    const isApart = above.some((element) => !around.has(element) && isRegion(element, getPurposes));
    if (text.length < minParagraphLength || linkShare > maxLinkShare || isApart) continue;
    const value = scoreParagraph(text);
    const containers = textTags.test(container.tagName) ? above.slice(1) : above;
    for (const [height, share] of shares.entries()) {
      const element = containers[height];
      if (element) scores.set(element, (scores.get(element) ?? scoreByName(element, getPurposes)) + value * share);
    }
  }
  const linkShares = countLinkShares(blocks);
  return new Map([...scores].map(([element, score]) => [element, score * (1 - (linkShares.get(element) ?? 0))]));
};

const findBest = (scores: ReadonlyMap<Element, number>): Element | undefined => {
  let best: [Element, number] | undefined;
  for (const [element, score] of scores) if (!best || score > best[1]) best = [element, score];
  return best?.[0];
};

const maxClimb = 6;

/**
 * Where a block is from the element that most likely holds the story, and from the headline: in which regions it is
 * that the headline is not in, such as comments.
 */
export const extractContainerFeatures = (page: PageFeatures, headline: number): string[][] => {
  const { blocks, lines } = page;
  const anchor = blocks[headline >= 0 ? headline : lines.findIndex(({ features }) => features.prose)];
  const around = new Set(anchor ? walkAncestors(anchor.container) : []);
  const getPurposes = createPurposeFinder();
  const scores = scoreContainers(page, around, getPurposes);
  const best = findBest(scores);
  const aboveBest = best ? [...walkAncestors(best)] : [];
  const describeBest = (above: readonly Element[]): string => {
    const all = new Set(above);
    const height = aboveBest.findIndex((element) => all.has(element));
    if (height !== 1) return height === 0 ? 'best in' : `best out ${Math.min(3, height)}`;
    const [, parent] = aboveBest;
    const sibling = parent && above[above.indexOf(parent) - 1];
    const share = (sibling && scores.get(sibling)) ?? 0;
    return `best beside ${quantize(share / Math.max(1, (best && scores.get(best)) ?? 1), [0.05, 0.2, 0.3])}`;
  };
  const featuresByContainer = new Map<Element, string[]>();
  return blocks.map(({ container }) => {
    const known = featuresByContainer.get(container);
    if (known) return known;
    const above = [...walkAncestors(container)];
    const apart = above.findIndex((element) => around.has(element));
    const own = apart < 0 ? above : above.slice(0, apart);
    const purposes = new Set(own.flatMap((element) => [...getPurposes(element)]));
    const climb = around.size - (above.length - own.length);
    const features = [
      describeBest(above),
      `branch ${Math.min(maxClimb, own.length)}`,
      `climb ${Math.min(maxClimb, climb)}`,
      ...[...purposes].map((purpose) => `apart ${purpose}`),
    ];
    featuresByContainer.set(container, features);
    return features;
  });
};
