import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startSearch } from '../../functions/browser/start-search.ts';
import type { FullEntry } from '../../functions/core/entry.ts';
import { parsePublication } from '../../functions/core/publication.ts';
import { buildSearchPart, indexArticle } from '../../functions/core/search/build-search-part.ts';
import { readHeadLength, readIndexHead } from '../../functions/core/search/index-head.ts';
import { planSearchIndexes } from '../../functions/core/search/plan-search-indexes.ts';
import { encodeSearchIndex, type SearchPart } from '../../functions/core/search/search-index.ts';
import { startChromium } from '../core/site/browser.ts';
import { baseSettings } from '../publish/publish-fixture.ts';

/**
 * Measures what a query loads of 10,000 articles, and what one more article costs: `node tests/bench/search.ts`. With
 * the folder of an installed Pagefind after it, its figures for the same articles, too.
 */

const articles = 10_000;
const articlesPerPart = 100;
const wordsPerArticle = 400;
const vocabulary = 200_000;

/** The same numbers each time. */
const createRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const syllables =
  'ba be bo ca ce co da de di fa fe go ha hi in is ka la le li lo ma me mi na ne no on or pa pe po ra re ri ro sa se si so ta te ti to un va ve vi'.split(
    ' ',
  );

/** Frequent words are short, as in languages. */
const buildWord = (rank: number): string => {
  let word = '';
  for (let rest = rank + 1; rest > 0; rest = Math.floor(rest / syllables.length))
    word += syllables[rest % syllables.length] ?? '';
  return word;
};

/** By Zipf's law, as Mandelbrot has it. */
const pickRank = (random: () => number): number => {
  const offset = 2.7;
  return Math.min(vocabulary - 1, Math.floor((offset + 1) * (vocabulary / (offset + 1)) ** random() - offset - 1) + 1);
};

const publication = parsePublication(baseSettings);

const buildEntry = (index: number): FullEntry => {
  const random = createRandom(index + 1);
  const pick = (count: number): string => Array.from({ length: count }, () => buildWord(pickRank(random))).join(' ');
  const published = new Date(Date.UTC(2018, 5 + Math.floor(index / articlesPerPart), 1 + (index % 28))).toISOString();
  return {
    id: `urn:example:${index}`,
    slug: `article-${index}`,
    title: pick(8),
    summary: pick(30),
    authors: [{ name: pick(2), slug: 'author' }],
    editors: [],
    topics: [{ name: pick(1), slug: 'topic' }],
    published,
    dateOnly: false,
    updated: published,
    wordCount: wordsPerArticle,
    email: true,
    revision: String(index),
    bodyKey: '',
    bodyLength: 0,
    text: pick(wordsPerArticle),
    html: '',
  };
};

const entries = Array.from({ length: articles }, (_, index) => buildEntry(index));
const months = Array.from({ length: articles / articlesPerPart }, (_, month) => ({
  name: (entries[month * articlesPerPart]?.published ?? '').slice(0, 7),
  entries: entries.slice(month * articlesPerPart, (month + 1) * articlesPerPart),
}));
const indexPart = ({ name, entries: some }: (typeof months)[number]): SearchPart =>
  buildSearchPart(
    `${name}/1`,
    some.map((entry) => indexArticle(entry, publication, some.length)),
  );
const parts = new Map(months.map((month) => [`${month.name}/1`, indexPart(month)]));
const files = planSearchIndexes(months.map(({ name }) => ({ name, updates: [''] }))).map((file) => ({
  name: file.name,
  bytes: encodeSearchIndex(file.parts.flatMap((part) => parts.get(part) ?? [])),
}));

const measureQuery = async (query: string) => {
  let bytes = 0;
  let requests = 0;
  const opened = files.toReversed().map((file) => {
    const read = (start: number, end: number): Uint8Array => {
      bytes += Math.min(end, file.bytes.length) - start;
      requests += 1;
      return file.bytes.subarray(start, end);
    };
    const length = readHeadLength(file.bytes) ?? 0;
    let head: ReturnType<typeof readIndexHead> | undefined;
    return {
      readHead: async () => {
        if (!head) {
          read(0, 4096);
          if (length > 4096) read(4096, length);
          head = readIndexHead(file.bytes.subarray(0, length));
        }
        return head;
      },
      readRange: async ({ start, end }: { readonly start: number; readonly end: number }) => read(start, end),
    };
  });
  const page = await startSearch(opened, query, 'en')?.(10);
  return { query, bytes, requests, results: page?.results.length ?? 0, total: page?.total };
};

const rareRank = 60_000;
const queries = {
  'a rare word': buildWord(rareRank),
  'a word of some articles': buildWord(3_000),
  'a word of most articles': buildWord(1),
  'two words': `${buildWord(500)} ${buildWord(900)}`,
  'three words': `${buildWord(120)} ${buildWord(300)} ${buildWord(700)}`,
  'three letters': buildWord(rareRank).slice(0, 3),
};
console.log(
  `${files.length} files, the largest ${Math.max(...files.map(({ bytes }) => bytes.length))} bytes, the newest ${files.at(-1)?.bytes.length}`,
);
for (const [name, query] of Object.entries(queries)) console.log(name, JSON.stringify(await measureQuery(query)));

const measureMs = (work: () => unknown, runs = 9): number => {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  return times[Math.floor(runs / 2)] ?? 0;
};
const newest = months.at(-1);
if (newest)
  console.log(
    'one more article, processor ms',
    measureMs(() => encodeSearchIndex([indexPart(newest)])),
  );

const [, , pagefindFolder] = process.argv;
if (pagefindFolder) {
  const folder = mkdtempSync(join(tmpdir(), 'seedpress-pagefind-'));
  mkdirSync(join(folder, 'articles'));
  for (const { slug, title, summary, text } of entries)
    writeFileSync(
      join(folder, 'articles', `${slug}.html`),
      `<!doctype html><html lang="en"><title>${title}</title><main><h1>${title}</h1><p>${summary}</p><p>${text}</p></main></html>`,
    );
  const build = (): void => {
    execFileSync(
      process.execPath,
      [join(pagefindFolder, 'node_modules/pagefind/lib/runner/bin.cjs'), '--site', folder, '--quiet'],
      { stdio: 'inherit' },
    );
  };
  const start = performance.now();
  build();
  console.log('Pagefind: all articles again, ms', performance.now() - start);
  let bytes = 0;
  let requests = 0;
  const server = createServer((request, response) => {
    const file = join(folder, (request.url ?? '/').split('?')[0] ?? '');
    if (!existsSync(file) || !statSync(file).isFile())
      return response
        .writeHead(request.url === '/' ? 200 : 404, { 'content-type': 'text/html' })
        .end('<!doctype html>');
    const content = readFileSync(file);
    bytes += content.length;
    requests += 1;
    response
      .writeHead(200, { 'content-type': file.endsWith('.js') ? 'text/javascript' : 'application/octet-stream' })
      .end(content);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const browser = await startChromium();
  for (const [name, query] of Object.entries(queries)) {
    bytes = 0;
    requests = 0;
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    const found = await page.evaluate(
      `import('/pagefind/pagefind.js').then(async (pagefind) => { await pagefind.init(); const { results } = await pagefind.search(${JSON.stringify(query)}); await Promise.all(results.slice(0, 10).map((result) => result.data())); return results.length; })`,
    );
    await page.close();
    console.log('Pagefind', name, { bytes, requests, found });
  }
  await browser.close();
  server.close();
  console.log('Pagefind: files', readdirSync(join(folder, 'pagefind'), { recursive: true }).length);
  rmSync(folder, { recursive: true });
}
