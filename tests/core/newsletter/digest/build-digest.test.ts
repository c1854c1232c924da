import { describe, expect, it } from 'vitest';
import { selectDigestMessages } from '../../../../functions/core/messages.ts';
import { fillPlaceholders } from '../../../../functions/core/newsletter/email/placeholders.ts';
import {
  agencyEntry,
  arabicEntry,
  buildNumberedEntries,
  buildTestDigest,
  digestInput,
  digestPublication,
  longEntry,
  richEntry,
  sampleEntry,
} from './digest-fixture.ts';

const count = (text: string, part: string): number => text.split(part).length - 1;

describe('a digest', () => {
  const issue = buildTestDigest({
    ...digestInput,
    cadence: 'weekly',
    at: '2026-11-23T07:00:00.000Z',
    entries: [richEntry, arabicEntry, agencyEntry, longEntry, sampleEntry],
    hasMore: true,
    links: {
      view: 'https://harbour-gazette.example/issues/weekly-12',
      unsubscribe: '{{unsubscribe}}',
      preferences: '{{preferences}}',
    },
  });

  it('is, whole, the golden HTML, text and JSON', async () => {
    await expect(issue.html).toMatchFileSnapshot('golden/digest.html');
    await expect(issue.text).toMatchFileSnapshot('golden/digest.txt');
    await expect(issue.json).toMatchFileSnapshot('golden/digest.json');
    expect(issue.subject).toBe('A year of tides, counted by hand and 4 more');
  });

  it.each(['en', 'de', 'fr', 'es', 'pt', 'it', 'ar'])(
    'asks strangers to subscribe, and not to unsubscribe (%s)',
    (language) => {
      const subscribe = 'https://harbour-gazette.example/subscribe';
      const input = { ...digestInput, publication: { ...digestPublication, language } };
      const messages = selectDigestMessages(input);
      const { html, text } = buildTestDigest({
        ...input,
        links: { view: 'https://harbour-gazette.example/digest', subscribe },
      });
      for (const part of [html, text]) {
        expect(part).not.toContain(messages.unsubscribe);
        expect(part).not.toContain(messages.preferences);
        expect(part).not.toContain('\u0000');
        expect(count(part, messages.subscribe)).toBe(2);
        expect(count(part, subscribe)).toBe(2);
      }
    },
  );

  it('leaves the places for the mail service as they are', () => {
    expect(count(issue.html, 'href="{{unsubscribe}}"')).toBe(2);
    expect(count(issue.html, 'href="{{preferences}}"')).toBe(1);
    expect(count(issue.html, '{{')).toBe(3);
    expect(count(issue.text, '\n{{unsubscribe}}\n')).toBe(2);
    expect(count(issue.text, '{{')).toBe(3);
  });

  it('names its colour schemes once, and its language', () => {
    expect(count(issue.html, '<meta name="color-scheme" content="light dark">')).toBe(1);
    expect(count(issue.html, '<meta name="supported-color-schemes" content="light dark">')).toBe(1);
    expect(count(issue.html, '@media (prefers-color-scheme:dark)')).toBe(1);
    expect(issue.html).toMatch(/^<!doctype html><html lang="en" dir="ltr"/);
    const seen = issue.html.replace(/<div style="display:none[^>]*>/, '');
    expect(seen).not.toMatch(/#(?:000|fff|000000|ffffff)\b/i);
  });

  it('asks for nothing from elsewhere but the images of its articles', () => {
    const loaded = Array.from(issue.html.matchAll(/(?:src|background|poster)="([^"]*)"|url\(/g), ([, url]) => url);
    expect(loaded).toEqual([
      'https://harbour-gazette.example/images/tide-staff.jpg',
      'https://harbour-gazette.example/images/marisol.jpg',
    ]);
    expect(issue.html).not.toMatch(/<link|@import|@font-face/);
  });

  it('is the same bytes for the same articles', () => {
    expect(buildTestDigest(digestInput)).toEqual(buildTestDigest(digestInput));
  });
});

describe('the next digest', () => {
  it('has no date', () => {
    const { html, text, json } = buildTestDigest(digestInput);
    expect(html).toContain('<bdi>Daily digest</bdi> · <bdi>The next issue so far</bdi>');
    expect(text).toContain('Daily digest · The next issue so far');
    expect(JSON.parse(json)).not.toHaveProperty('date');
  });

  it('is a friendly page while nothing waits', async () => {
    const { subject, html, text, json } = buildTestDigest({ ...digestInput, entries: [] });
    await expect(html).toMatchFileSnapshot('golden/empty.html');
    expect(subject).toBe('The Harbour Gazette: nothing new yet');
    expect(text).toContain('There is nothing new yet.');
    expect(JSON.parse(json)).toMatchObject({ items: [] });
  });
});

describe('a subject', () => {
  const subject = (titles: readonly string[]): string =>
    buildTestDigest({ ...digestInput, entries: titles.map((title) => ({ ...sampleEntry, title })) }).subject;

  it('is the first title, and how many come with it', () => {
    expect(subject(['One'])).toBe('One');
    expect(subject(['One', 'Two'])).toBe('One and 1 more');
  });

  it.each(['word '.repeat(60).trim(), 'x'.repeat(300), '😀'.repeat(150), '字'.repeat(300)])(
    'is cut to 120 characters, and keeps the number: %s',
    (title) => {
      const written = subject([title, 'Two', 'Three']);
      expect(written.length).toBeLessThanOrEqual(120);
      expect(written.length).toBeGreaterThan(100);
      expect(written).toMatch(/… and 2 more$/);
      expect(written.isWellFormed()).toBe(true);
    },
  );
});

describe('the preheader', () => {
  const read = (change: Partial<typeof digestInput>): string | undefined =>
    /<div style="display:none[^>]*>([^<]*)</.exec(buildTestDigest({ ...digestInput, ...change }).html)?.[1];

  it('goes on where the subject ends, with the next headlines', () => {
    expect(read({ entries: [sampleEntry, { ...richEntry, title: 'Tides' }, { ...agencyEntry, title: 'Grain' }] })).toBe(
      `Tides · Grain · ${sampleEntry.summary}`,
    );
  });

  it('is the summary of an article that is alone', () => {
    expect(read({})).toBe(sampleEntry.summary);
  });
});

describe('the list of contents', () => {
  it('says how long each article takes to read', () => {
    const entries = [500, 100, 2000].map((wordCount, index) => ({ ...sampleEntry, title: `No. ${index}`, wordCount }));
    const { html, text } = buildTestDigest({ ...digestInput, entries });
    expect(html.match(/>\d+ minutes?</g)).toEqual(['>2 minutes<', '>1 minute<', '>9 minutes<']);
    expect(text).toContain('- No. 0 (2 minutes)\n- No. 1 (1 minute)\n- No. 2 (9 minutes)\n');
  });
});

describe('the text part', () => {
  it('has the alternative texts and captions of pictures', () => {
    const html =
      '<p>Wind <img src="https://news.example/e.png" alt="east" /> rising</p><figure><img src="https://news.example/a.jpg" alt="A boat [moored] &amp; empty" /><figcaption>In March.</figcaption></figure><p><img src="https://news.example/line.png" alt="" /></p>';
    const { text } = buildTestDigest({ ...digestInput, entries: [{ ...sampleEntry, html, text: 'Wind rising' }] });
    expect(text).toContain('\n\nWind [east] rising\n\n[A boat [moored] & empty]\nIn March.\n\n');
  });
});

describe('what the author wrote', () => {
  const hostile = {
    ...sampleEntry,
    title: '<img src=x onerror=alert(1)> & "{{unsubscribe}}" {{{x}}}',
    summary: "</div><script>alert('1')</script>",
    authors: [{ name: '<b>Bo</b>', slug: 'bo' }],
    topics: [{ name: '"><i>T', slug: 't' }],
    dateline: { place: '<u>Porto</u>' },
    image: { url: 'https://news.example/a.jpg?x="><script>', alt: '"><script>' },
    html: '<p>{{#each readers}}{{email}}{{/each}} &lt;script&gt;</p>',
    text: '{{#each readers}}{{email}}{{/each}} <script>',
  };

  it('is shown as written and never acts, for a browser or for the mail service', () => {
    const { html, text, subject } = buildTestDigest({
      ...digestInput,
      entries: [hostile],
      links: { ...digestInput.links, unsubscribe: '{{unsubscribe}}' },
    });
    expect(html).not.toMatch(/<script|<i>|<u>|<b>|<img src=x/);
    expect(html).toContain(
      '&lt;img src=x onerror=alert(1)&gt; &amp; &quot;&#123;&#123;unsubscribe}}&quot;'
        .replace('src=', 'src&#x3D;')
        .replace('onerror=', 'onerror&#x3D;'),
    );
    expect(html.replaceAll('href="{{unsubscribe}}"', '')).not.toContain('{{');
    const names = new Set(Array.from(text.matchAll(/\{\{(.*?)\}\}/g), ([, name]) => name));
    expect(names).toEqual(new Set(['unsubscribe', 'o', 'c']));
    expect(fillPlaceholders(text, { unsubscribe: '' })).toContain('{{#each readers}}{{email}}{{/each}} <script>');
    expect(subject).toBe(hostile.title);
  });
});

describe('a publication in another language', () => {
  it('has its words and dates, and its direction', () => {
    const german = { ...digestPublication, language: 'de-AT', timeZone: 'Europe/Vienna' };
    const { html, subject } = buildTestDigest({
      ...digestInput,
      publication: german,
      entries: buildNumberedEntries(2, { ...sampleEntry, published: '2026-01-22T23:30:00.000Z' }),
      at: '2026-11-23T23:30:00.000Z',
    });
    expect(html).toContain('<bdi>Tägliche Ausgabe</bdi> · <bdi>24. November 2026</bdi>');
    expect(html).toContain('23. Jänner 2026');
    expect(subject).toBe('Letters under the third bench, part 0 und 1 weitere');
  });

  it('written from right to left begins at the right, and its English article at the left', () => {
    const { html } = buildTestDigest({
      ...digestInput,
      publication: { ...digestPublication, language: 'ar' },
      entries: [richEntry],
    });
    expect(html).toMatch(/<html lang="ar" dir="rtl"/);
    expect(html).toContain('<td class="rule" lang="en" dir="ltr"');
  });

  it('marks the language and direction of an article that differs', () => {
    const { html } = buildTestDigest({ ...digestInput, entries: [arabicEntry] });
    expect(html).toContain('<td class="rule" lang="ar" dir="rtl"');
    expect(html).toContain('margin-right:24px');
    expect(html).toContain('border-right:3px');
  });
});
