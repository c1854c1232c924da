import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveBodyLinks } from '../../../functions/core/links/seed-references.ts';
import { addHeadingTargets } from '../../../functions/core/site/add-heading-targets.ts';
import { measureCpuMs } from '../../measure-cpu-ms.ts';
import { parseTestSeed } from '../article/parse-test-seed.ts';

const listIds = (html: string): string[] => Array.from(html.matchAll(/ id="([^"]*)"/g), ([, id = '']) => id);
const findFragment = (link: string): string => {
  const { html } = parseTestSeed('first.md', `# First\n\nSee ${link}.`);
  return /#([^"]*)"/.exec(html)?.[1] ?? '';
};

describe('a link to a heading of another seed leads there', () => {
  const seeds = {
    Markdown: ['other.md', '# Other\n\nText.\n\n## 1. What it *costs* & who pays\n\nText.'],
    'a web page': [
      'other.html',
      '<h1>Other</h1><p>Text of it.</p><h2>1. What it costs &amp; who pays</h2><p>Text.</p>',
    ],
    'an id of its own': ['other.md', '# Other\n\nText.\n\n## 1. What it costs & who pays {#Fares}\n\nText.'],
  } as const;
  test.each(
    Object.entries(seeds).flatMap(([name, seed]) =>
      [
        '[[other#1. What it costs & who pays]]',
        '[a](./other.md#1-what-it-costs--who-pays)',
        '[a](other.md#what-it-costs--who-pays)',
        '[a](other.md#1-what-it-costs-who-pays)',
        '[a](other.md#1.%20What%20it%20costs%20&%20who%20pays)',
        ...(name === 'an id of its own' ? ['[a](other.md#Fares)', '{{< ref "other.md#Fares" >}}'] : []),
      ].map((link) => [name, link, ...seed] as const),
    ),
  )('%s, %s', (_, link, key, text) => {
    const written = link.startsWith('{{') ? `[a](${link})` : link;
    expect(listIds(addHeadingTargets(parseTestSeed(key, text).html))).toContain(findFragment(written));
  });
});

test('a link to a part of a page of the publication keeps it, one to a file does not', () => {
  const link = (fragment: string) => `<p><a href="https://a.example/.seeds/path/x${fragment}">x</a></p>`;
  const resolve = (path: string) =>
    resolveBodyLinks(link('#seed-fares'), { references: ['path/x'], links: { 'path/x': path } }, 'https://a.example');
  expect(resolve('/imprint')).toContain('"https://a.example/imprint#seed-fares"');
  expect(resolve('/files/x.pdf')).toContain('"https://a.example/files/x.pdf"');
});

test('an id of a heading that does not follow from its words stays in the body, others are the page’s', () => {
  const { html } = parseTestSeed('a.md', '# A\n\nText.\n\n## Own {#mine}\n\nText.\n\n## Words\n\nText.');
  expect(listIds(html)).toEqual(['seed-mine']);
});

test('ids of a page are unique', () => {
  const heading = fc.constantFrom('Notes', '1. Notes', 'Notes 1', 'A & B', 'A B', '1', '!', 'Größe', '<em>Notes</em>');
  const element = fc.record({ heading, id: fc.option(fc.constantFrom('seed-notes', 'seed-A', 'seed-a-b')) });
  fc.assert(
    fc.property(fc.uniqueArray(element, { selector: ({ id }) => id ?? Symbol('none') }), (elements) => {
      const html = elements.map(({ heading: words, id }) => `<h2${id ? ` id="${id}"` : ''}>${words}</h2>`).join('');
      const ids = listIds(addHeadingTargets(html));
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test('many headings are read in moments', () => {
  expect(measureCpuMs(() => addHeadingTargets('<h2>Notes</h2><p>x</p>'.repeat(20_000)))).toBeLessThan(2000);
});
