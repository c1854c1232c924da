import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AnnouncementFacts, planAnnouncements } from '../../../../infra/cli/export/plan-announcements.ts';

const article = (id: string, more: Partial<AnnouncementFacts>): AnnouncementFacts => ({
  id,
  state: 'published',
  firstUpload: '2026-11-20T10:00:00.000Z',
  ...more,
});

test('what every cadence has covered is announced by instants in its order, what waits keeps its numbers', () => {
  const { announcedAt, waiting } = planAnnouncements(
    [
      article('b', { arrival: 2 }),
      article('a', { arrival: 1, returnNumber: 5 }),
      article('c', { arrival: 3, firstUpload: '2026-11-19T10:00:00.000Z', correctionNumber: 2 }),
      article('d', { arrival: 4 }),
      article('gone', { arrival: 6, state: 'withdrawn' }),
      article('old', {}),
    ],
    3,
  );
  expect(Object.fromEntries(announcedAt)).toEqual({
    a: '2026-11-20T10:00:00.000Z',
    b: '2026-11-20T10:00:00.001Z',
    c: '2026-11-20T10:00:00.002Z',
    gone: '2026-11-20T10:00:00.003Z',
  });
  const firstUpload = '2026-11-20T10:00:00.000Z';
  expect([...waiting.values()]).toEqual([
    { id: 'a', firstUpload, returnNumber: 5 },
    { id: 'd', firstUpload, arrival: 4 },
  ]);
});

test('what was announced elsewhere keeps its instant, below all that was announced here', () => {
  const { announcedAt } = planAnnouncements(
    [article('here', { arrival: 1 }), article('there', { announcedAt: '2026-11-25T00:00:00.000Z' })],
    9,
  );
  expect(Object.fromEntries(announcedAt)).toEqual({
    there: '2026-11-25T00:00:00.000Z',
    here: '2026-11-25T00:00:00.001Z',
  });
});

const upload = fc.integer({ min: 0, max: 3000 }).map((ms) => new Date(1_790_000_000_000 + ms).toISOString());

test('the order of arrivals is kept strictly, whatever the uploads say', () => {
  fc.assert(
    fc.property(fc.array(upload, { maxLength: 20 }), fc.nat(20), (uploads, covered) => {
      const all = uploads.map((firstUpload, index) => article(`${index}`, { firstUpload, arrival: index + 1 }));
      const { announcedAt, waiting } = planAnnouncements(all.toReversed(), covered);
      const told = all.slice(0, covered).map(({ id }) => announcedAt.get(id) ?? '');
      expect(told).toEqual([...new Set(told)].sort());
      for (const [index, instant] of told.entries()) expect(instant >= (uploads[index] ?? '')).toBe(true);
      expect(announcedAt.size + waiting.size).toBe(all.length);
    }),
  );
});
