import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listNames } from '../../functions/core/lifecycle/list-positions.ts';
import { manifestKinds } from '../../functions/core/lifecycle/manifest.ts';
import {
  articleKeyPrefix,
  buildItem,
  expiryAttribute,
  internalFolders,
  newsletterKeyPrefixes,
  recipientsIndex,
  seedKeyPrefix,
} from '../../functions/platform/contract.ts';

const root = new URL('../..', import.meta.url).pathname;
const document = readFileSync(`${root}docs/data.md`, 'utf8');

/** Cells of the table's rows under a heading. */
const rowsUnder = (heading: string): string[][] => {
  const [, after = ''] = document.split(`\n${heading}\n`);
  const [section = ''] = after.split(/\n##+ /);
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(1).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
};

/** The fixed part of a key: all of `BUILD`, and `SEED#` of `SEED#…`. Keys that vary from the start have none. */
const fixedPart = (key: string): string[] => key.match(/^[A-Z][A-Z_]+(#|$)/)?.slice(0, 1) ?? [];

/** Fixed parts of all keys that the adapters make: each such text in their sources, and what they take from elsewhere. */
const keysOfAdapters = (): string[] => {
  const folder = `${root}functions/adapters/table/`;
  const sources = readdirSync(folder).map((name) => readFileSync(folder + name, 'utf8'));
  const written = sources
    .flatMap((source) => [...source.replace(/ReturnValues: '\w+'/g, '').matchAll(/['`]([^'`]*)['`]/g)])
    .flatMap(([, text = '']) => fixedPart(text.replace(/\$\{.*$/, '')));
  const named = [
    ...Object.values(listNames).map((list) => (typeof list === 'string' ? list : list('x'))),
    seedKeyPrefix,
    articleKeyPrefix,
    ...Object.values(newsletterKeyPrefixes),
    ...Object.values(buildItem.key),
  ];
  return [...new Set([...written, ...named.flatMap(fixedPart)])].sort();
};

test('the document tells of every kind of key that the adapters make, and of no other', () => {
  const told = rowsUnder('## Items').flatMap(([, pk = '', sk = '']) =>
    [pk, sk].flatMap((cell) => fixedPart(cell.replaceAll('`', ''))),
  );
  const known = keysOfAdapters();
  expect(known.length).toBeGreaterThan(30);
  expect([...new Set(told)].sort()).toEqual(known);
});

test('every row of the items says who writes it, who reads it and how long it stays', () => {
  for (const row of rowsUnder('## Items')) {
    expect(row).toHaveLength(7);
    const [item, , , , writer, reader, life] = row;
    expect([item, writer, reader, life]).not.toContain('');
  }
});

test('every folder of the desk bucket, the index and the expiry are told of', () => {
  const folders = rowsUnder('## Buckets').flatMap(([bucket, folder = '']) =>
    bucket === 'internal' ? [folder.replaceAll('`', '')] : [],
  );
  expect(folders.sort()).toEqual(Object.values(internalFolders).sort());
  for (const name of [recipientsIndex.name, expiryAttribute, ...manifestKinds])
    expect(document).toMatch(new RegExp(`[\`<, ]${name}[\`>,]`));
});
