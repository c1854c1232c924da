import { expect, test } from 'vitest';
import { parseTestSeed } from '../parse-test-seed.ts';

const text = 'The ferry sails again.\n\n## Fares\n\nThey stay.\n';

test.each([
  ['The night ferry sails again.md', 'The night ferry sails again'],
  ['notes/Zettel über Häfen.md', 'Zettel über Häfen'],
  ['Harbour dues 1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d.md', 'Harbour dues'],
  ['2026-11-20 The quay.md', 'The quay'],
  ['港の夜.md', '港の夜'],
])('%s has its title in its name alone', (key, title) => {
  expect(parseTestSeed(key, text)).toMatchObject({ title });
  expect(parseTestSeed(key, `---\ntags: [a]\n---\n\n${text}`)).toMatchObject({ title, topics: ['a'] });
  expect(parseTestSeed(key, `# Another\n\n${text}`)).toMatchObject({ title: 'Another' });
});

test.each([
  'IMG_1234.md',
  'IMG 1234.md',
  'untitled.md',
  'Untitled 3.md',
  'Neue Notiz 2.md',
  '2026-11-20.md',
  'Screenshot 2026-11-20 at 10.00.md',
  'Daily note 2026-11-20.md',
  'note.md',
  'the-quay-at-night.md',
  '1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d.md',
])('%s has none', (key) => {
  expect(() => parseTestSeed(key, text)).toThrow('There is no headline');
});

test('a misspelt title is still told', () => {
  expect(() => parseTestSeed('The night ferry.md', `---\ntilte: Night\n---\n\n${text}`)).toThrow(
    'did you mean `title`',
  );
});

test('a page of Confluence has its title without the name of its space', () => {
  const page = `<html><head><title>Harbour : The quay: at night</title></head><body><div id="page"><h1 id="title-heading"><span id="title-text">Harbour : The quay: at night</span></h1><div id="main-content" class="wiki-content group"><p>The quay is dark.</p><p>And long.</p></div></div></body></html>`;
  expect(parseTestSeed('quay.html', page)).toMatchObject({ title: 'The quay: at night' });
});
