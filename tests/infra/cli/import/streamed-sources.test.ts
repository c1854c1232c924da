import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readFeed } from '../../../../infra/cli/import/feed/read-feed.ts';
import { readGhostExport } from '../../../../infra/cli/import/ghost/read-ghost-export.ts';
import { openImportSource } from '../../../../infra/cli/import/open-import-source.ts';
import { type ArrayUse, readJsonParts } from '../../../../infra/cli/import/source/read-json-parts.ts';
import { readXmlParts } from '../../../../infra/cli/import/source/read-xml-parts.ts';
import type { SourceItem, SourceSettings } from '../../../../infra/cli/import/source/source-item.ts';
import { readWordPressExport } from '../../../../infra/cli/import/wordpress/read-wordpress-export.ts';
import { readExport, readJsonLines } from '../../../../infra/cli/import-publication/read-export.ts';
import { readCsv } from '../../../../infra/cli/subscribers/read-csv.ts';
import { toFixturePath } from './plan-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'seedpress-streamed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const settings: SourceSettings = { timeZone: 'Europe/Lisbon', prefix: 'imported/', base: 'https://old.example' };
const fixture = (name: string): string => readFileSync(toFixturePath(name), 'utf8');

const cut = async function* (text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
};
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};
/** The start, and then a megabyte of text again and again. */
const startAndFill = async function* (start: string, megabytes: number): AsyncGenerator<string> {
  yield start;
  for (let count = 0; count < megabytes; count += 1) yield 'x'.repeat(1024 * 1024);
};

const readers: [string, (open: () => AsyncIterable<string>) => AsyncIterable<SourceItem>][] = [
  ['rss.xml', (open) => readFeed(open, settings)],
  ['atom.xml', (open) => readFeed(open, settings)],
  ['feed.json', (open) => readFeed(open, settings)],
  ['ghost.json', (open) => readGhostExport(open, settings)],
  ['wordpress.xml', (open) => readWordPressExport(open, settings)],
];

test.each(readers)('however %s is cut into chunks, its articles are the same', async (name, reader) => {
  const text = fixture(name);
  const whole = await collect(reader(() => cut(text, text.length)));
  expect(whole.length).toBeGreaterThan(1);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 900 }), async (size) => {
      expect(await collect(reader(() => cut(text, size)))).toEqual(whole);
    }),
    { numRuns: 8 },
  );
});

test('JSON is cut at the elements of a list, and what is around them stays JSON, whatever the document is', async () => {
  const key = fc.constantFrom('items', 'posts', 'a"b', 'c\\', '{', 'é');
  const { document } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.string(), fc.integer(), tie('list'), tie('document')),
    list: fc.array(tie('value'), { maxLength: 4 }),
    document: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  }));
  const schema = z.looseObject({ items: z.array(z.unknown()) });
  const select = (path: string): ArrayUse => (path === 'items' ? 'items' : path === 'posts' ? 'drop' : 'keep');
  await fc.assert(
    fc.asyncProperty(
      document,
      fc.array(fc.jsonValue()),
      fc.integer({ min: 1, max: 40 }),
      async (around, items, size) => {
        const value = schema.parse({ ...z.looseObject({}).parse(around), items });
        const parts = await collect(readJsonParts(cut(JSON.stringify(value), size), select));
        const frame = parts.flatMap(({ kind, json }) => (kind === 'frame' ? [json] : [])).join('');
        const posts = Array.isArray(value.posts) ? { posts: [] } : {};
        expect(JSON.parse(frame)).toEqual(JSON.parse(JSON.stringify({ ...value, items: [], ...posts })));
        expect(parts.flatMap(({ kind, json }) => (kind === 'item' ? [JSON.parse(json)] : []))).toEqual(
          JSON.parse(JSON.stringify(items)),
        );
      },
    ),
  );
});

describe('no more than one item is read ahead', () => {
  const countReads = (text: string) => {
    const counted = { chunks: 0 };
    const chunks = async function* (): AsyncGenerator<string> {
      for (;;) {
        counted.chunks += 1;
        yield counted.chunks === 1 ? text : text.slice(text.indexOf('\n'));
      }
    };
    return { counted, chunks: chunks() };
  };

  test('of XML', async () => {
    const { counted, chunks } = countReads('<rss><channel>\n<item><title>A</title></item>');
    let items = 0;
    for await (const { kind } of readXmlParts(chunks, 'item')) {
      if (kind === 'item') items += 1;
      expect(counted.chunks).toBeLessThan(items + 3);
      if (items === 50) break;
    }
  });

  test('of JSON', async () => {
    const { counted, chunks } = countReads('{"items":[{"id":"0"}\n,{"id":"1"}');
    let items = 0;
    for await (const { kind } of readJsonParts(chunks, () => 'items')) {
      if (kind === 'item') items += 1;
      expect(counted.chunks).toBeLessThan(items + 3);
      if (items === 50) break;
    }
  });
});

describe('what is too long or would never end is refused in plain words', () => {
  test.each([
    ['an item', '<rss><channel>\n<item><title>', /begins on line 2 is not closed by <\/item>/],
    ['the text before the items', '<rss><channel><title>', /longer than 16 million characters/],
  ])('%s of XML', async (_what, start, message) => {
    await expect(collect(readXmlParts(startAndFill(start, 17), 'item'))).rejects.toThrow(message);
  });

  test('an element of JSON', async () => {
    const chunks = startAndFill('{"items":[{"content_html":"', 17);
    await expect(collect(readJsonParts(chunks, () => 'items'))).rejects.toThrow(/longer than 16 million characters/);
  });

  test.each(['rss.xml', 'wordpress.xml'])('entities that expand in %s', async (name) => {
    const lines = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`);
    const doctype = `<!DOCTYPE rss [<!ENTITY l0 "lol">${lines.join('\n')}]>`;
    const text = fixture(name).replace(/<rss/, `${doctype}\n<rss`);
    const read = readers.flatMap(([each, reader]) =>
      each === name ? [() => collect(reader(() => cut(text, 4096)))] : [],
    );
    for (const each of read) await expect(each()).rejects.toThrow(/declares XML entities/);
    expect(read).toHaveLength(1);
  });

  test('a device, an archive and a compressed file', async () => {
    const zipped = join(folder, 'export.xml.gz');
    writeFileSync(zipped, gzipSync(fixture('rss.xml')));
    await expect(openImportSource('/dev/null', 'feed')).rejects.toThrow('/dev/null is neither a file nor a folder.');
    await expect(openImportSource(zipped, undefined)).rejects.toThrow('is compressed: unpack it first.');
    await expect(collect(readCsv('/dev/null'))).rejects.toThrow('/dev/null cannot be read: it is not a file.');
  });

  test('a line of an export', async () => {
    const file = join(folder, 'withdrawn.jsonl');
    writeFileSync(file, `"a"\n"${'x'.repeat(2 * 1024 * 1024)}"\n`);
    await expect(collect(readJsonLines(file, z.string()))).rejects.toThrow('line 2 is too long for an export.');
  });

  test.each(['ledger.json', 'articles/story.md', 'issues/daily-1.html'])('a link at %s of an export', async (name) => {
    const path = mkdtempSync(join(folder, 'export-'));
    for (const each of ['articles', 'issues']) mkdirSync(join(path, each));
    const files = {
      'export.json': { seedpress: 1, at: '2026-11-26T12:00:00.000Z', publication: 'p', site: 'https://news.example' },
      'ledger.json': { cadences: {}, issues: [], waiting: [] },
    };
    for (const [file, value] of Object.entries(files)) writeFileSync(join(path, file), JSON.stringify(value));
    expect((await readExport(path)).seedKeys).toEqual([]);
    rmSync(join(path, name), { force: true });
    symlinkSync(join(folder, 'outside'), join(path, name));
    writeFileSync(join(folder, 'outside'), JSON.stringify(files['ledger.json']));
    await expect(readExport(path)).rejects.toThrow(`${name} is a symbolic link: an export has none.`);
  });
});

test('a large file in another encoding than UTF-8 says so, or is refused', async () => {
  const filler = `<!-- ${'x'.repeat(17 * 1024 * 1024)} -->`;
  const feed = (head: string) =>
    `${head}<rss version="2.0"><channel><item><title>Caf\u00e9</title><description>x</description></item></channel></rss>${filler}`;
  const titles = async (head: string): Promise<string[]> => {
    const file = join(folder, 'large.xml');
    writeFileSync(file, feed(head), 'latin1');
    const source = await openImportSource(file, 'feed');
    const found: string[] = [];
    for await (const item of source.read(settings))
      found.push(item.kind === 'article' ? item.article.title : item.title);
    return found;
  };
  await expect(titles('')).rejects.toThrow('is not UTF-8 and does not say in which encoding it is.');
  await expect(titles('<?xml version="1.0" encoding="iso-8859-1"?>')).rejects.toThrow(/longer than 16 million/);
});
