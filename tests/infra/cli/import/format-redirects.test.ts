import { expect, test } from 'vitest';
import { formatRedirects } from '../../../../infra/cli/import/scan-source.ts';

const site = 'https://news.example';
const addresses = new Map([['a.md', `${site}/articles/story`]]);
const redirects = (...oldAddresses: string[]): string => formatRedirects([{ key: 'a.md', oldAddresses }], addresses);

test.each([
  ['https://old.example/2020/05/story/', '/2020/05/story/'],
  ['https://old.example/?p=12', '/?p=12'],
  ['https://old.example/соль/', '/%D1%81%D0%BE%D0%BB%D1%8C/'],
  ['/a b/', '/a%20b/'],
])('%s leads from %s', (address, path) => {
  expect(redirects(address)).toBe(`${path} ${site}/articles/story 301\n`);
});

test('each path has one line; the home page, an address that stays and an article that is not there have none', () => {
  expect(redirects('/a/', 'https://old.example/a/', 'https://old.example/', `${site}/articles/story`)).toBe(
    `/a/ ${site}/articles/story 301\n`,
  );
  expect(formatRedirects([{ key: 'b.md', oldAddresses: ['/b/'] }], addresses)).toBe('');
});
