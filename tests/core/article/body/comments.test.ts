import { describe, expect, test } from 'vitest';
import { parseTestSeed } from '../parse-test-seed.ts';

const story = 'The harbour opens at noon, and the ferry sails at one, the keeper said on Monday.';
const listCut = (key: string, text: string) => parseTestSeed(key, text).cut;

describe('comments of HTML are listed as cut', () => {
  test.each([
    ['a.md', `# Harbour\n\n<!-- above -->\n\n${story} <!-- within -->\n\n<!--\nbelow\n-->\n`],
    ['a.html', `<!-- above --><h1>Harbour</h1><p>${story} <!-- within --></p>\n<!--\nbelow\n-->\n`],
  ])('%s, each by its words', (key, text) => {
    expect(listCut(key, text)).toEqual(['above', 'within', 'below'].map((each) => ({ text: each, reason: 'comment' })));
  });

  test.each([
    ['<!-- wp:paragraph {"align":"left"} -->', '<!-- /wp:paragraph -->'],
    ['<!--kg-card-begin: markdown-->', '<!--kg-card-end: markdown-->'],
    ['<!--[if gte mso 9]><xml>x</xml><![endif]-->', '<![if !supportLists]>'],
    ['<!--StartFragment-->', '<!--EndFragment-->'],
  ])('what programs write is counted: %s', (begin, end) => {
    const paragraphs = Array.from({ length: 30 }, () => `${begin}\n<p>${story}</p>\n${end}\n`).join('\n');
    const cut = listCut('a.html', `<h1>Harbour</h1>${paragraphs}`);
    expect(cut).toEqual([{ text: expect.stringMatching(/^60 such as “.+”$/), reason: 'mark of a program' }]);
  });

  test('many of a page are one line', () => {
    const comments = Array.from({ length: 40 }, (_, index) => `<!-- part ${index} of the page -->`).join('');
    const cut = listCut('a.html', `<h1>Harbour</h1><p>${story}</p>${comments}`);
    expect(cut).toHaveLength(1);
    expect(cut[0]?.text).toMatch(/^part 0 of the page · part 1 of the page .* part 39 of the page$/);
  });
});
