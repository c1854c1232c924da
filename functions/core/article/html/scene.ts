import { type LineSigns, readSigns } from '../text/line-signs.ts';
import { splitLines } from '../text/lines.ts';
import type { SignedLine } from '../text/surroundings.ts';
import type { Block } from './blocks.ts';
import { type Element, isInside, parentElement } from './tree.ts';

/** The blocks of a page with what each line says of itself, and where the prose stands. */
export interface Scene {
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

/** Whether a block is a heading. */
export const isHeading = ({ home }: Block): boolean => /^h[1-6]$/.test(home.tagName);

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

/** Reads the signs of every block, and sums up the prose. */
export const readScene = (blocks: readonly Block[]): Scene => {
  const signed = blocks.map(({ text }) => signedBlock(text));
  const proseIn = proseByElement(blocks, signed);
  let allProse = 1;
  for (const words of proseIn.values()) allProse = Math.max(allProse, words);
  return { blocks, signed, proseIn, allProse };
};

/** The smallest element with most of the prose. */
export const mainHomeOf = ({ proseIn, allProse }: Scene): Element | undefined =>
  [...proseIn]
    .filter(([, prose]) => prose > allProse * 0.6)
    .map(([element]) => element)
    .reduce<Element | undefined>(
      (main, element) => (!main || isInside(element, main) ? element : main),
      undefined,
    );
