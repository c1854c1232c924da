/** What is used of opentype.js. Its own types need those of browsers. */
declare module 'opentype.js/dist/opentype.mjs' {
  export type PathCommand =
    | { readonly type: 'M' | 'L'; readonly x: number; readonly y: number }
    | { readonly type: 'Q'; readonly x1: number; readonly y1: number; readonly x: number; readonly y: number }
    | {
        readonly type: 'C';
        readonly x1: number;
        readonly y1: number;
        readonly x2: number;
        readonly y2: number;
        readonly x: number;
        readonly y: number;
      }
    | { readonly type: 'Z' };

  export interface Path {
    readonly commands: readonly PathCommand[];
    getBoundingBox(): { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
  }

  export interface Font {
    hasChar(character: string): boolean;
    getPath(text: string, x: number, y: number, fontSize: number): Path;
  }

  /** @param buffer an OpenType, TrueType or WOFF font */
  export const parse: (buffer: ArrayBuffer) => Font;
}
