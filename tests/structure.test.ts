import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;

/** Every source file of a folder with the project's files that it imports. */
const importsOf = (folder: string): { file: string; imports: string[] }[] =>
  readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => {
      const file = resolve(root, folder, name);
      const found = [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)];
      return {
        file: relative(root, file),
        imports: found.map(([, path = '']) => relative(root, resolve(dirname(file), path))),
      };
    });

const rooms = {
  core: /^functions\/core\//,
  contract: /^functions\/runtime\/contract\.ts$/,
  publicationSettings: /^functions\/core\/publication\.ts$/,
  adapters: /^functions\/adapters\//,
  publishing: /^functions\/publishing\//,
  subscribing: /^functions\/subscribing\//,
  composing: /^functions\/composing\//,
  delivering: /^functions\/delivering\//,
  log: /^functions\/publishing\/services\.ts$/,
  runtime: /^functions\/runtime\//,
  infra: /^infra\/(?!operator\/)/,
  operator: /^infra\/operator\//,
} as const;

test.each([
  ['functions/core', [rooms.core]],
  ['functions/adapters', [rooms.core, rooms.adapters, rooms.contract]],
  ['functions/publishing', [rooms.core, rooms.adapters, rooms.contract, rooms.publishing]],
  ['functions/subscribing', [rooms.core, rooms.adapters, rooms.contract, rooms.log, rooms.subscribing]],
  ['functions/composing', [rooms.core, rooms.adapters, rooms.contract, rooms.publishing, rooms.composing]],
  ['functions/delivering', [rooms.core, rooms.adapters, rooms.contract, rooms.log, rooms.delivering]],
  [
    'functions/runtime',
    [
      rooms.core,
      rooms.adapters,
      rooms.publishing,
      rooms.subscribing,
      rooms.composing,
      rooms.delivering,
      rooms.runtime,
    ],
  ],
  ['infra', [rooms.infra, rooms.contract, rooms.publicationSettings]],
  [
    'infra/operator',
    [
      rooms.operator,
      rooms.infra,
      rooms.core,
      rooms.adapters,
      rooms.publishing,
      rooms.subscribing,
      rooms.composing,
      rooms.delivering,
      rooms.runtime,
    ],
  ],
])('%s imports only what it may', (folder, allowed) => {
  const files = importsOf(folder).filter(
    ({ file }) => folder === 'infra/operator' || !rooms.operator.test(file),
  );
  expect(files.length).toBeGreaterThan(0);
  const strays = files.flatMap(({ file, imports }) =>
    imports.filter((path) => !allowed.some((room) => room.test(path))).map((path) => `${file} → ${path}`),
  );
  expect(strays).toEqual([]);
});

test('the contract imports nothing', () => {
  const contract = importsOf('functions/runtime').find(({ file }) => rooms.contract.test(file));
  expect(contract?.imports).toEqual([]);
});

test('core knows no clock, randomness, environment, disk or network', () => {
  const impure =
    /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\bfetch\(|\bawait\b|DateTime\.(now|local|utc)\(\)|node:(fs|http|https|net|child_process|timers)/;
  const found = importsOf('functions/core').filter(({ file }) =>
    impure.test(readFileSync(resolve(root, file), 'utf8')),
  );
  expect(found.map(({ file }) => file)).toEqual([]);
});

test('the environment is read in one place', () => {
  const readers = importsOf('functions')
    .filter(({ file }) => readFileSync(resolve(root, file), 'utf8').includes('process.env'))
    .map(({ file }) => file);
  expect(readers).toEqual(['functions/runtime/config.ts']);
});
