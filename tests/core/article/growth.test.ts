import { describe, expect, test } from 'vitest';
import { type GrowthConstruct, growthConstructs } from './growth-constructs.ts';
import { measureParsing } from './measure-parsing.ts';

/** Each is four times the one before. */
const sizes = [8000, 32_000, 128_000, 512_000];
/** Decides where the time at the size before is too short to tell growth from a disturbance. */
const largestSize = 2_048_000;

/** Four times the size takes four times as long, or sixteen times where the time grows with the square. */
const maxRatio = 8;

/** What takes less is a matter of the collection of garbage and the like. */
const minMeasurableMs = 10;
/** Nothing but growth explains that four times the size takes so long. */
const maxMs = 1000;

/** The least of three: what disturbs a measurement only adds to it. */
const findLeastMs = (construct: GrowthConstruct, size: number): number =>
  Math.min(...Array.from({ length: 3 }, () => measureParsing(construct, size).cpuMs));

/**
 * How much longer four times the size takes, at the first size that takes long enough to tell. A ratio that is too high
 * may come from a disturbance, or from work with a limit of its own, so it is measured again, and the next size
 * decides.
 */
const measureGrowth = (construct: GrowthConstruct): number => {
  const [first = 0, ...larger] = sizes;
  let before = measureParsing(construct, first).cpuMs;
  let ratio = 0;
  for (const size of larger) {
    let after = measureParsing(construct, size).cpuMs;
    if (after > before * maxRatio && after < maxMs) after = findLeastMs(construct, size);
    ratio = after < minMeasurableMs ? 0 : after / before;
    if (after >= maxMs || (ratio > 0 && ratio <= maxRatio)) break;
    before = after;
  }
  if (ratio <= maxRatio || before >= maxMs) return ratio;
  return findLeastMs(construct, largestSize) / before;
};

describe('the time to parse a seed grows with its size, whatever it is full of', () => {
  test.each(growthConstructs.map((construct) => [`.${construct.extension}: ${construct.name}`, construct] as const))(
    '%s',
    (_, construct) => {
      expect(measureGrowth(construct)).toBeLessThanOrEqual(maxRatio);
    },
  );
});
