import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSeed } from '../../../../functions/core/article/parse-seed.ts';
import { toEntryId } from '../../../../infra/cli/import/source/to-entry-id.ts';
import { formatSeed } from '../../../../infra/cli/seeds/format-seed.ts';

test.each([
  ['https://old.example/?p=12', 'https://old.example/?p=12'],
  ['tag:old.example,2019:maré', 'tag:old.example,2019:maré'],
  ['urn:uuid:8f14e45f-ceea-467f-a9d6-6d0e2a1b3c4d', 'urn:uuid:8f14e45f-ceea-467f-a9d6-6d0e2a1b3c4d'],
  ['8F14E45F-CEEA-467F-A9D6-6D0E2A1B3C4D', 'urn:uuid:8f14e45f-ceea-467f-a9d6-6d0e2a1b3c4d'],
  ['https://old.example/?q=a b', 'https://old.example/?q=a%20b'],
  ['post 40', 'https://old.example/#post%2040'],
  [' ', undefined],
])('%j goes on as %j', (written, kept) => {
  expect(toEntryId(written, 'https://old.example')).toBe(kept);
});

test('where nobody knows the old site, an id that is no IRI is not kept', () => {
  expect(toEntryId('post 40', undefined)).toBeUndefined();
});

test('whatever an id was, the one that is made of it is taken by publishing, and is the same the next time', () => {
  const anyId = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.webUrl(),
    fc.uuid(),
    fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `https://old.example/${text}`),
  );
  fc.assert(
    fc.property(anyId, (written) => {
      const id = toEntryId(written, 'https://old.example');
      if (id === undefined) return;
      const body = { kind: 'markdown', text: 'Text.' } as const;
      const seed = formatSeed({ title: 'T', authors: [], topics: [], id, body }, 'UTC');
      const file = { timeZone: 'UTC', site: 'https://new.example', uploadedAt: '2026-01-01T00:00:00Z' };
      expect(parseSeed({ ...file, key: 'a.md', bytes: new TextEncoder().encode(seed) }).id).toBe(id);
      expect(toEntryId(id, 'https://old.example')).toBe(id);
    }),
    { numRuns: 60 },
  );
});
