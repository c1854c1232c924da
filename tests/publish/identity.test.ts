import fc from 'fast-check';
import { expect, test } from 'vitest';
import { articleRecordSchema } from '../../functions/core/lifecycle/article-record.ts';
import { expectConsistentSite } from './expect-consistent-site.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import type { PublishFixture } from './publish-fixture.ts';

const hourMs = 3_600_000;
const keys = ['a.md', 'b.md', 'new/a.md', 'c.markdown'];
const key = fc.constantFrom(...keys);

const act = fc.oneof(
  fc.record({ act: fc.constant('put' as const), to: key, content: fc.nat(3) }),
  fc.record({ act: fc.constant('edit' as const), to: key }),
  fc.record({ act: fc.constant('copy' as const), from: key, to: key }),
  fc.record({ act: fc.constant('move' as const), from: key, to: key, isDeletedFirst: fc.boolean() }),
  fc.record({ act: fc.constant('remove' as const), to: key }),
);

/** What happens, whether it is built before the next, and the request that fails meanwhile. */
const step = fc.record({
  act,
  isBuilt: fc.boolean(),
  failAt: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const put = (to: string, content: number, isBuilt: boolean): Step => ({
  act: { act: 'put', to, content },
  isBuilt,
  failAt: 0,
});

/** Two articles get one new content within a build. */
const sameEdits = [
  put('a.md', 0, true),
  put('c.markdown', 1, true),
  put('c.markdown', 2, false),
  put('a.md', 2, false),
];

const write = (number: number): string => `# Story ${number}\n\nText number ${number} of it.\n`;

/** The files of the bucket, and how an author changes them. */
const createFiles = (fixture: PublishFixture) => {
  const files = new Map<string, string>();
  let edits = 0;
  const put = async (to: string, text: string): Promise<void> => {
    files.set(to, text);
    await fixture.upload(to, text);
  };
  const remove = async (from: string): Promise<void> => {
    if (files.delete(from)) await fixture.remove(from);
  };
  const change = async (taken: Step['act']): Promise<void> => {
    if (taken.act === 'put') return put(taken.to, write(taken.content));
    if (taken.act === 'remove') return remove(taken.to);
    const text = files.get(taken.act === 'edit' ? taken.to : taken.from);
    if (text === undefined) return;
    if (taken.act === 'edit') {
      edits += 1;
      return put(taken.to, text.replace('\n\n', `\n\nEdit ${edits}. `));
    }
    if (taken.from === taken.to) return;
    if (taken.act === 'move' && taken.isDeletedFirst) await remove(taken.from);
    await put(taken.to, text);
    if (taken.act === 'move') await remove(taken.from);
  };
  return { files, change };
};

const readArticles = async (fixture: PublishFixture) =>
  [...(await fixture.listItems())]
    .filter(([name]) => name.startsWith('ARTICLE#'))
    .map(([, item]) => articleRecordSchema.parse(item));

/** The id of each content that is published. */
const readIds = async (fixture: PublishFixture): Promise<Map<string, string>> => {
  const published = (await readArticles(fixture)).filter(({ state }) => state === 'published');
  const ids = new Map(published.map(({ id, lastSeed }) => [lastSeed?.content ?? '', id]));
  expect(ids.size, 'one article for each content').toBe(published.length);
  return ids;
};

test('in every history of uploads, copies, moves, edits and deletions each content is one article, and moved ones keep theirs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), fc.boolean(), async (steps, isEachBuilt) => {
      let requests = 0;
      let failAt = 0;
      let time = Date.parse('2026-10-27T12:00:00Z');
      const fixture = await createInMemoryPublishFixture({
        now: () => new Date(time),
        onRequest: () => {
          requests += 1;
          if (requests === failAt) throw Object.assign(new Error('too slow'), { name: 'TimeoutError' });
        },
      });
      const { files, change } = createFiles(fixture);
      fixture.tick();
      await fixture.deliverAll();
      const arrivals = new Map<number, string>();
      const announced = new Map<string, string>();
      const build = async (failing: number): Promise<void> => {
        requests = 0;
        failAt = failing;
        for (let attempt = 0; attempt < 2; attempt += 1) {
          const messages = fixture.pending.splice(0);
          const failed = await fixture.deliver(messages).catch(() => messages.map(({ id }) => id));
          fixture.pending.unshift(...messages.filter(({ id }) => failed.includes(id)));
          fixture.tick();
          time += hourMs;
        }
        failAt = 0;
        await fixture.deliverAll();
        for (const { arrival, id, lastSeed } of await readArticles(fixture)) {
          if (arrival === undefined) continue;
          expect(arrivals.get(arrival) ?? id, 'an arrival stays').toBe(id);
          if (!arrivals.has(arrival)) {
            expect(announced.get(lastSeed?.content ?? ''), 'a content is announced once').toBeUndefined();
          }
          arrivals.set(arrival, id);
          announced.set(lastSeed?.content ?? '', id);
        }
      };
      for (const { act: taken, isBuilt, failAt: failing } of steps) {
        const before = isEachBuilt ? await readIds(fixture) : new Map<string, string>();
        await change(taken);
        if (!isBuilt && !isEachBuilt) continue;
        await build(failing);
        const after = await readIds(fixture);
        for (const [content, id] of after)
          if (taken.act !== 'edit' && before.has(content))
            expect(id, 'a moved content keeps its id').toBe(before.get(content));
      }
      await build(0);
      expect((await readIds(fixture)).size).toBe(new Set(files.values()).size);
      await expectConsistentSite(fixture, files);
    }),
    { numRuns: 40, examples: [[sameEdits, false]] },
  );
});
