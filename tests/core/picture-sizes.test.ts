import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planPictureSizes, selectCompatibleSize } from '../../functions/core/picture-sizes.ts';

const listWidths = (width: number, height = 1000) => {
  const { webp, compatible } = planPictureSizes({ width, height });
  return [webp.map((size) => size.width), compatible.map((size) => size.width)];
};

test.each([
  [4032, [480, 960, 1600], [480, 960, 1200]],
  [1600, [480, 960, 1600], [480, 960, 1200]],
  [1500, [480, 960, 1500], [480, 960, 1200]],
  // Hardly wider than a size that there is.
  [1000, [480, 960], [480, 960]],
  [500, [480], [480]],
  [480, [480], [480]],
  [300, [300], [300]],
])('a picture of %i pixels has the sizes %j, and %j for programs that do not know WebP', (width, webp, compatible) => {
  expect(listWidths(width)).toEqual([webp, compatible]);
});

test('a size has the proportions of the picture', () => {
  expect(planPictureSizes({ width: 3000, height: 2000 }).webp.at(-1)).toEqual({ width: 1600, height: 1067 });
});

test('letters have the largest size that is not over twice as wide as it is shown', () => {
  expect(selectCompatibleSize({ width: 3000, height: 2000 }, 2 * 552)).toEqual({ width: 960, height: 640 });
  expect(selectCompatibleSize({ width: 3000, height: 2000 }, 100)).toEqual({ width: 480, height: 320 });
});

test('no size is larger than the picture or than WebP can be, and the widths rise', () => {
  const side = fc.integer({ min: 1, max: 65_535 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const { webp, compatible } = planPictureSizes({ width, height });
      for (const sizes of [webp, compatible])
        for (const [index, size] of sizes.entries()) {
          expect(size.width).toBeLessThanOrEqual(width);
          expect(size.width).toBeGreaterThan(sizes[index - 1]?.width ?? 0);
          expect(size.height).toBeLessThanOrEqual(Math.min(height, 16_383));
        }
      expect(webp.length > 0).toBe(compatible.length > 0);
    }),
  );
});
