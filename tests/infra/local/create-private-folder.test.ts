import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPrivateFolder } from '../../../infra/local/create-private-folder.ts';
import { lockFolder } from '../../../infra/local/lock-folder.ts';
import { createTemporaryFolder } from './create-function-plan.ts';

const readMode = (path: string): number => statSync(path).mode & 0o777;

test('a new data folder is for its owner alone', () => {
  const folder = join(createTemporaryFolder(), 'new', 'data');
  expect(createPrivateFolder(folder)).toBeUndefined();
  expect([readMode(folder), readMode(join(folder, '..'))]).toEqual([0o700, 0o700]);
});

test('an earlier data folder with rights for others loses them, and that is reported', () => {
  const folder = join(createTemporaryFolder(), 'data');
  mkdirSync(folder);
  lockFolder(folder).release();
  chmodSync(folder, 0o755);
  expect(createPrivateFolder(folder)).toContain('yours alone');
  expect(readMode(folder)).toBe(0o700);
  expect(createPrivateFolder(folder)).toBeUndefined();
});

test('a folder with other things keeps its rights, and that is reported', () => {
  const folder = createTemporaryFolder();
  writeFileSync(join(folder, 'letter.txt'), '');
  chmodSync(folder, 0o755);
  expect(createPrivateFolder(folder)).toContain('can look into');
  expect(readMode(folder)).toBe(0o755);
});
