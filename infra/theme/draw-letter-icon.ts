import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parse } from 'opentype.js/dist/opentype.mjs';
import { make } from 'pureimage';
import type { Color } from '../../functions/core/theme/color.ts';
import type { Pixels } from './pixels.ts';

const require = createRequire(import.meta.url);
const fontFolder = dirname(require.resolve('@fontsource/roboto-slab/package.json'));

/** Of Roboto Slab: the scripts that it has letters of. */
const fontParts = ['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese'] as const;

const readFont = (part: (typeof fontParts)[number]) => {
  const { buffer, byteOffset, byteLength } = readFileSync(
    join(fontFolder, 'files', `roboto-slab-${part}-700-normal.woff`),
  );
  return parse(buffer.slice(byteOffset, byteOffset + byteLength));
};

const findFont = (letter: string) => {
  for (const part of fontParts) {
    const font = readFont(part);
    if (font.hasChar(letter)) return font;
  }
  return undefined;
};

/** The largest icon: scaling down smooths the edges of the others. */
const drawnSize = 512;
/** Of the font, in the drawing. */
const letterSize = drawnSize * 0.68;
const markRadius = drawnSize * 0.24;

/**
 * Draws a letter on a square. A letter that the font lacks, as of Arabic or Chinese, is replaced by a disc.
 * @param letter one character
 */
export const drawLetterIcon = (
  letter: string,
  { accent, paper }: { readonly accent: Color; readonly paper: Color },
): Pixels => {
  const drawing = make(drawnSize, drawnSize);
  const context = drawing.getContext('2d');
  context.fillStyle = accent;
  context.fillRect(0, 0, drawnSize, drawnSize);
  context.fillStyle = paper;
  context.beginPath();
  const font = findFont(letter);
  if (!font) context.arc(drawnSize / 2, drawnSize / 2, markRadius, 0, 2 * Math.PI, false);
  else {
    const { x1, x2, y1, y2 } = font.getPath(letter, 0, 0, letterSize).getBoundingBox();
    const centered = font.getPath(letter, (drawnSize - x1 - x2) / 2, (drawnSize - y1 - y2) / 2, letterSize);
    for (const step of centered.commands) {
      if (step.type === 'M') context.moveTo(step.x, step.y);
      else if (step.type === 'L') context.lineTo(step.x, step.y);
      else if (step.type === 'Q') context.quadraticCurveTo(step.x1, step.y1, step.x, step.y);
      else if (step.type === 'C') context.bezierCurveTo(step.x1, step.y1, step.x2, step.y2, step.x, step.y);
      else context.closePath();
    }
  }
  context.fill();
  return { size: drawnSize, data: drawing.data };
};
