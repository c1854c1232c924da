import { describe, expect, test } from 'vitest';
import type { Article } from '../../../functions/core/article.ts';
import { parseTestSeed } from './parse-test-seed.ts';

const read = (text: string): Article => parseTestSeed('wall.txt', text, { timeZone: 'UTC' });

const prose = 'The wall of the harbour was mended on Monday, eleven years after the storm.';

describe('a text with marks of Markdown is Markdown', () => {
  test.each([
    ['a heading and emphasis', `# Wall mended\n\nThe wall is **sound**.`, '<strong>sound</strong>'],
    ['a heading and a list', `# Wall mended\n\n${prose}\n\n* nets\n* buoys`, '<li>nets</li>'],
    ['a heading and weak emphasis', `# Wall mended\n\nThe *Gull* came.`, '<em>Gull</em>'],
    [
      'an underlined heading',
      `Wall mended\n===\n\n[A letter](https://a.example/b) came.`,
      '<a href="https://a.example/b"',
    ],
    [
      'sub-headings below a headline',
      `Wall mended\n\n${prose}\n\n## Storm\n\n${prose}\n\n## Wall\n\n${prose}`,
      'Storm</h2>',
    ],
    [
      'a link and emphasis below a headline',
      `Wall mended\n\nThe **wall** and [a letter](https://a.example/b).`,
      '<strong>wall</strong>',
    ],
    [
      'a headline in bold',
      `**Wall mended**\n\n${prose} [A letter](https://a.example/b).`,
      '<a href="https://a.example/b"',
    ],
    ['a fenced block', `Wall mended\n\n${prose}\n\n\`\`\`\nmend(wall)\n\`\`\``, '<pre><code>mend(wall)'],
  ])('%s', (_, text, html) => {
    const article = read(text);
    expect(article.title).toBe('Wall mended');
    expect(article.html).toContain(html);
  });
});

describe('a text without clear marks is none', () => {
  test.each([
    ['a number sign', `Wall mended\n\n# 1 of the walls is sound.\n${prose}`, '# 1 of the walls'],
    ['asterisks', `Wall mended\n\nA fare of 2 * 3 * 4 is due. ${prose}`, '2 * 3 * 4'],
    ['names with underscores', `Wall mended\n\nThe file is wall_of_harbour_2. ${prose}`, 'wall_of_harbour_2'],
    ['emphasis once', `Wall mended\n\nThis is **not** so. ${prose}`, '**not**'],
    ['brackets', `Wall mended\n\nThe wall [sic] (of stone) is sound. ${prose}`, '[sic] (of stone)'],
    ['quotation marks of mails', `Wall mended\n\n> We have waited.\n\n${prose}`, '<blockquote>'],
    ['a row of hyphens', `Wall mended\n\n${prose}\n\n---\n\n${prose}`, 'The wall'],
  ])('%s', (_, text, html) => {
    const article = read(text);
    expect(article.title).toBe('Wall mended');
    expect(article.html).toContain(html);
    expect(article.html).not.toMatch(/<(?:strong|em|code)>/);
  });
});

test('a headline with a number sign is shown without it', () => {
  expect(read(`# Wall mended\n\n${prose}`).title).toBe('Wall mended');
});

test('an embargo holds back a text with marks of Markdown, too', () => {
  const text = `EMBARGOED UNTIL 1 December 2026\n\nWall mended\n\n**The wall** is [sound](https://a.example/b).`;
  expect(read(text).published?.at).toBe('2026-12-01T00:00:00.000Z');
});
