import { isInside } from '../body/tree.ts';
import { type LineContext, measureLineContexts } from '../text/line-context.ts';
import { quantize } from '../text/quantize.ts';
import { extractBranchFeatures } from './branch-features.ts';
import { extractContainerFeatures } from './container-features.ts';
import { extractLinkFeatures } from './link-features.ts';
import type { PageBlock } from './page-blocks.ts';
import { extractPageFeatures, findMainContainer, isHeadingBlock, type PageFeatures } from './page-features.ts';
import { createPlaceFeatureExtractor } from './place-features.ts';
import {
  extractGroupFeatures,
  extractHeadingFeatures,
  extractKindFeatures,
  extractSectionFeatures,
} from './sibling-features.ts';
import { compareWordSets, splitWords } from './split-words.ts';
import { extractStyleFeatures } from './style-features.ts';
import { createMetadataFeatureExtractor, extractTextFeatures, type KnownArticle } from './text-features.ts';

const namedTags =
  /^(?:p|h[1-6]|li|td|th|figcaption|caption|blockquote|pre|dd|dt|label|center|summary|address|time|cite|em)$/;
const shareLimits = [0.001, 0.02, 0.1, 0.3, 0.7, 0.95];

const findHeadlineIndex = ({ blocks, lines }: PageFeatures, title: string): number => {
  const titleWords = new Set(splitWords(title));
  const likenesses = blocks.map(({ text }) =>
    text.length < 300 ? compareWordSets(new Set(splitWords(text)), titleWords) : 0,
  );
  for (const tags of [/^h1$/, /^h[23]$/]) {
    const at = blocks.findIndex(
      ({ container }, index) => tags.test(container.tagName) && (likenesses[index] ?? 0) > 0.7,
    );
    if (at >= 0) return at;
  }
  const prose = lines.findIndex(({ features }) => features.prose);
  const isLike = (likeness: number) => likeness > 0.7;
  const before = likenesses.slice(0, prose < 0 ? undefined : prose + 3).findLastIndex(isLike);
  return before >= 0 ? before : likenesses.findIndex(isLike);
};

function* extractOrderFeatures(context: LineContext): Generator<string> {
  yield `since ${quantize(context.sinceProse, [1, 2, 4, 8, 16])}`;
  yield `until ${quantize(context.untilProse, [1, 2, 4, 8, 16])}`;
  yield `before ${quantize(context.proseBefore, shareLimits)}`;
  yield `after ${quantize(context.proseAfter, shareLimits)}`;
  if (context.run > 0) {
    yield `run ${quantize(context.run, [1, 2, 4, 8, 16])}`;
    yield `run chrome ${quantize(context.runChrome, [0, 0.2, 0.5])}`;
    yield `run items ${quantize(context.runItems, [0, 0.5])}`;
    yield `run lowercase ${quantize(context.runLowercase, [0.2, 0.5, 0.7])}`;
  }
  yield `prose near ${quantize(context.proseNear, [0, 1, 3, 6, 10])}`;
  yield `discussions ${quantize(context.discussions, [0, 1])}`;
  yield `contributions ${quantize(context.contributionsNear, [0, 1, 3, 6])}`;
  yield `chrome near ${quantize(context.chromeNear, [0, 1, 3])}`;
  if (context.endingsBefore > 0) yield `ended ${quantize(context.endingsBefore, [1, 2])}`;
  if (context.repeated) yield 'repeated';
  if (context.repeatedNear > 1) yield 'repeated near';
}

function* extractNeighbourFeatures({ blocks, lines }: PageFeatures, index: number): Generator<string> {
  const [before, block, next] = [blocks[index - 1], blocks[index], blocks[index + 1]];
  if (next && next.linkShare > 0.8) yield 'link follows';
  if (before && before.linkShare > 0.8) yield 'link before';
  if (!block || !isHeadingBlock(block)) return;
  yield `heading linked ${quantize(block.linkShare, [0, 0.9])}`;
  const follower = lines[index + 1]?.features.prose ? 'prose' : (next?.linkShare ?? 0) > 0.8 ? 'link' : 'other';
  yield `heading then ${follower}`;
}

const toHeadlineZone = (index: number, headline: number): string =>
  index < headline ? 'above headline' : index < headline + 6 ? 'under headline' : 'past headline';

/** How each block is placed among the others. It means different things for a paragraph, a heading and a label. */
const extractPlacementFeatures = (page: PageFeatures, headline: number): string[][] => {
  const mainContainer = findMainContainer(page);
  const kinds = extractKindFeatures(page);
  const groups = extractGroupFeatures(page, mainContainer);
  const headings = extractHeadingFeatures(page);
  const containers = extractContainerFeatures(page, headline);
  const sections = extractSectionFeatures(page);
  const branches = extractBranchFeatures(page, mainContainer);
  const length = `page ${quantize(page.maxProseWords, [50, 150, 400, 1000])}`;
  return page.blocks.map((block, index) => {
    const features = [
      ...(kinds[index] ?? []),
      ...(groups[index] ?? []),
      `${headings[index]}`,
      ...(containers[index] ?? []),
    ];
    if (mainContainer)
      features.push(isInside(block.container, mainContainer) ? 'in main container' : 'outside main container');
    if (headline >= 0 && index !== headline) features.push(toHeadlineZone(index, headline));
    const type = page.lines[index]?.features.prose ? 'prose' : isHeadingBlock(block) ? 'heading' : 'other';
    return [
      ...features.map((feature) => `${type} ${feature}`),
      ...(containers[index] ?? []),
      ...(sections[index] ?? []),
      ...(branches[index] ?? []),
      length,
    ];
  });
};

/** For each block, what speaks for or against its being part of the article. Its weights are in block-weights.json. */
export const extractBlockFeatures = (blocks: readonly PageBlock[], known: KnownArticle): string[][] => {
  const page = extractPageFeatures(blocks);
  const contexts = measureLineContexts(page.lines);
  const extractPlaceFeatures = createPlaceFeatureExtractor(page);
  const extractMetadataFeatures = createMetadataFeatureExtractor(known);
  const headline = findHeadlineIndex(page, known.title);
  const placements = extractPlacementFeatures(page, headline);
  return blocks.map((block, index) => {
    const [item, context] = [page.lines[index], contexts[index]];
    if (!item || !context) return [];
    const { tagName } = block.container;
    return [
      'bias',
      `<${namedTags.test(tagName) ? tagName : 'other'}>`,
      `linked ${quantize(block.linkShare, [0, 0.2, 0.5, 0.9])}`,
      ...(block.linkCount > 2 ? ['links'] : []),
      ...extractTextFeatures(item),
      ...extractPlaceFeatures(block.container),
      ...extractMetadataFeatures(block.text),
      ...extractLinkFeatures(block, known.host),
      ...extractStyleFeatures(block),
      ...extractOrderFeatures(context),
      ...extractNeighbourFeatures(page, index),
      ...(index === headline ? ['headline'] : []),
      ...(placements[index] ?? []),
    ];
  });
};
