import type { PixelBuffer } from '../image/turn-pixels.ts';
import type { Color } from '../theme/color.ts';
import { fillShape, type OutlineStep, outlineBox } from './fill-shape.ts';
import type { Lettering } from './lettering.ts';

export interface LetterMark {
  /** One character. */
  readonly letter: string;
  readonly color: Color;
  /** Of the square that it stands in, in pixels. */
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** Of the font, in the square. */
const letterShare = 0.68;
const discShare = 0.24;

const measureBounds = (steps: readonly OutlineStep[]) => {
  const points = steps.flatMap((step) => (step.type === 'Z' ? [] : [step]));
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
};

/** Draws a letter in the middle of a square. One that the font lacks, as of Arabic or Chinese, is replaced by a disc. */
export const drawLetter = (
  pixels: PixelBuffer,
  lettering: Lettering,
  { letter, color, left, top, side }: LetterMark,
): void => {
  const [x, y] = [left + side / 2, top + side / 2];
  const size = side * letterShare;
  const steps = lettering.canDraw(letter) ? lettering.outline(letter, 0, 0, size) : [];
  if (steps.some(({ type }) => type !== 'Z')) {
    const bounds = measureBounds(steps);
    const [middleX, middleY] = [(bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2];
    fillShape(pixels, lettering.outline(letter, x - middleX, y - middleY, size), color);
  } else {
    const radius = side * discShare;
    fillShape(pixels, outlineBox(x - radius, y - radius, 2 * radius, 2 * radius, radius), color);
  }
};
