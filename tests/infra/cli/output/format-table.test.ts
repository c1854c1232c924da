import { expect, test } from 'vitest';
import { formatTable } from '../../../../infra/cli/output/format-values.ts';

test('columns are aligned', () => {
  expect(
    formatTable([
      ['a.md', 'published'],
      ['longer.md', 'draft'],
    ]),
  ).toEqual(['a.md       published', 'longer.md  draft']);
});

test('a very long cell moves its own row alone', () => {
  const long = `${'x'.repeat(1000)}.md`;
  expect(
    formatTable([
      [long, 'empty'],
      ['a.md', 'empty'],
    ]),
  ).toEqual([`${long}  empty`, 'a.md  empty']);
});
