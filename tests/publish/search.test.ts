import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectConsistentSite } from './expect-consistent-site.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import { searchArticles } from './search-articles.ts';

const write = (title: string, date: string, text: string, fields = ''): string =>
  `---\ntitle: ${title}\ndate: ${date}\n${fields}\n---\n\n${text}\n`;

test('an article is found by all that its page says of it, once it is published and as long as it is', async () => {
  const fixture = await createInMemoryPublishFixture();
  const publish = async (key: string, text: string): Promise<void> => {
    await fixture.upload(key, text);
    await fixture.deliverAll();
  };
  const fields = 'author: Ana Reis\ntags: [Lighthouses]\nsummary: A keeper looks back.';
  await publish(
    'lamp.md',
    write(
      'The old lamp',
      '2026-03-01',
      'It burnt oil.\n\n<figure><img src="https://a.example/b.png" alt=""><figcaption>A wick</figcaption></figure>',
      fields,
    ),
  );
  await publish('draft.md', write('A secret', '2026-03-02', 'Unfinished oil.', 'draft: true'));
  for (const query of ['old lamp', 'burnt', 'reis', 'lighthouses', 'keeper', 'wick'])
    expect(await searchArticles(fixture, query), query).toEqual(['/articles/the-old-lamp']);
  expect(await searchArticles(fixture, 'secret')).toEqual([]);
  await publish('lamp.md', write('The new lamp', '2026-03-01', 'It burns gas.'));
  expect(await searchArticles(fixture, 'oil')).toEqual([]);
  expect(await searchArticles(fixture, 'gas')).toEqual(['/articles/the-old-lamp']);
  await fixture.remove('lamp.md');
  await fixture.deliverAll();
  expect([...(await fixture.list('site')).keys()].filter((key) => key.startsWith('search/'))).toEqual([]);
});

const keys = ['a.md', 'b.md', 'c.md', 'd.md', 'e.md'];
const dates = ['2024-12-30', '2025-01-02', '2025-02-03', '2025-02-04', '2026-01-01'];
const words = ['anchor', 'buoy', 'capstan', 'dinghy'];

test('whatever is uploaded, changed, moved to another month and withdrawn, the index has what is published', async () => {
  const step = fc.record({
    key: fc.constantFrom(...keys),
    date: fc.option(fc.constantFrom(...dates)),
    word: fc.constantFrom(...words),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
      const fixture = await createInMemoryPublishFixture();
      const texts = new Map<string, string>();
      for (const { key, date, word } of steps) {
        if (date === null) {
          await fixture.remove(key);
          texts.delete(key);
        } else {
          const text = write(`Article ${key[0]}`, date, `The ${word} of ${key[0]}.`);
          await fixture.upload(key, text);
          texts.set(key, text);
        }
        await fixture.deliverAll();
        for (const each of words) {
          const expected = [...texts].flatMap(([seed, text]) =>
            text.includes(each) ? `/articles/article-${seed[0]}` : [],
          );
          expect(await searchArticles(fixture, each)).toEqual(expected.sort());
        }
      }
      await expectConsistentSite(fixture, texts);
    }),
    { numRuns: 6 },
  );
});

test('a month of two parts has one in the file of its year once the other has begun', async () => {
  const fixture = await createInMemoryPublishFixture();
  for (let index = 0; index < 102; index += 1)
    await fixture.upload(
      `${index}.md`,
      write(`Number ${index}`, `2026-03-01T10:00:${String(index % 60).padStart(2, '0')}Z`, `Common w${index}.`),
    );
  await fixture.deliverAll();
  expect([...(await fixture.list('site')).keys()].filter((key) => key.startsWith('search/')).sort()).toEqual([
    'search/2026.bin',
    'search/newest.bin',
  ]);
  expect(await searchArticles(fixture, 'common')).toHaveLength(102);
  for (const word of ['w0', 'w41', 'w101']) expect(await searchArticles(fixture, word)).toHaveLength(1);
});
