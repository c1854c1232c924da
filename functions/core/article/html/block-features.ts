import { isInside } from '../body/tree.ts';
import { type LineContext, measureLineContexts } from '../text/line-context.ts';
import { quantize } from '../text/quantize.ts';
import { extractLinkFeatures } from './link-features.ts';
import type { PageBlock } from './page-blocks.ts';
import { extractPageFeatures, findMainContainer, isHeadingBlock, type PageFeatures } from './page-features.ts';
import { createPlaceFeatureExtractor } from './place-features.ts';
import { extractGroupFeatures, extractHeadingFeatures, extractKindFeatures } from './sibling-features.ts';
import { compareWords, splitWords } from './split-words.ts';
import { extractMetadataFeatures, extractTextFeatures, type KnownArticle } from './text-features.ts';

const namedTags =
  /^(?:p|h[1-6]|li|td|th|figcaption|caption|blockquote|pre|dd|dt|label|center|summary|address|time|cite|em)$/;
const shareLimits = [0.001, 0.02, 0.1, 0.3, 0.7, 0.95];

/** A page of more blocks has no use for the comparison, which takes blocks times words. */
const maxComparedBlocks = 5_000;

const toDeclaredWords = ({ declaredBody }: KnownArticle, blocks: number): string =>
  declaredBody.length > 400 && blocks < maxComparedBlocks ? splitWords(declaredBody.slice(0, 100_000)).join(' ') : '';

const findHeadlineIndex = ({ blocks, lines }: PageFeatures, title: string): number => {
  const like = blocks.map(({ text }) => (text.length < 300 ? compareWords(text, title) : 0));
  for (const tags of [/^h1$/, /^h[23]$/]) {
    const at = blocks.findIndex(({ container }, index) => tags.test(container.tagName) && (like[index] ?? 0) > 0.7);
    if (at >= 0) return at;
  }
  const prose = lines.findIndex(({ features }) => features.prose);
  const before = like.slice(0, prose < 0 ? undefined : prose + 3).findLastIndex((value) => value > 0.7);
  return before >= 0 ? before : like.findIndex((value) => value > 0.7);
};

/** Where a block stands among the others, in what order prose and chrome come. */
function* extractOrderFeatures(near: LineContext): Generator<string> {
  yield `since ${quantize(near.sinceProse, [1, 2, 4, 8, 16])}`;
  yield `until ${quantize(near.untilProse, [1, 2, 4, 8, 16])}`;
  yield `before ${quantize(near.proseBefore, shareLimits)}`;
  yield `after ${quantize(near.proseAfter, shareLimits)}`;
  if (near.run > 0) yield `run ${quantize(near.run, [1, 2, 4, 8, 16])}`;
  yield `chrome near ${quantize(near.chromeNear, [0, 1, 3])}`;
  if (near.endingsBefore > 0) yield `ended ${quantize(near.endingsBefore, [1, 2])}`;
  if (near.repeated) yield 'repeated';
  if (near.repeatedNear > 1) yield 'repeated near';
}

/** What the blocks before and after a block have to do with it. */
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

/** For every block, what speaks for or against its being part of the article; each hint has its weight elsewhere. */
export const extractBlockFeatures = (blocks: readonly PageBlock[], known: KnownArticle): string[][] => {
  const page = extractPageFeatures(blocks);
  const contexts = measureLineContexts(page.lines);
  const places = createPlaceFeatureExtractor(page);
  const declaredWords = toDeclaredWords(known, blocks.length);
  const headline = findHeadlineIndex(page, known.title);
  const mainContainer = findMainContainer(page);
  const kinds = extractKindFeatures(page);
  const groups = extractGroupFeatures(page, mainContainer);
  const headings = extractHeadingFeatures(page);
  return blocks.map((block, index) => {
    const item = page.lines[index];
    const near = contexts[index];
    if (!item || !near) return [];
    const tag = namedTags.test(block.container.tagName) ? block.container.tagName : 'other';
    const features = ['bias', `<${tag}>`, `linked ${quantize(block.linkShare, [0, 0.2, 0.5, 0.9])}`];
    if (block.linkCount > 2) features.push('links');
    features.push(
      ...extractTextFeatures(item),
      ...places(block.container),
      ...extractMetadataFeatures(block.text, known, declaredWords),
    );
    features.push(
      ...extractLinkFeatures(block, known.host),
      ...extractOrderFeatures(near),
      ...extractNeighbourFeatures(page, index),
    );
    // These mean one thing of a paragraph, another of a heading and another of a label.
    const type = item.features.prose ? 'prose' : isHeadingBlock(block) ? 'heading' : 'other';
    const placed = [...(kinds[index] ?? []), ...(groups[index] ?? []), `${headings[index]}`];
    if (mainContainer)
      placed.push(isInside(block.container, mainContainer) ? 'in main container' : 'outside main container');
    if (headline >= 0 && index !== headline) placed.push(toHeadlineZone(index, headline));
    if (index === headline) features.push('headline');
    return [...features, ...placed.map((hint) => `${type} ${hint}`)];
  });
};
