import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listNames } from '../../functions/core/lifecycle/list-positions.ts';
import { manifestKinds } from '../../functions/core/lifecycle/manifest.ts';
import {
  buildItem,
  expiryAttribute,
  internalFolders,
  keyPrefixes,
  recipientsIndex,
} from '../../functions/platform/contract.ts';

const root = new URL('../..', import.meta.url).pathname;
const document = readFileSync(`${root}docs/data.md`, 'utf8');

/** What the document says of an item after a label, such as `- **Key:** …`; empty where it does not say. */
const readField = (item: string, label: string): string =>
  item.match(new RegExp(`^- \\*\\*${label}:\\*\\* (.+)$`, 'm'))?.[1]?.trim() ?? '';

/** The document's items: each section of the third level, with its heading. */
const items = document
  .split(/^(?=##+ )/m)
  .filter((section) => section.startsWith('### '))
  .map((text) => ({
    name: text.slice(4, text.indexOf('\n')),
    key: readField(text, 'Key'),
    writer: readField(text, 'Written by'),
    reader: readField(text, 'Read by'),
    retention: readField(text, 'Kept'),
  }));

/** Cells of the table's rows under a heading. */
const readRows = (heading: string): string[][] => {
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
const findFixedPart = (key: string): string[] => key.match(/^[A-Z][A-Z_]+(#|$)/)?.slice(0, 1) ?? [];

/**
 * Fixed parts of all keys that the adapters make: each such text in their sources, and what they take from elsewhere.
 */
const listAdapterKeys = (): string[] => {
  const folder = `${root}functions/adapters/table/`;
  const sources = readdirSync(folder).map((name) => readFileSync(folder + name, 'utf8'));
  const written = sources
    .flatMap((source) => [...source.replace(/ReturnValues: '\w+'/g, '').matchAll(/['`]([^'`]*)['`]/g)])
    .flatMap(([, text = '']) => findFixedPart(text.replace(/\$\{.*$/, '')));
  const named = [
    ...Object.values(listNames).map((list) => (typeof list === 'string' ? list : list('x'))),
    ...Object.values(keyPrefixes),
    ...Object.values(buildItem.key),
  ];
  return [...new Set([...written, ...named.flatMap(findFixedPart)])].sort();
};

test('the document lists every kind of key that the adapters make, and no other', () => {
  const documented = items.flatMap(({ key }) =>
    [...key.matchAll(/`([^`]+)`/g)].flatMap(([, part = '']) => findFixedPart(part)),
  );
  const known = listAdapterKeys();
  expect(known.length).toBeGreaterThan(30);
  expect([...new Set(documented)].sort()).toEqual(known);
});

test('every item says who writes it, who reads it and how long it is kept', () => {
  for (const item of items) expect(Object.values(item), item.name).not.toContain('');
});

test('every folder of the internal bucket, the index and the expiry are in the document', () => {
  const folders = readRows('## Buckets').flatMap(([bucket, folder = '']) =>
    bucket === 'internal' ? [folder.replaceAll('`', '')] : [],
  );
  expect(folders.sort()).toEqual(Object.values(internalFolders).sort());
  for (const name of [recipientsIndex.name, expiryAttribute, ...manifestKinds])
    expect(document).toMatch(new RegExp(`[\`<, ]${name}[\`>,]`));
});
