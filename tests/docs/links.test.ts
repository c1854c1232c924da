import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const documents = globSync(['README.md', '.github/*.md', 'docs/**/*.md'], { cwd: root });

/** What GitHub makes of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- ]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (file: string): string[] => (readFileSync(file, 'utf8').match(/^#+ .*$/gm) ?? []).map(anchorOf);

/** Links of a document that lead to nothing in this project. */
const deadLinks = (name: string): string[] => {
  const file = join(root, name);
  const links = [...readFileSync(file, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
};

test.each(documents)('every link of %s leads somewhere', (name) => {
  expect(deadLinks(name)).toEqual([]);
});

test('links are looked for where there are some', () => {
  expect(documents.length).toBeGreaterThan(15);
  expect(readFileSync(join(root, 'docs/runbook.md'), 'utf8')).toContain('](#dead-letters)');
});
