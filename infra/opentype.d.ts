/** What is used of opentype.js. Its own types need those of browsers. */
declare module 'opentype.js/dist/opentype.mjs' {
  type OutlineStep = import('../functions/core/card/fill-shape.ts').OutlineStep;

  export interface Glyph {
    readonly advanceWidth: number;
    getPath(x: number, y: number, fontSize: number): { readonly commands: readonly OutlineStep[] };
  }

  export interface Font {
    readonly unitsPerEm: number;
    hasChar(character: string): boolean;
    charToGlyph(character: string): Glyph;
    getKerningValue(left: Glyph, right: Glyph): number;
  }

  /** @param buffer an OpenType, TrueType or WOFF font */
  export const parse: (buffer: ArrayBuffer) => Font;
}
