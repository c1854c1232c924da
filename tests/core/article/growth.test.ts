import { describe, expect, test } from 'vitest';
import { parseSeedVersion } from '../../../functions/core/lifecycle/parse-seed-version.ts';
import { type GrowthConstruct, growthConstructs } from './growth-constructs.ts';

/** Processor time of all threads: that of one thread is counted in steps of some milliseconds. */
const measureMs = ({ extension, build }: GrowthConstruct, size: number): number => {
  const bytes = new TextEncoder().encode(build(size));
  const before = process.cpuUsage();
  parseSeedVersion({
    key: `a.${extension}`,
    bytes,
    timeZone: 'Europe/Lisbon',
    uploadedAt: '2026-11-20T12:00:00.000Z',
    site: 'https://news.example',
    publicationId: 'test-gazette',
    sequencer: '01',
  });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** Each is four times the one before. */
const sizes = [8000, 32_000, 128_000, 512_000];

/** Four times the size takes four times as long, or sixteen times where the time grows with the square. */
const maxRatio = 8;

/** What takes less is a matter of the collection of garbage and the like. */
const minMeasurableMs = 10;
/** Nothing but growth explains that four times the size takes so long. */
const maxMs = 1000;

/**
 * How much longer four times the size takes, at the first size that takes long enough to tell. A ratio that is too high
 * may come from a disturbance, or from work with a limit of its own, so the next size decides.
 */
const measureGrowth = (construct: GrowthConstruct): number => {
  const [first = 0, ...larger] = sizes;
  let before = measureMs(construct, first);
  let ratio = 0;
  for (const size of larger) {
    const after = measureMs(construct, size);
    ratio = after < minMeasurableMs ? 0 : after / before;
    if (after >= maxMs || (ratio > 0 && ratio <= maxRatio)) break;
    before = after;
  }
  return ratio;
};

describe('the time to parse a seed grows with its size, whatever it is full of', () => {
  test.each(growthConstructs.map((construct) => [`.${construct.extension}: ${construct.name}`, construct] as const))(
    '%s',
    (_, construct) => {
      expect(measureGrowth(construct)).toBeLessThanOrEqual(maxRatio);
    },
  );
});
