import type { PixelBuffer } from '../image/turn-pixels.ts';
import { type Color, parseChannels } from '../theme/color.ts';

/** A step of an outline, as fonts describe letters. */
export type OutlineStep =
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

type Point = readonly [x: number, y: number];

/** Of a curve. */
const segmentCount = 12;
/** Lines in a row of pixels at which a shape is measured. */
const linesPerRow = 5;
/** Of an edge, so that a drawing has few colors, and few bytes. */
const shadeCount = 16;

/** The corners of an outline's contours, each of which is closed. */
const flatten = (steps: Iterable<OutlineStep>): Point[][] => {
  const contours: Point[][] = [];
  let contour: Point[] = [];
  for (const step of steps) {
    if (step.type === 'Z') continue;
    if (step.type === 'M') {
      contour = [];
      contours.push(contour);
    }
    const [fromX, fromY] = contour.at(-1) ?? [step.x, step.y];
    if (step.type === 'Q' || step.type === 'C')
      for (let n = 1; n < segmentCount; n += 1) {
        const [t, u] = [n / segmentCount, 1 - n / segmentCount];
        const weigh = (from: number, first: number, second: number | undefined, to: number): number =>
          second === undefined
            ? u * u * from + 2 * u * t * first + t * t * to
            : u ** 3 * from + 3 * u * u * t * first + 3 * u * t * t * second + t ** 3 * to;
        const [x2, y2] = step.type === 'C' ? [step.x2, step.y2] : [];
        contour.push([weigh(fromX, step.x1, x2, step.x), weigh(fromY, step.y1, y2, step.y)]);
      }
    contour.push([step.x, step.y]);
  }
  return contours;
};

interface Crossing {
  readonly x: number;
  /** Whether the edge goes down. */
  readonly winding: 1 | -1;
}

/** Where edges cross the lines of the rows of pixels. */
const findCrossings = (contours: readonly Point[][], height: number): Map<number, Crossing[]> => {
  const crossings = new Map<number, Crossing[]>();
  for (const contour of contours)
    for (const [n, [toX, toY]] of contour.entries()) {
      const [fromX, fromY] = contour.at(n - 1) ?? [toX, toY];
      const [top, bottom] = [Math.min(fromY, toY), Math.max(fromY, toY)];
      const last = Math.min(height * linesPerRow, Math.ceil(bottom * linesPerRow - 0.5));
      for (let line = Math.max(0, Math.ceil(top * linesPerRow - 0.5)); line < last; line += 1) {
        const y = (line + 0.5) / linesPerRow;
        const x = fromX + ((toX - fromX) * (y - fromY)) / (toY - fromY);
        const found = crossings.get(line) ?? [];
        found.push({ x, winding: toY > fromY ? 1 : -1 });
        crossings.set(line, found);
      }
    }
  return crossings;
};

/** Adds to each pixel of a row the share of it between two places. */
const cover = (row: Float32Array, from: number, to: number): void => {
  const end = Math.min(row.length, to);
  for (let x = Math.max(0, Math.floor(from)); x < end; x += 1)
    row[x] = (row[x] ?? 0) + Math.min(x + 1, end) - Math.max(x, from);
};

/** Fills what is inside of outlines, with smooth edges. Where outlines overlap, it is inside of both. */
export const fillShape = ({ data, width, height }: PixelBuffer, steps: Iterable<OutlineStep>, color: Color): void => {
  const channels = parseChannels(color);
  const crossings = findCrossings(flatten(steps), height);
  const rows = new Map<number, Float32Array>();
  for (const [line, found] of crossings) {
    const y = Math.floor(line / linesPerRow);
    const row = rows.get(y) ?? new Float32Array(width);
    rows.set(y, row);
    found.sort((a, b) => a.x - b.x);
    let winding = 0;
    for (const [n, crossing] of found.entries()) {
      winding += crossing.winding;
      if (winding !== 0) cover(row, crossing.x, found[n + 1]?.x ?? crossing.x);
    }
  }
  for (const [y, row] of rows)
    for (const [x, covered] of row.entries()) {
      if (covered === 0) continue;
      const share = Math.round(shadeCount * Math.min(1, covered / linesPerRow)) / shadeCount;
      const offset = (y * width + x) * 4;
      for (const [n, channel] of channels.entries()) {
        const below = data[offset + n] ?? 0;
        data[offset + n] = Math.round(below + (channel - below) * share);
      }
    }
};

/** A rectangle, whose corners may be round. */
export const outlineBox = (left: number, top: number, width: number, height: number, radius = 0): OutlineStep[] => {
  const [right, bottom] = [left + width, top + height];
  // Of a cubic curve that looks like a quarter of a circle.
  const near = radius * (1 - 0.5523);
  return [
    { type: 'M', x: left + radius, y: top },
    { type: 'L', x: right - radius, y: top },
    { type: 'C', x1: right - near, y1: top, x2: right, y2: top + near, x: right, y: top + radius },
    { type: 'L', x: right, y: bottom - radius },
    { type: 'C', x1: right, y1: bottom - near, x2: right - near, y2: bottom, x: right - radius, y: bottom },
    { type: 'L', x: left + radius, y: bottom },
    { type: 'C', x1: left + near, y1: bottom, x2: left, y2: bottom - near, x: left, y: bottom - radius },
    { type: 'L', x: left, y: top + radius },
    { type: 'C', x1: left, y1: top + near, x2: left + near, y2: top, x: left + radius, y: top },
  ];
};

/** A picture of one color. */
export const createPixels = (width: number, height: number, color: Color): PixelBuffer => {
  const [red = 0, green = 0, blue = 0] = parseChannels(color);
  const data = new Uint8Array(width * height * 4);
  for (let offset = 0; offset < data.length; offset += 4) data.set([red, green, blue, 255], offset);
  return { data, width, height };
};
