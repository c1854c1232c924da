import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const documents = globSync(['README.md', '.github/*.md', 'docs/**/*.md'], { cwd: root });

/** Two lines on a screen. */
const maxRowLength = 160;

test.each(documents)('no table row of %s is longer than two lines on a screen', (name) => {
  const rows = readFileSync(root + name, 'utf8')
    .split('\n')
    .filter((line) => /^ *\|/.test(line));
  expect(rows.filter((row) => row.length > maxRowLength)).toEqual([]);
});
