import { expect, test } from 'vitest';
import { parseTestSeed } from '../parse-test-seed.ts';

const read = (text: string) => parseTestSeed('a.txt', text);

test.each([
  ['AsciiDoc', '= The ferry\nAda Brandt\n:toc:\n\nThe ferry sails.\n\n== Fares\n\nText.'],
  ['reStructuredText', 'The ferry\n=========\n\nThe ferry sails.\n\n.. image:: quay.png\n\nText.'],
  [
    'wiki text',
    "'''The ferry''' sails from [[Lisbon|the quay]].\n\n== History ==\nIt was built in 1999.<ref>Book</ref>",
  ],
  ['LaTeX', '% a comment\n\\documentclass{article}\n\\begin{document}\nText.\n\\end{document}'],
])('%s as plain text is refused with the cure', (name, text) => {
  expect(() => read(text)).toThrow(`This is ${name}, which is not read here: export it as HTML`);
});

test.each([
  'The ferry\n\n==important==\n\nSee [[Quay]] and more of it.',
  '= 5 euros each\n\nThe ferry sails again, the keeper said.',
  'The ferry\n\n.. and so it goes, he said.',
])('%j is none', (text) => {
  expect(read(text).title).not.toBe('');
});
