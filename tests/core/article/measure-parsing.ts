import { parseSeedVersion } from '../../../functions/core/lifecycle/parse-seed-version.ts';
import type { GrowthConstruct } from './growth-constructs.ts';

/**
 * Parses a seed that is full of one construct.
 * @returns milliseconds of processor time of all threads, as that of one thread is counted in steps of some
 * milliseconds
 */
export const measureParsing = ({ extension, build }: GrowthConstruct, size: number) => {
  const bytes = new TextEncoder().encode(build(size));
  const before = process.cpuUsage();
  const parsed = parseSeedVersion({
    key: `a.${extension}`,
    bytes,
    timeZone: 'Europe/Lisbon',
    uploadedAt: '2026-11-20T12:00:00.000Z',
    site: 'https://news.example',
    publicationId: 'test-gazette',
    sequencer: '01',
  });
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, rejection: 'rejection' in parsed ? parsed.rejection.reason : undefined };
};
