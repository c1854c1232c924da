import { readSurroundings, type Surroundings } from '../text/surroundings.ts';
import type { Block } from './blocks.ts';
import { groupHints, headingHints, kindHints } from './kin-hints.ts';
import { type Known, knownHints, lineHints } from './line-hints.ts';
import { linkHints } from './link-hints.ts';
import { placeHints } from './place-hints.ts';
import { isHeading, mainHomeOf, readScene, type Scene } from './scene.ts';
import { step } from './step.ts';
import { isInside } from './tree.ts';
import { sharedWords, wordsOf } from './words.ts';

const nearTags =
  /^(?:p|h[1-6]|li|td|th|figcaption|caption|blockquote|pre|dd|dt|label|center|summary|address|time|cite|em)$/;
const shares = [0.001, 0.02, 0.1, 0.3, 0.7, 0.95];

/** A page of more blocks has no use for the comparison, which takes blocks times words. */
const mostCompared = 5_000;

const toldWordsOf = ({ toldBody }: Known, blocks: number): string =>
  toldBody.length > 400 && blocks < mostCompared ? wordsOf(toldBody.slice(0, 100_000)).join(' ') : '';

const headlineIndex = ({ blocks, signed }: Scene, title: string): number => {
  const like = blocks.map(({ text }) => (text.length < 300 ? sharedWords(text, title) : 0));
  for (const tags of [/^h1$/, /^h[23]$/]) {
    const at = blocks.findIndex(({ home }, index) => tags.test(home.tagName) && (like[index] ?? 0) > 0.7);
    if (at >= 0) return at;
  }
  const prose = signed.findIndex(({ signs }) => signs.prose);
  const before = like.slice(0, prose < 0 ? undefined : prose + 3).findLastIndex((value) => value > 0.7);
  return before >= 0 ? before : like.findIndex((value) => value > 0.7);
};

/** Where a block stands among the others, in what order prose and chrome come. */
function* orderHints(near: Surroundings): Generator<string> {
  yield `since ${step(near.sinceProse, [1, 2, 4, 8, 16])}`;
  yield `until ${step(near.untilProse, [1, 2, 4, 8, 16])}`;
  yield `before ${step(near.proseBefore, shares)}`;
  yield `after ${step(near.proseAfter, shares)}`;
  if (near.run > 0) yield `run ${step(near.run, [1, 2, 4, 8, 16])}`;
  yield `chrome near ${step(near.chromeNear, [0, 1, 3])}`;
  if (near.endingsBefore > 0) yield `ended ${step(near.endingsBefore, [1, 2])}`;
  if (near.repeated) yield 'repeated';
  if (near.repeatedNear > 1) yield 'repeated near';
}

/** What the blocks before and after a block have to do with it. */
function* neighbourHints({ blocks, signed }: Scene, index: number): Generator<string> {
  const [before, block, next] = [blocks[index - 1], blocks[index], blocks[index + 1]];
  if (next && next.linked > 0.8) yield 'link follows';
  if (before && before.linked > 0.8) yield 'link before';
  if (!block || !isHeading(block)) return;
  yield `heading linked ${step(block.linked, [0, 0.9])}`;
  const follower = signed[index + 1]?.signs.prose ? 'prose' : (next?.linked ?? 0) > 0.8 ? 'link' : 'other';
  yield `heading then ${follower}`;
}

const zoneOf = (index: number, headline: number): string =>
  index < headline ? 'above headline' : index < headline + 6 ? 'under headline' : 'past headline';

/** For every block, what speaks for or against its being part of the article; each hint has its weight elsewhere. */
export const readHints = (blocks: readonly Block[], known: Known): string[][] => {
  const scene = readScene(blocks);
  const around = readSurroundings(scene.signed);
  const places = placeHints(scene);
  const toldWords = toldWordsOf(known, blocks.length);
  const headline = headlineIndex(scene, known.title);
  const main = mainHomeOf(scene);
  const kinds = kindHints(scene);
  const groups = groupHints(scene, main);
  const headings = headingHints(scene);
  return blocks.map((block, index) => {
    const item = scene.signed[index];
    const near = around[index];
    if (!item || !near) return [];
    const tag = nearTags.test(block.home.tagName) ? block.home.tagName : 'other';
    const hints = ['bias', `<${tag}>`, `linked ${step(block.linked, [0, 0.2, 0.5, 0.9])}`];
    if (block.links > 2) hints.push('links');
    hints.push(...lineHints(item), ...places(block.home), ...knownHints(block.text, known, toldWords));
    hints.push(...linkHints(block, known.host), ...orderHints(near), ...neighbourHints(scene, index));
    // These mean one thing of a paragraph, another of a heading and another of a label.
    const type = item.signs.prose ? 'prose' : isHeading(block) ? 'heading' : 'other';
    const placed = [...(kinds[index] ?? []), ...(groups[index] ?? []), `${headings[index]}`];
    if (main) placed.push(isInside(block.home, main) ? 'in main home' : 'out of main home');
    if (headline >= 0 && index !== headline) placed.push(zoneOf(index, headline));
    if (index === headline) hints.push('headline');
    return [...hints, ...placed.map((hint) => `${type} ${hint}`)];
  });
};
