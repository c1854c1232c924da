import { expect, test } from 'vitest';
import { createCardStore } from '../../functions/adapters/table/cards.ts';
import { drawCards } from '../../functions/resize-picture/draw-cards.ts';
import { sampleImages } from '../core/image/sample-images.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import type { PublishFixtureOptions } from './publish-fixture.ts';

const createFixture = async (options: PublishFixtureOptions = {}) => {
  const fixture = await createInMemoryPublishFixture(options);
  const { services } = fixture;
  const cards = createCardStore(fixture.table);
  const drawn: string[] = [];
  return {
    ...fixture,
    drawn,
    put: async (key: string, body: string | Uint8Array) => {
      await fixture.upload(key, body);
      await fixture.deliverAll();
    },
    delete: async (key: string) => {
      await fixture.remove(key);
      await fixture.deliverAll();
    },
    draw: (whileDrawing = async () => {}, timeLeftMs = 60_000) =>
      drawCards(
        {
          ...services,
          cards,
          resizer: {
            drawCard: async ({ title }) => {
              drawn.push(title);
              await whileDrawing();
              return Buffer.from(title);
            },
          },
        },
        () => timeLeftMs,
      ),
    listCards: async () => [...(await fixture.list('site')).keys()].filter((path) => path.startsWith('cards/')),
    listRequested: async () => (await cards.list(10)).map(({ card }) => card.title),
    readImage: async (path: string) =>
      /<meta property="og:image" content="https:\/\/news\.example\/([^"]+)">/.exec(
        (await fixture.read('site', path)) ?? '',
      )?.[1],
  };
};

const write = (title: string, text = 'Some text.') => `---\ntitle: ${title}\nslug: ferry\n---\n${text}\n`;

test('an article without a picture has a card, which is drawn once for its title', async () => {
  const { put, draw, drawn, listCards, listRequested, readImage, read } = await createFixture();
  await put('ferry.md', write('The ferry'));
  expect(await listRequested()).toEqual(['The ferry']);
  const path = (await readImage('articles/ferry')) ?? '';
  expect(path).toMatch(/^cards\/\w+\.png$/);
  const page = await read('site', 'articles/ferry');
  expect(page).toContain('<meta property="og:image:width" content="1200">');
  expect(page).toContain('<meta property="og:image:alt" content="The ferry">');
  await draw();
  expect([await listCards(), await listRequested()]).toEqual([[path], []]);
  await put('ferry.md', write('The ferry', 'Another text.'));
  await draw();
  expect([drawn, await listCards(), await listRequested()]).toEqual([['The ferry'], [path], []]);
});

test('another title has another card, and the former one goes', async () => {
  const { put, draw, drawn, listCards, readImage } = await createFixture();
  await put('ferry.md', write('The ferry'));
  await draw();
  const before = await listCards();
  await put('ferry.md', write('The new ferry'));
  expect(await listCards()).toEqual([]);
  await draw();
  expect(await listCards()).toEqual([await readImage('articles/ferry')]);
  expect(await listCards()).not.toEqual(before);
  expect(drawn).toEqual(['The ferry', 'The new ferry']);
});

test('a withdrawn article has no card, also where it is withdrawn while the card is drawn', async () => {
  const { put, draw, listCards, listRequested, delete: remove } = await createFixture();
  await put('ferry.md', write('The ferry'));
  await remove('ferry.md');
  expect(await listRequested()).toEqual([]);
  await put('ferry.md', write('The ferry'));
  await draw(() => remove('ferry.md'));
  expect([await listCards(), await listRequested()]).toEqual([[], []]);
  await put('ferry.md', write('The ferry'));
  await draw();
  expect(await listCards()).toHaveLength(1);
  await remove('ferry.md');
  expect(await listCards()).toEqual([]);
});

test('a page, a draft and an article with a picture need no card', async () => {
  const { put, draw, drawn, readImage, listCards } = await createFixture();
  await put('quay.png', sampleImages['plain.png']);
  await put('pages/about.md', '---\ntitle: About us\n---\nText.\n');
  await put('draft.md', '---\ntitle: Draft\ndraft: true\n---\nText.\n');
  await put('ferry.md', write('The ferry', '![The quay](quay.png)'));
  await draw();
  expect(drawn).toEqual([]);
  expect(await readImage('articles/ferry')).toBe('images/quay.png');
  const shared = await readImage('about');
  expect(shared).toMatch(/^assets\/card-\w+\.png$/);
  expect(await readImage('index.html')).toBe(shared);
  await put('ferry.md', write('The ferry', 'Without it.'));
  await draw();
  expect(await listCards()).toHaveLength(1);
  await put('ferry.md', write('The ferry', '![The quay](quay.png)'));
  expect(await listCards()).toEqual([]);
});

test('a build that was interrupted anywhere requests the card again, and leaves no other', async () => {
  let requests = 0;
  let failAt = Number.POSITIVE_INFINITY;
  let minutes = 0;
  const { put, draw, listCards, readImage, upload, deliver, pending, warnings } = await createFixture({
    now: () => new Date(Date.parse('2026-11-28T12:00:00Z') + minutes * 60_000),
    onRequest: () => {
      requests += 1;
      if (requests === failAt) throw new Error('the function ended');
    },
  });
  await put('ferry.md', write('Number 0'));
  const start = requests;
  await put('ferry.md', write('Number 1'));
  const count = requests - start;
  for (let n = 1; n <= count; n += 1) {
    await draw();
    await upload('ferry.md', write(`Number ${n + 1}`));
    failAt = requests + n;
    const batch = [...pending];
    await deliver(batch).catch(() => {});
    failAt = Number.POSITIVE_INFINITY;
    // The lease of the build that ended has.
    minutes += 5;
    await put('ferry.md', write(`Number ${n + 1}`));
    await draw();
    expect(await listCards(), `failed at ${n}`).toEqual([await readImage('articles/ferry')]);
  }
  expect(warnings.length).toBeGreaterThan(0);
});

test('a card that cannot be drawn is given up after three attempts', async () => {
  let now = new Date('2026-11-28T12:00:00Z');
  const { put, draw, drawn, listRequested, listCards, warnings } = await createFixture({ now: () => now });
  await put('ferry.md', write('The ferry'));
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await draw(() => Promise.reject(new Error('no memory')));
    now = new Date(now.getTime() + 600_000);
  }
  expect([drawn.length, await listRequested(), await listCards()]).toEqual([3, [], []]);
  expect(warnings).toHaveLength(3);
});

test('cards wait where the function has little time left', async () => {
  const { put, draw, drawn, listRequested } = await createFixture();
  await put('ferry.md', write('The ferry'));
  await draw(undefined, 10_000);
  expect([drawn, await listRequested()]).toEqual([[], ['The ferry']]);
});
