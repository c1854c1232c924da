import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectConsistentSite } from './expect-consistent-site.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import type { PublishFixtureOptions } from './publish-fixture.ts';
import { createRequestTracer, formatCounts } from './trace-requests.ts';

const createSite = async (options: PublishFixtureOptions = {}) => {
  const fixture = await createInMemoryPublishFixture(options);
  const bucket = new Map<string, string>();
  return {
    fixture,
    bucket,
    put: async (
      key: string,
      { title = key, topics = ['a'], day = 1 }: { title?: string; topics?: string[]; day?: number },
    ) => {
      const text = `---\ntitle: ${title}\nslug: ${key}\ntags: [${topics.join(', ')}]\ndate: 2026-11-${String(day).padStart(2, '0')}\n---\n\nThe text of it.\n`;
      bucket.set(`${key}.md`, text);
      await fixture.upload(`${key}.md`, text);
    },
    remove: async (key: string) => {
      bucket.delete(`${key}.md`);
      await fixture.remove(`${key}.md`);
    },
    related: async (key: string): Promise<string[]> => {
      const [, list = ''] =
        /<nav class="article issue-part desk related"[^>]*>([\s\S]*?)<\/nav>/.exec(
          (await fixture.read('site', `articles/${key}`)) ?? '',
        ) ?? [];
      return [...list.matchAll(/<li><a href="\/articles\/[^"]+">([^<]*)/g)].map(([, title = '']) => title);
    },
  };
};

test('an article ends with three earlier ones, first those that share more of its topics, then the newest', async () => {
  const { fixture, put, related } = await createSite();
  await put('one', { topics: ['a', 'b'], day: 1 });
  for (const [index, key] of ['two', 'three', 'four'].entries()) await put(key, { topics: ['a'], day: 2 + index });
  await put('other', { topics: ['c'], day: 6 });
  await put('last', { topics: ['a', 'b'], day: 7 });
  await fixture.deliverAll();
  expect(await related('last')).toEqual(['one', 'four', 'three']);
  expect(await related('two')).toEqual(['one']);
  expect(await related('one')).toEqual([]);
  expect(await related('other')).toEqual([]);
});

test('what a later article shows follows a new title, a withdrawal and an article that is filed between', async () => {
  const { fixture, bucket, put, remove, related } = await createSite();
  await put('one', { day: 1 });
  await put('last', { day: 9 });
  await fixture.deliverAll();
  await put('one', { title: 'One corrected', day: 1 });
  await fixture.deliverAll();
  expect(await related('last')).toEqual(['One corrected']);
  await put('between', { day: 5 });
  await fixture.deliverAll();
  expect(await related('last')).toEqual(['between', 'One corrected']);
  await remove('one');
  await fixture.deliverAll();
  expect(await related('last')).toEqual(['between']);
  await put('between', { topics: ['b'], day: 5 });
  await fixture.deliverAll();
  expect(await related('last')).toEqual([]);
  await expectConsistentSite(fixture, bucket);
});

test('a correction of a text alone builds no other article', async () => {
  const { onRequest, trace } = createRequestTracer();
  const { fixture, put } = await createSite({ onRequest });
  await put('one', { day: 1 });
  await put('two', { day: 2 });
  await fixture.deliverAll();
  const before = await fixture.list('site');
  const traced = await trace(async () => {
    await fixture.upload(
      'one.md',
      '---\ntitle: one\nslug: one\ntags: [a]\ndate: 2026-11-01\n---\n\nThe corrected text of it.\n',
    );
    await fixture.deliverAll();
  });
  const after = await fixture.list('site');
  expect(after.get('articles/one')).not.toBe(before.get('articles/one'));
  expect(after.get('articles/two')).toBe(before.get('articles/two'));
  expect(formatCounts(traced)).not.toContain('undefined');
});

const change = fc.record({
  key: fc.constantFrom('p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y'),
  kind: fc.constantFrom('put', 'put', 'put', 'remove'),
  title: fc.constantFrom('One', 'Two', 'Three'),
  topics: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }),
  day: fc.integer({ min: 1, max: 20 }),
  delivers: fc.boolean(),
});

test('whatever is uploaded and deleted in whatever order, every page is as if the whole site were built from the records', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 8, maxLength: 24 }), async (changes) => {
      const { fixture, bucket, put, remove } = await createSite();
      for (const { key, kind, delivers, ...fields } of changes) {
        if (kind === 'put') await put(key, fields);
        else await remove(key);
        if (delivers) await fixture.deliverAll();
      }
      await fixture.deliverAll();
      await expectConsistentSite(fixture, bucket);
    }),
    { numRuns: 12 },
  );
});
