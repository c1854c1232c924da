import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { fetchSearchIndex, SearchIndexChanged } from '../../functions/browser/fetch-search-index.ts';
import { startSearch } from '../../functions/browser/start-search.ts';
import { encodeSearchIndex } from '../../functions/core/search/search-index.ts';
import { listIndexedWords } from '../../functions/core/search/search-words.ts';

const buildIndex = (name: string, count: number): Uint8Array => {
  const words = new Map<string, number[]>();
  const documents = Array.from({ length: count }, (_, number) => {
    for (const word of listIndexedWords(`common ${name}${number} w${(number * 7919) % 9973}`, 'en', 99))
      words.set(word, [...(words.get(word) ?? []), number]);
    return JSON.stringify([
      `/articles/${name}-${number}`,
      `Title ${number}`,
      '2026-01-01',
      '1 January 2026',
      'Summary.',
    ]);
  });
  return encodeSearchIndex([{ name, documents, words }]);
};

let server: Server | undefined;
afterEach(() => server?.close());

/** Serves files as a bucket does, the ranges that are asked for alone if it knows them. */
const serve = async (files: Record<string, Uint8Array>, knowsRanges = true): Promise<string> => {
  server = createServer((request, response) => {
    const file = files[(request.url ?? '').slice(1)];
    if (!file) return response.writeHead(404).end();
    const [, start = '0', end = ''] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const etag = `"${file.length}"`;
    if (!knowsRanges) return response.writeHead(200, { etag }).end(file);
    return response.writeHead(206, { etag }).end(file.subarray(Number(start), Number(end) + 1));
  });
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return `http://127.0.0.1:${port}`;
};

test.each([
  ['by ranges', true],
  ['from a server that knows no ranges', false],
])('results of several files, the newest first, are read %s', async (_, knowsRanges) => {
  const site = await serve({ newest: buildIndex('b', 3), '2025': buildIndex('a', 2_000) }, knowsRanges);
  const open = () => ['newest', '2025', 'missing'].map((name) => fetchSearchIndex(`${site}/${name}`));
  const next = startSearch(open(), 'common', 'en');
  const first = await next?.(4);
  expect(first?.results.map(({ address }) => address)).toEqual([
    '/articles/b-2',
    '/articles/b-1',
    '/articles/b-0',
    '/articles/a-1999',
  ]);
  expect(first).toMatchObject({ hasMore: true, total: 2_003 });
  expect((await next?.(2))?.results.map(({ title }) => title)).toEqual(['Title 1998', 'Title 1997']);
  expect(await startSearch(open(), 'a1777', 'en')?.(9)).toMatchObject({
    results: [{ day: '1 January 2026' }],
    total: 1,
  });
  expect(await startSearch(open(), 'b2', 'en')?.(9)).toMatchObject({ results: [{ title: 'Title 2' }], total: 1 });
  expect(startSearch(open(), '…', 'en')).toBeUndefined();
});

test('those with the words in their titles come first among the newest', async () => {
  const titles = ['Herring', 'The port', 'Harbour dues', 'The Harbourmaster', 'A walk', 'Dues', 'Élan of the harbor'];
  const words = new Map<string, number[]>();
  titles.forEach((title, number) => {
    for (const word of listIndexedWords(`${title} harbour dues common`, 'en', 99))
      words.set(word, [...(words.get(word) ?? []), number]);
  });
  const documents = titles.map((title, number) => JSON.stringify([`/articles/${number}`, title, '', '', '', 'en']));
  const site = await serve({ newest: encodeSearchIndex([{ name: 'newest', documents, words }]) });
  const findTitles = async (query: string) =>
    (await startSearch([fetchSearchIndex(`${site}/newest`)], query, 'en')?.(9))?.results.map(({ title }) => title);
  const newestFirst = titles.toReversed();
  expect(await findTitles('common')).toEqual(newestFirst);
  expect(await findTitles('harbour dues')).toEqual([
    'Harbour dues',
    'Dues',
    'The Harbourmaster',
    ...newestFirst.filter((title) => !/Harbour|Dues/.test(title)),
  ]);
  expect((await findTitles('elan'))?.[0]).toBe('Élan of the harbor');
});

test('a file that is written anew between two requests is noticed', async () => {
  const files = { newest: buildIndex('a', 2_000) };
  const site = await serve(files);
  const index = fetchSearchIndex(`${site}/newest`);
  await index.readHead();
  files.newest = buildIndex('a', 2_001);
  await expect(startSearch([index], 'common', 'en')?.(9)).rejects.toThrow(SearchIndexChanged);
});
