import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SeedRejected } from '../../../../functions/core/article.ts';
import { cleanLine } from '../../../../functions/core/text/clean-text.ts';
import { readTextSeed, sampleParagraphs } from './text-seed.ts';

const givenSeed = readFileSync('seeds/000_b4ff03a5ba8aed30.txt', 'utf8');

describe('the given seed', () => {
  test('is read as expected', async () => {
    const article = readTextSeed(givenSeed, { timeZone: 'Asia/Baghdad', uploadedAt: '2026-11-24T08:00:00Z' });
    await expect(`${JSON.stringify(article, null, 2)}\n`).toMatchFileSnapshot('golden/us-embassy.json');
  });

  test('loses only its chrome and its credit line', () => {
    const { title, text } = readTextSeed(givenSeed);
    const lines = givenSeed
      .split('\n')
      .map(cleanLine)
      .filter((line) => line !== '');
    const left = lines.filter((line) => line !== title && !text.split('\n').includes(line));
    expect(left).toEqual([
      'See also Driver arrested after truck crashes near White House; Nazi flag found',
      'Report by Taimur Azhari; Editing by Gerry Doyle and Angus MacSwan',
      'Our Standards: Thomson Reuters Trust Principles.',
      'Get license rightsOpens a new tab',
      'Leave a Reply',
      'Your email address will not be published. Required fields are marked *',
    ]);
  });
});

describe('what cannot be published', () => {
  test.each([
    ['nothing but blanks', ' \n\n \n'],
    ['one long paragraph without a headline', sampleParagraphs.join(' ')],
    ['paragraphs without a headline', [sampleParagraphs.join(' '), sampleParagraphs[0]].join('\n\n')],
  ])('%s has no headline', (_, text) => {
    expect(() => readTextSeed(text)).toThrow(
      new SeedRejected('There is no headline: the first line should be one, and the story below it.', 'line 1'),
    );
  });

  test('a million lines are too many', () => {
    expect(() => readTextSeed(`A headline\n\n${'short\n'.repeat(1_000_000)}`)).toThrow(
      new SeedRejected('The text has 1000001 lines; at most 50000 can be published as one article.'),
    );
  });

  test.each([
    ['a headline alone', 'Harbour wall to be mended'],
    ['a headline and a rule', 'Harbour wall to be mended\n\n* * *\n'],
    ['a headline and a by-line', 'Harbour wall to be mended\n\nBy Anna Berg\n'],
  ])('%s has no body', (_, text) => {
    expect(() => readTextSeed(text)).toThrow(new SeedRejected('There is no text below the headline.', 'line 2'));
  });
});

describe('summary', () => {
  test('is the lede without its dateline, which the body keeps', () => {
    const article = readTextSeed(`Wall mended\n\nOSLO, Dec 8 (NTB) – ${sampleParagraphs[0]}\n\n${sampleParagraphs[1]}`);
    expect(article.summary).toBe(sampleParagraphs[0]);
    expect(article.text).toContain('OSLO, Dec 8 (NTB) – The harbour');
  });

  test('has at most 300 characters', () => {
    const article = readTextSeed(`Wall mended\n\n${sampleParagraphs.join(' ')}`);
    expect(article.summary.length).toBeLessThanOrEqual(300);
    expect(article.summary.endsWith('.')).toBe(true);
  });
});

describe('HTML of the body', () => {
  const htmlOf = (body: string) => readTextSeed(`A headline\n\n${body}`).html;

  test('escapes what looks like markup', () => {
    expect(htmlOf('If a < b & c > d, write <script>alert("x")</script>.')).toBe(
      '<p>If a &lt; b &amp; c &gt; d, write &lt;script&gt;alert("x")&lt;/script&gt;.</p>',
    );
  });

  test('makes links of addresses, without the full stop or bracket after them', () => {
    const html = htmlOf('See https://example.org/a_(b) (and http://example.org/c?d=1&e=2).');
    expect(html).toContain('<a href="https://example.org/a_(b)" rel="noopener">https://example.org/a_(b)</a> (and ');
    expect(html).toContain(
      '<a href="http://example.org/c?d=1&amp;e=2" rel="noopener">http://example.org/c?d=1&amp;e=2</a>).</p>',
    );
  });

  test('has sub-headings, lists and quotations', () => {
    const text = [
      sampleParagraphs[0],
      'What happens next',
      sampleParagraphs[1],
      '- nets\n- buoys',
      '1. First\n2. Second',
      'Between',
      '3) Third\n4) Fourth',
      '> We have waited\n> for years',
    ].join('\n\n');
    expect(htmlOf(text)).toMatchInlineSnapshot(`
      "<p>The harbour was quiet on Monday morning, and the boats came back one by one with the tide behind them.</p>
      <h2>What happens next</h2>
      <p>Nobody on the quay could say how long the repairs would take, although the engineers had promised an answer within the week.</p>
      <ul><li>nets</li><li>buoys</li></ul>
      <ol><li>First</li><li>Second</li></ol>
      <p>Between</p>
      <ol start="3"><li>Third</li><li>Fourth</li></ol>
      <blockquote><p>We have waited<br />for years</p></blockquote>"
    `);
  });

  test('keeps the lines of verse', () => {
    expect(htmlOf('The sea is calm to-night.\nThe tide is full,\n\nthe moon lies fair')).toBe(
      '<p>The sea is calm to-night.<br />The tide is full,</p>\n<p>the moon lies fair</p>',
    );
  });

  test('joins lines that were broken at a fixed width', () => {
    const wrapped = sampleParagraphs.map((text) => text.replace(/(.{60,72}) /g, '$1\n')).join('\n\n');
    expect(readTextSeed(`A headline\n\n${wrapped}`).text).toBe(sampleParagraphs.join('\n\n'));
  });
});
