import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { sanitizeBody } from '../../../functions/core/article/body/sanitize-body.ts';
import type { FullEntry } from '../../../functions/core/entry.ts';
import { renderArticlePage } from '../../../functions/core/site/render-article-page.ts';
import { renderHomePage } from '../../../functions/core/site/render-home-page.ts';
import { renderListPage } from '../../../functions/core/site/render-list-page.ts';
import { cleanLine } from '../../../functions/core/text/clean-text.ts';
import { findHtmlProblems } from './find-html-problems.ts';
import { embassyEntry } from './sample-entries.ts';
import { createSitePage } from './site-page-fixture.ts';

const site = createSitePage();

const poison = fc.constantFrom(
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '{{constructor}} {{{body}}} {{> layout}}',
  '<!-- --><![CDATA[ ]]>',
  '&lt;b&gt; &amp;amp; &#0;',
  '</title></textarea></style>',
  '\u2028\u2029',
  '{part} $& $1 $`',
  'שלום <b dir=rtl>',
  'javascript:alert(1)',
);
const hostile = fc
  .array(fc.oneof(poison, fc.string({ unit: 'binary' }), fc.string()), { minLength: 1, maxLength: 4 })
  .map((parts) => cleanLine(parts.join('')) || 'Nothing');
const named = fc.record({ name: hostile, slug: fc.constantFrom('a', 'ü-ß', 'شارع', "o'b%2f") });
const address = fc.constantFrom('https://a.example/?x=<y>&"z"', 'https://a.example/"onload="x', 'javascript:alert(1)');

const hostileEntry: fc.Arbitrary<FullEntry> = fc
  .record({
    title: hostile,
    summary: hostile,
    authors: fc.array(named, { maxLength: 3 }),
    editors: fc.array(hostile, { maxLength: 2 }),
    topics: fc.uniqueArray(named, { maxLength: 3, selector: ({ slug }) => slug }),
    source: hostile,
    dateline: fc.record({ place: hostile, agency: hostile }),
    canonical: address,
    image: fc.record({ url: address, alt: hostile }),
    language: fc.constantFrom('en', 'ar', 'zh-Hant-TW'),
    dateOnly: fc.boolean(),
    html: fc.array(hostile).map((parts) => sanitizeBody(parts.join(' '), () => undefined).html),
    text: hostile,
  })
  .map((overrides) => ({ ...embassyEntry, ...overrides }));

it('no entry, whatever is in it, brings anything but its words into a page', async () => {
  await fc.assert(
    fc.asyncProperty(hostileEntry, async (entry) => {
      const html = renderArticlePage(site, entry);
      const { document } = parseHTML(html);
      expect(document.querySelector('h1')?.textContent).toBe(entry.title);
      const scripts = [...document.querySelectorAll('script')];
      expect(scripts.map((script) => script.getAttribute('type'))).toEqual(['application/ld+json']);
      expect(JSON.parse(scripts[0]?.textContent ?? '')).toMatchObject({
        headline: entry.title,
        description: entry.summary,
      });
      const attributes = [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes]);
      expect(attributes.filter(({ name }) => name.startsWith('on') || name === 'style')).toEqual([]);
      expect(attributes.filter(({ name, value }) => name === 'href' && /^\s*javascript:/i.test(value))).toEqual([]);
      expect(document.querySelectorAll('main').length).toBe(1);
      expect(await findHtmlProblems(html)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

it('no list of hostile entries makes an invalid page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostileEntry, { maxLength: 8 }), named, async (entries, topic) => {
      const home = renderHomePage(site, { latest: entries, months: ['2026-11'], topics: [topic] });
      const list = renderListPage(site, { kind: 'topic', topicOrAuthor: topic, entries, years: ['2026'] });
      for (const html of [home, list]) {
        const { document } = parseHTML(html);
        expect(document.querySelectorAll('script, style, iframe').length).toBe(0);
        expect([...document.querySelectorAll('.story-title')].map((title) => title.textContent)).toEqual(
          entries.map(({ title }) => title),
        );
        expect(await findHtmlProblems(html)).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});
