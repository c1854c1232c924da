import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { drawCard } from '../../../functions/core/card/draw-card.ts';
import { encodeDrawing } from '../../../functions/core/card/encode-drawing.ts';
import { createPixels, fillShape, outlineBox } from '../../../functions/core/card/fill-shape.ts';
import { createLettering } from '../../../functions/core/card/lettering.ts';
import { mixColors } from '../../../functions/core/theme/color.ts';
import { fontFiles } from '../../../functions/platform/contract.ts';

const { resolve } = createRequire(import.meta.url);
const lettering = createLettering(Object.values(fontFiles).map((file) => readFileSync(resolve(file))));
const colors = { paper: '#fbf9f4', ink: '#1d1b18', accent: '#8a2420' } as const;

const draw = (title: string, publication = 'The Harbour Gazette') => {
  const { data, width, height } = drawCard({ title, publication, letter: 'H', colors }, lettering);
  const readColor = (x: number, y: number): string =>
    `#${Buffer.from(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)).toString('hex')}`;
  /** Places of the title's letters. */
  const ink: (readonly [x: number, y: number])[] = [];
  const pixels = new DataView(data.buffer);
  const inkPixel = Number.parseInt(`${colors.ink.slice(1)}ff`, 16);
  for (let n = 0; n < width * height; n += 1)
    if (pixels.getUint32(n * 4) === inkPixel) ink.push([n % width, Math.floor(n / width)]);
  return { data, width, height, readColor, ink };
};

describe('a card', () => {
  test.each([
    ['Latin', 'Ferry timetable changes on Monday'],
    ['accents', 'Žluťoučký kůň a Żółta łódź'],
    ['Vietnamese', 'Tàu phà đổi giờ chạy'],
    ['Greek', 'Η αγορά ψαριών κλείνει'],
    ['Cyrillic', 'Жители порта против тарифа'],
    ['letters that are written in two signs', 'Cafe\u0301'],
    ['an emoji beside letters', 'Harvest 🎉 begins ▶️'],
    ['a dash that the font lacks', 'Non\u2011stop'],
  ])('has the title in the ink of the theme: %s', (_, title) => {
    const { width, height, ink, readColor } = draw(title);
    expect([width, height]).toEqual([1200, 630]);
    expect(ink.length).toBeGreaterThan(1000);
    expect(readColor(600, 600)).toBe(colors.paper);
    expect(readColor(5, 300)).toBe(colors.accent);
  });

  test.each([
    ['Arabic', 'جريدة الميناء'],
    ['Chinese', '港口新闻'],
    ['Hebrew within Latin', 'Haaretz הארץ'],
    ['signs alone', '🎉🎉'],
    ['nothing', ' '],
  ])('shows the letter of the publication where the font lacks letters of the title: %s', (_, title) => {
    const { ink, readColor } = draw(title);
    expect([ink, readColor(5, 5), readColor(1195, 625)]).toEqual([[], colors.accent, colors.accent]);
    expect(readColor(600, 315)).toBe(colors.paper);
  });

  test('leaves out a name of the publication that it cannot draw', () => {
    const soft = mixColors(colors.paper, colors.ink, 0.7);
    const hasName = ({ width, readColor }: ReturnType<typeof draw>): boolean => {
      for (let x = 180; x < width; x += 1) if (readColor(x, 512) === soft) return true;
      return false;
    };
    expect([hasName(draw('Ferry')), hasName(draw('Ferry', 'ميناء'))]).toEqual([true, false]);
  });

  test('of a long title has its beginning, within the margins', () => {
    const word = fc.string({ unit: fc.constantFrom(...'aeimnorstuWÄß-'), minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
        const { ink } = draw(words.join(' ').slice(0, 300));
        expect(ink.length).toBeGreaterThan(0);
        expect(ink.filter(([x, y]) => x < 78 || x > 1122 || y >= 478)).toEqual([]);
      }),
      { numRuns: 5 },
    );
  });

  test('is the same bytes for the same title, as a PNG that others read', () => {
    const card = draw('Ferry timetable changes');
    const png = encodeDrawing(card) ?? new Uint8Array();
    expect(encodeDrawing(draw('Ferry timetable changes'))).toEqual(png);
    expect(png.length).toBeLessThan(30_000);
    const read = PNG.sync.read(Buffer.from(png));
    expect([read.width, read.height, Buffer.compare(read.data, Buffer.from(card.data))]).toEqual([1200, 630, 0]);
  });

  test('of any title is drawn', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        (title, name) => {
          expect(draw(title, name).data).toHaveLength(1200 * 630 * 4);
        },
      ),
      { numRuns: 5 },
    );
  });
});

test('a shape covers the share of a pixel that it has of it', () => {
  const pixels = createPixels(4, 2, '#000000');
  fillShape(pixels, outlineBox(0.5, 0, 2, 1), '#ffffff');
  expect([...pixels.data].filter((_, n) => n % 4 === 0)).toEqual([128, 255, 128, 0, 0, 0, 0, 0]);
  fillShape(pixels, outlineBox(-9, -9, 99, 99), '#112233');
  expect(Buffer.from(pixels.data).toString('hex')).toBe('112233ff'.repeat(8));
});

test('a picture of many colors is no drawing', () => {
  const data = new Uint8Array(17 * 16 * 4).map((_, n) => Math.floor(n / 4));
  for (let n = 0; n < 17 * 16; n += 1) data[n * 4 + 1] = Math.floor(n / 17);
  expect(encodeDrawing({ data, width: 17, height: 16 })).toBeUndefined();
});
