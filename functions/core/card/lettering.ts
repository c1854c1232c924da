import { type Font, type Glyph, parse } from 'opentype.js/dist/opentype.mjs';
import type { OutlineStep } from './fill-shape.ts';

/** What text is drawn with: letters beside each other, as Latin, Greek and Cyrillic are written. */
export interface Lettering {
  /** Whether the fonts have all characters of a text. */
  canDraw(text: string): boolean;
  measure(text: string, size: number): number;
  /** @param y of the line that letters stand on */
  outline(text: string, x: number, y: number, size: number): OutlineStep[];
}

interface PlacedGlyph {
  readonly glyph: Glyph;
  readonly left: number;
  readonly right: number;
}

/** @param files of one font, which has its scripts in several files */
export const createLettering = (files: readonly Uint8Array[]): Lettering => {
  const fonts = files.map((bytes) => parse(Uint8Array.from(bytes).buffer));
  const findFont = (character: string): Font | undefined => fonts.find((font) => font.hasChar(character));
  /** The shaping of opentype.js throws at rules of fonts that it does not know, so that only kerning is used. */
  const placeGlyphs = (text: string, size: number): PlacedGlyph[] => {
    const placed: PlacedGlyph[] = [];
    let previous: { readonly font: Font; readonly glyph: Glyph } | undefined;
    let x = 0;
    for (const character of text) {
      const font = findFont(character);
      if (!font) continue;
      const glyph = font.charToGlyph(character);
      const scale = size / font.unitsPerEm;
      if (previous?.font === font) x += font.getKerningValue(previous.glyph, glyph) * scale;
      const left = x;
      x += glyph.advanceWidth * scale;
      placed.push({ glyph, left, right: x });
      previous = { font, glyph };
    }
    return placed;
  };
  return {
    canDraw: (text) => [...text].every((character) => findFont(character) !== undefined),
    measure: (text, size) => placeGlyphs(text, size).at(-1)?.right ?? 0,
    outline: (text, x, y, size) =>
      placeGlyphs(text, size).flatMap(({ glyph, left }) => [...glyph.getPath(x + left, y, size).commands]),
  };
};
