import { expect, test } from 'vitest';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import type { PublishFixture } from './publish-fixture.ts';

const now = () => new Date('2026-10-27T12:00:00.000Z');
const open = (): Promise<PublishFixture> => createInMemoryPublishFixture({ now });
const write = (title: string, words = 'The ferry runs.'): string =>
  `---\ntitle: ${title}\nid: urn:example:ferry\n---\n\n${words}\n`;

const readArticles = async (fixture: PublishFixture): Promise<{ id: string; title: string; content_html: string }[]> =>
  JSON.parse((await fixture.read('site', 'feed.json')) ?? '').items;

const readReport = (fixture: PublishFixture, key: string): Promise<string | undefined> =>
  fixture.read('internal', `rejections/${key}.txt`);

test.each([['one after the other'], ['at once']])(
  'of two seeds with one id and different content the first stays (%s)',
  async (how) => {
    const fixture = await open();
    await fixture.upload('a.md', write('First'));
    if (how === 'one after the other') await fixture.deliverAll();
    await fixture.upload('b.md', write('Second', 'Something else.'));
    await fixture.deliverAll();
    expect((await readArticles(fixture)).map(({ title }) => title)).toEqual(['First']);
    expect(await readReport(fixture, 'b.md')).toMatch(
      /^b\.md was not published\.\n\nReason: It has the same id as a\.md, [^\n]+urn:example:ferry/,
    );
    expect(await readReport(fixture, 'a.md')).toBeUndefined();
    await fixture.upload('a.md', write('First', 'It runs again.'));
    await fixture.deliverAll();
    expect((await readArticles(fixture))[0]?.content_html).toContain('It runs again.');
    expect(await readReport(fixture, 'b.md')).toContain('a.md');
  },
);

test('the second seed takes over when the first is deleted, and its report goes away', async () => {
  const fixture = await open();
  await fixture.upload('a.md', write('First'));
  await fixture.upload('b.md', write('Second', 'Something else.'));
  await fixture.deliverAll();
  await fixture.remove('a.md');
  await fixture.deliverAll();
  expect((await readArticles(fixture)).map(({ title }) => title)).toEqual(['Second']);
  expect(await readReport(fixture, 'b.md')).toBeUndefined();
});

test('the second seed is published as an article of its own once it states another id', async () => {
  const fixture = await open();
  await fixture.upload('a.md', write('First'));
  await fixture.upload('b.md', write('Second'));
  await fixture.deliverAll();
  await fixture.upload('b.md', write('Second').replace('ferry', 'other'));
  await fixture.deliverAll();
  expect((await readArticles(fixture)).map(({ id }) => id)).toEqual(['urn:example:other', 'urn:example:ferry']);
  expect(await readReport(fixture, 'b.md')).toBeUndefined();
});

const moves = [
  ['a copy, then a deletion', ['upload', 'deliver', 'remove', 'deliver']],
  ['a deletion, then a copy', ['remove', 'deliver', 'upload', 'deliver']],
  ['a copy and a deletion at once', ['upload', 'remove', 'deliver']],
  ['a deletion and a copy at once', ['remove', 'upload', 'deliver']],
] as const;

test.each(
  moves.flatMap(([name, steps]) => [
    [name, 'unchanged', steps, 'The ferry runs.'] as const,
    [name, 'edited', steps, 'It runs again.'] as const,
  ]),
)('a file is moved by %s, %s', async (_name, _edit, steps, words) => {
  const fixture = await open();
  await fixture.upload('old.md', write('Ferry'));
  await fixture.deliverAll();
  for (const step of steps) {
    if (step === 'upload') await fixture.upload('new.md', write('Ferry', words));
    if (step === 'remove') await fixture.remove('old.md');
    if (step === 'deliver') await fixture.deliverAll();
  }
  expect(await readArticles(fixture)).toMatchObject([
    { id: 'urn:example:ferry', title: 'Ferry', content_html: expect.stringContaining(words) },
  ]);
  expect(await fixture.read('site', 'articles/ferry')).toContain(words);
  expect([...(await fixture.list('internal')).keys()].filter((key) => key.startsWith('rejections/'))).toEqual([]);
});

test('of a hundred copies of one file fifty are counted as the article, and the others are told to be too many', async () => {
  const fixture = await open();
  for (let index = 0; index < 100; index += 1)
    await fixture.upload(`${'x'.repeat(1000)}${String(index).padStart(3, '0')}.md`, write('Copied'));
  await fixture.deliverAll();
  expect(await readArticles(fixture)).toHaveLength(1);
  const reports = [...(await fixture.list('internal')).keys()].filter((key) => key.startsWith('rejections/'));
  expect(reports).toHaveLength(50);
  expect(await fixture.read('internal', reports[0] ?? '')).toContain('It is one of too many copies of');
});
