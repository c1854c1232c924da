import { type LineSigns, readSigns } from '../text/line-signs.ts';
import { splitLines } from '../text/lines.ts';
import { readSurroundings, type SignedLine } from '../text/surroundings.ts';
import type { Block } from './blocks.ts';
import { namedPurposes } from './name-hints.ts';
import { attribute, type Element, elementsIn, isElement, isInside, parentElement } from './tree.ts';
import { sharedWords, wordsOf } from './words.ts';

/** What is known of an article before its body is. */
export interface Known {
  readonly title: string;
  readonly description: string;
  readonly authors: readonly string[];
  /** The body as the page's JSON-LD has it. */
  readonly toldBody: string;
  /** Where the page was scraped from. */
  readonly host: string;
}

const nearTags =
  /^(?:p|h[1-6]|li|td|th|figcaption|caption|blockquote|pre|dd|dt|label|center|summary|address|time|cite|em)$/;
const farTags = new Set(
  'nav aside footer header form article main li table figure blockquote section details address center fieldset dl'.split(
    ' ',
  ),
);

const step = (value: number, limits: readonly number[]): string =>
  `${limits.find((limit) => value <= limit) ?? 'more'}`;

interface Scene {
  readonly blocks: readonly Block[];
  readonly signed: readonly SignedLine[];
  readonly proseIn: ReadonlyMap<Element, number>;
  readonly allProse: number;
}

const signedBlock = (text: string): SignedLine => {
  const [line] = splitLines(text);
  const whole = line ?? {
    text,
    number: 1,
    key: '',
    words: 0,
    smallShare: 0.5,
    gapBefore: true,
    gapAfter: true,
  };
  return { line: whole, signs: readSigns(whole) };
};

/** What a line of text says of itself. */
export const signsOf = (text: string): LineSigns => signedBlock(text).signs;

/** Words of prose below each element: where the body is, there is most of it. */
const proseByElement = (blocks: readonly Block[], signed: readonly SignedLine[]): Map<Element, number> => {
  const proseIn = new Map<Element, number>();
  blocks.forEach(({ home, linked }, index) => {
    const item = signed[index];
    if (!item?.signs.prose || linked > 0.5) return;
    for (let at: Element | undefined = home; at; at = parentElement(at)) {
      proseIn.set(at, (proseIn.get(at) ?? 0) + item.line.words);
    }
  });
  return proseIn;
};

const readScene = (blocks: readonly Block[]): Scene => {
  const signed = blocks.map(({ text }) => signedBlock(text));
  const proseIn = proseByElement(blocks, signed);
  return { blocks, signed, proseIn, allProse: Math.max(1, ...proseIn.values()) };
};

/** What the places above a block say of it, the nearest three apart from the rest; wrappers of nearly all prose say nothing. */
const placeHints = ({ proseIn, allProse }: Scene): ((home: Element) => ReadonlySet<string>) => {
  const known = new Map<Element, ReadonlySet<string>>();
  const purposes = new Map<Element, ReadonlySet<string>>();
  const purposesOf = (element: Element): ReadonlySet<string> => {
    const found = purposes.get(element) ?? namedPurposes(element);
    purposes.set(element, found);
    return found;
  };
  return (home) => {
    const before = known.get(home);
    if (before) return before;
    const hints = new Set<string>();
    let height = 0;
    for (let at: Element | undefined = home; at; at = parentElement(at)) {
      const share = (proseIn.get(at) ?? 0) / allProse;
      const wraps = share > 0.5;
      if (at.tagName === 'body' || at.tagName === 'html') break;
      for (const purpose of purposesOf(at)) {
        if (height < 2) hints.add(`near ${purpose}`);
        if (!wraps) hints.add(`in ${purpose}`);
        else if (purpose === 'body' || purpose === 'talk') hints.add(`under ${purpose}`);
      }
      if (farTags.has(at.tagName)) hints.add(wraps ? `under <${at.tagName}>` : `in <${at.tagName}>`);
      if (attribute(at, 'itemprop') === 'articleBody') hints.add('articleBody');
      if (/display\s*:\s*none/i.test(attribute(at, 'style') ?? '') || attribute(at, 'hidden') !== undefined)
        hints.add('hidden');
      if (attribute(at, 'aria-hidden') === 'true') hints.add('aria-hidden');
      if (height > 0 && height < 4) hints.add(`up ${height} prose ${step(share, [0, 0.05, 0.3, 0.8])}`);
      height += 1;
    }
    known.set(home, hints);
    return hints;
  };
};

function* lineHints({ line, signs }: SignedLine): Generator<string> {
  const short = line.words <= 12;
  const length = line.words <= 4 ? 'tiny' : short ? 'short' : 'long';
  yield `words ${step(line.words, [0, 1, 2, 4, 8, 12, 20, 35, 60])}`;
  if (signs.prose) yield 'prose';
  if (signs.closed) yield `${length} closed`;
  if (signs.label) yield 'label';
  if (signs.opening) yield `${length} opening`;
  if (signs.ending) yield `${length} ending`;
  if (signs.cue) yield `${length} cue`;
  if (signs.stamp) yield `${length} stamp`;
  if (signs.menu) yield `${length} menu`;
  if (signs.machine) yield `${length} machine`;
  if (signs.item) yield 'item';
  if (signs.capitals) yield 'capitals';
  if (line.text.endsWith('?')) yield 'asks';
  if (/(?:\.\.\.|…)$/.test(line.text)) yield 'trails off';
  if (line.text.endsWith(':')) yield `${length} colon`;
}

function* knownHints(text: string, known: Known, toldWords: string): Generator<string> {
  const alike = text.length < 400 ? sharedWords(text, known.title) : 0;
  if (alike > 0.5) yield alike > 0.8 ? 'is title' : 'like title';
  if (known.description && text.length < 600 && sharedWords(text, known.description) > 0.7)
    yield 'is description';
  if (text.length < 120 && known.authors.some((name) => text.toLowerCase().includes(name.toLowerCase())))
    yield 'names author';
  if (text.length >= 120 && known.authors.some((name) => text.slice(0, 60).includes(name)))
    yield 'opens with author';
  if (toldWords !== '' && text.length > 20)
    yield toldWords.includes(wordsOf(text).slice(0, 8).join(' ')) ? 'told' : 'not told';
}

/** The smallest element with most of the prose. */
const mainHomeOf = ({ proseIn, allProse }: Scene): Element | undefined =>
  [...proseIn]
    .filter(([, prose]) => prose > allProse * 0.6)
    .map(([element]) => element)
    .reduce<Element | undefined>(
      (main, element) => (!main || isInside(element, main) ? element : main),
      undefined,
    );

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
const kindHints = ({ blocks, signed, allProse }: Scene): string[][] => {
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
    const { line, signs } = signed[index] ?? signedBlock('');
    for (let at: Element | undefined = home; at; at = parentElement(at)) {
      const size = sizes.get(at) ?? { blocks: 0, words: 0, linked: 0, prose: 0 };
      size.blocks += 1;
      size.words += line.words;
      size.linked += line.words * linked;
      size.prose += Number(signs.prose);
      sizes.set(at, size);
    }
  });
  return sizes;
};

const groupHint = (name: string, { words, linked, prose, blocks }: Size): string =>
  `${name} links ${step(linked / Math.max(1, words), [0.05, 0.25, 0.6, 0.9])} prose ${step(prose / blocks, [0, 0.2, 0.6])}`;

/** What the group a block belongs to looks like: the smallest of three blocks or more, and the largest below the main place. */
const groupHints = (scene: Scene, main: Element | undefined): string[][] => {
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

const isHeading = ({ home }: Block): boolean => /^h[1-6]$/.test(home.tagName);

/** What the heading above a block says: a heading of other stories rules over all that follows it. */
const headingHints = ({ blocks, signed }: Scene): string[] => {
  let current = 'over none';
  return blocks.map((block, index) => {
    const { signs } = signed[index] ?? signedBlock('');
    if (isHeading(block)) {
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

function* linkHints(links: readonly string[], host: string): Generator<string> {
  if (links.length === 0) return;
  const share = (fits: (href: string) => boolean): boolean => links.filter(fits).length * 2 > links.length;
  if (share((href) => href.startsWith('#'))) yield 'links within';
  else if (
    share((href) =>
      /sharer|share\?|intent\/tweet|mailto:|pinterest\.|whatsapp|addtoany|addthis|digg\.com|del\.icio|reddit\.com\/submit/i.test(
        href,
      ),
    )
  )
    yield 'links share';
  else if (share((href) => !/^[a-z]+:/i.test(href) || (host !== '' && href.includes(host))))
    yield 'links inside';
  else yield 'links outside';
  if (share((href) => /\/(?:tags?|topics?|category|categories|authors?|contributors?|profile)\//i.test(href)))
    yield 'links topic';
}

const hrefsIn = ({ home, nodes }: Block): string[] => {
  const hrefs = nodes
    .flatMap((node) => (isElement(node) ? [node, ...elementsIn(node)] : []))
    .flatMap((element) => (element.tagName === 'a' ? (attribute(element, 'href') ?? []) : []));
  if (hrefs.length > 0) return hrefs;
  for (let at: Element | undefined = home; at; at = parentElement(at))
    if (at.tagName === 'a') return [attribute(at, 'href') ?? ''];
  return [];
};

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

/** For every block, what speaks for or against its being part of the article; each hint has its weight elsewhere. */
export const readHints = (blocks: readonly Block[], known: Known): string[][] => {
  const scene = readScene(blocks);
  const around = readSurroundings(scene.signed);
  const places = placeHints(scene);
  const toldWords = known.toldBody.length > 400 ? wordsOf(known.toldBody).join(' ') : '';
  const headlineAt = headlineIndex(scene, known.title);
  const mainHome = mainHomeOf(scene);
  const kinds = kindHints(scene);
  const groups = groupHints(scene, mainHome);
  const headings = headingHints(scene);
  return blocks.map((block, index) => {
    const item = scene.signed[index];
    const near = around[index];
    if (!item || !near) return [];
    const hints = [...lineHints(item), ...places(block.home), ...knownHints(block.text, known, toldWords)];
    const type = item.signs.prose ? 'prose' : isHeading(block) ? 'heading' : 'other';
    const tag = nearTags.test(block.home.tagName) ? block.home.tagName : 'other';
    hints.push('bias', `<${tag}>`, `linked ${step(block.linked, [0, 0.2, 0.5, 0.9])}`);
    hints.push(
      ...(kinds[index] ?? []).map((kind) => `${type} ${kind}`),
      ...(groups[index] ?? []).map((group) => `${type} ${group}`),
      `${type} ${headings[index]}`,
      ...linkHints(hrefsIn(block), known.host),
    );
    if (block.links > 2) hints.push('links');
    hints.push(
      `since ${step(near.sinceProse, [1, 2, 4, 8, 16])}`,
      `until ${step(near.untilProse, [1, 2, 4, 8, 16])}`,
    );
    hints.push(
      `before ${step(near.proseBefore, [0.001, 0.02, 0.1, 0.3, 0.7, 0.95])}`,
      `after ${step(near.proseAfter, [0.001, 0.02, 0.1, 0.3, 0.7, 0.95])}`,
    );
    if (near.run > 0) hints.push(`run ${step(near.run, [1, 2, 4, 8, 16])}`);
    hints.push(`chrome near ${step(near.chromeNear, [0, 1, 3])}`);
    if (near.endingsBefore > 0) hints.push(`ended ${step(near.endingsBefore, [1, 2])}`);
    if (near.repeated) hints.push('repeated');
    if (near.repeatedNear > 1) hints.push('repeated near');
    if (headlineAt >= 0)
      hints.push(
        index === headlineAt
          ? 'headline'
          : `${type} ${index < headlineAt ? 'above' : index < headlineAt + 6 ? 'under' : 'past'} headline`,
      );
    const next = blocks[index + 1];
    if (isHeading(block))
      hints.push(
        `heading linked ${step(block.linked, [0, 0.9])}`,
        `heading then ${scene.signed[index + 1]?.signs.prose ? 'prose' : (next?.linked ?? 0) > 0.8 ? 'link' : 'other'}`,
      );
    if (next && next.linked > 0.8) hints.push('link follows');
    if ((blocks[index - 1]?.linked ?? 0) > 0.8) hints.push('link before');
    if (mainHome)
      hints.push(`${type} ${isInside(block.home, mainHome) ? 'in main home' : 'out of main home'}`);
    return hints;
  });
};
