import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const read = (name: string): string => readFileSync(root + name, 'utf8');

test('every log line that the runbook quotes is in the code', () => {
  const quoted = [...read('docs/runbook.md').matchAll(/`"([^"`]+)"`/g)].map(([, line = '']) => line);
  const sources = globSync('functions/**/*.ts', { cwd: root }).map(read).join('\n');
  expect(quoted.length).toBeGreaterThan(10);
  expect(quoted.filter((line) => !sources.includes(`'${line}'`) && !sources.includes(`"${line}"`))).toEqual([]);
});
