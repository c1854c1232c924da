import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { buildFeeds, feedEntry, feedInput } from './feed-fixture.ts';

/** Whatever the `feed` package, an XML printer or a parser could take for its own. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom('%', '%41', '&', '&amp;', '&lt;', '<', '>', ']]>', '"', "'", '$&', '</title>', '</item>'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join('').replace(/\p{Cc}/gu, ''))
  .filter((text) => text.trim() !== '');

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
});

test('a text in any place reaches readers letter by letter', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const named = { name: text, slug: 'slug' };
      const entry = {
        ...feedEntry,
        id: text,
        title: text,
        summary: text,
        html: text,
        authors: [named],
        editors: [text],
        topics: [named],
      };
      const { rss, atom } = buildFeeds({ ...feedInput, title: text, description: text, entries: [entry] });
      const { channel } = parser.parse(rss).rss;
      const { item } = channel;
      expect([
        channel.title,
        channel.description,
        item.title,
        item.guid['#text'],
        item['content:encoded'],
        item.category,
        item['dc:creator'],
        item['dc:contributor'],
      ]).toEqual(Array(8).fill(text));
      const { feed } = parser.parse(atom);
      expect([
        feed.title,
        feed.subtitle,
        feed.entry.id,
        feed.entry.title['#text'],
        feed.entry.summary['#text'],
        feed.entry.content['#text'],
        feed.entry.author.name,
        feed.entry.contributor.name,
        feed.entry.category.label,
        feed.entry.category.term,
      ]).toEqual(Array(10).fill(text));
    }),
  );
});

test('an id that looks like a web address passes letter by letter', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (id) => {
      const { rss, atom } = buildFeeds({ ...feedInput, entries: [{ ...feedEntry, id }] });
      expect(parser.parse(rss).rss.channel.item.guid['#text']).toBe(id);
      expect(parser.parse(atom).feed.entry.id).toBe(id);
    }),
  );
});

test('addresses are printed as they are encoded', () => {
  const image = { url: 'https://a.example/%41?b=1&c=%26', alt: '' };
  const { rss, atom } = buildFeeds({ ...feedInput, entries: [{ ...feedEntry, slug: '100% & "<', image }] });
  for (const document of [rss, atom]) {
    expect(document).toContain('<media:content url="https://a.example/%41?b=1&amp;c=%26" medium="image"/>');
    expect(document).toContain('https://harbour.example/articles/100%25%20%26%20%22%3C');
  }
});
