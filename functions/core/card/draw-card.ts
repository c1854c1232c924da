import type { PixelBuffer } from '../image/turn-pixels.ts';
import { mixColors } from '../theme/color.ts';
import { type Card, cardSize } from './card.ts';
import { drawLetter } from './draw-letter.ts';
import { createPixels, fillShape, outlineBox } from './fill-shape.ts';
import type { Lettering } from './lettering.ts';

const margin = 80;
const edgeWidth = 20;
const textWidth = cardSize.width - 2 * margin;
/** From the largest: of the title, in pixels, and how many lines there may be of it. */
const titleSizes = [
  { size: 88, maxLines: 3 },
  { size: 74, maxLines: 4 },
  { size: 62, maxLines: 5 },
] as const;
const lineHeight = 1.16;
/** Of the height of capital letters, from the line that they stand on. */
const capShare = 0.72;
const mark = { side: 72, radius: 14, gap: 24, textSize: 36 } as const;

/**
 * A text as the fonts can draw it: signs that they lack, such as emoji, are left out.
 * @returns undefined where they lack a letter
 */
const toDrawable = (text: string, lettering: Lettering): string | undefined => {
  const drawable = [...text.normalize('NFC').replace(/\p{Cf}|\p{Cc}|\p{Variation_Selector}/gu, ' ')]
    .map((character) => {
      if (/\s/.test(character)) return ' ';
      if (lettering.canDraw(character)) return character;
      if (/\p{Pd}/u.test(character)) return '-';
      return /[\p{S}\p{P}]/u.test(character) ? '' : character;
    })
    .join('')
    .replace(/ +/g, ' ')
    .trim();
  return drawable !== '' && lettering.canDraw(drawable) ? drawable : undefined;
};

/** How many characters of a text have place. */
const countFitting = (text: string, fits: (text: string) => boolean): number => {
  let [low, high] = [1, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
};

interface WrappedText {
  readonly lines: readonly string[];
  readonly isWordCut: boolean;
}

const wrapText = (text: string, fits: (line: string) => boolean): WrappedText => {
  const lines: string[] = [];
  let isWordCut = false;
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (!fits(line)) {
      isWordCut = true;
      const count = countFitting(line, fits);
      lines.push(line.slice(0, count));
      line = line.slice(count);
    }
  }
  return { lines: [...lines, line], isWordCut };
};

/** The title as large as it has place; its end is left out where it has none. */
const layOutTitle = (
  title: string,
  lettering: Lettering,
): { readonly lines: readonly string[]; readonly size: number } => {
  const fitsAt = (size: number) => (line: string) => lettering.measure(line, size) <= textWidth;
  const [smallest] = titleSizes.slice(-1);
  for (const { size, maxLines } of titleSizes) {
    const { lines, isWordCut } = wrapText(title, fitsAt(size));
    if (lines.length <= maxLines && !isWordCut) return { lines, size };
  }
  const { size = 62, maxLines = 5 } = smallest ?? {};
  const fits = fitsAt(size);
  const { lines } = wrapText(title, fits);
  if (lines.length <= maxLines) return { lines, size };
  const kept = lines.slice(0, maxLines);
  const last = kept.pop() ?? '';
  const count = countFitting(last, (some) => fits(`${some}…`));
  return { lines: [...kept, `${last.slice(0, count).trimEnd()}…`], size };
};

/** A letter on the accent color, for titles in scripts that the fonts lack. */
const drawLargeLetter = ({ letter, colors }: Card, lettering: Lettering): PixelBuffer => {
  const pixels = createPixels(cardSize.width, cardSize.height, colors.accent);
  const side = cardSize.height;
  drawLetter(pixels, lettering, { letter, color: colors.paper, left: (cardSize.width - side) / 2, top: 0, side });
  return pixels;
};

/** Draws a card: the title, and below it the letter of the publication and its name. */
export const drawCard = (card: Card, lettering: Lettering): PixelBuffer => {
  const { letter, colors } = card;
  const title = toDrawable(card.title, lettering);
  if (title === undefined) return drawLargeLetter(card, lettering);
  const pixels = createPixels(cardSize.width, cardSize.height, colors.paper);
  fillShape(pixels, outlineBox(0, 0, edgeWidth, cardSize.height), colors.accent);
  const { lines, size } = layOutTitle(title, lettering);
  for (const [n, line] of lines.entries()) {
    const y = margin + size * capShare + n * size * lineHeight;
    fillShape(pixels, lettering.outline(line, margin, y, size), colors.ink);
  }
  const top = cardSize.height - margin - mark.side;
  fillShape(pixels, outlineBox(margin, top, mark.side, mark.side, mark.radius), colors.accent);
  drawLetter(pixels, lettering, { letter, color: colors.paper, left: margin, top, side: mark.side });
  const name = card.publication === undefined ? undefined : toDrawable(card.publication, lettering);
  if (name === undefined) return pixels;
  const left = margin + mark.side + mark.gap;
  const fits = (text: string): boolean => left + lettering.measure(text, mark.textSize) <= cardSize.width - margin;
  const shown = fits(name)
    ? name
    : `${name.slice(
        0,
        countFitting(name, (text) => fits(`${text}…`)),
      )}…`;
  const y = top + (mark.side + mark.textSize * capShare) / 2;
  fillShape(pixels, lettering.outline(shown, left, y, mark.textSize), mixColors(colors.paper, colors.ink, 0.7));
  return pixels;
};
