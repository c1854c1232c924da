import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { FullEntry } from '../../../functions/core/entry.ts';
import type { FeedInput } from '../../../functions/core/feed/feed-input.ts';
import { sitePaths, toSiteUrl } from '../../../functions/core/site-paths.ts';
import { cleanLine, cleanText } from '../../../functions/core/text/clean-text.ts';
import { escapeAttribute } from '../../../functions/core/text/escape-markup.ts';
import {
  archiveFeedInput,
  buildFeeds,
  emptyFeedInput,
  feedEntry,
  feedInput,
  feedPublication,
  filesFeedInput,
  oldestArchiveFeedInput,
  topicFeedInput,
} from './feed-fixture.ts';
import { atomReaders, jsonReaders, type ParsedEntry, rssReaders } from './feed-readers.ts';
import { jsonFeedSchema } from './json-feed-schema.ts';

const readers = { rss: rssReaders, atom: atomReaders, json: jsonReaders } as const;
const formats = ['rss', 'atom', 'json'] as const;

const cases = formats.flatMap((format) =>
  Object.entries(readers[format]).map(([name, reader]) => ({ format, name, reader })),
);

/** None of the bodies shows a picture. */
const renderLead = ({ image }: FullEntry): string =>
  image ? `<figure><img src="${escapeAttribute(image.url)}" alt="${escapeAttribute(image.alt)}"></figure>\n` : '';

const expected = (entry: FullEntry): Required<ParsedEntry> => ({
  id: entry.id,
  title: entry.title,
  link: toSiteUrl(feedInput.site, sitePaths.article(entry)),
  html: renderLead(entry) + entry.html,
  summary: entry.summary,
  published: entry.published,
  topics: entry.topics.map(({ name }) => name),
  authors: entry.authors.length > 0 ? entry.authors.map(({ name }) => name) : [feedPublication.author.name],
});

/** What this parser looks at, as found and as wanted. */
const compare = (entry: FullEntry, seen: ParsedEntry | undefined, decodesTwice = false) => {
  const wanted = Object.entries(expected(entry)).filter(
    ([key, value]) => seen && key in seen && !(decodesTwice && String(value).includes('&')),
  );
  const found = wanted.map(([key]) => [key, Object(seen)[key]]);
  return { found: Object.fromEntries(found), wanted: Object.fromEntries(wanted) };
};

describe.each(cases)('$name reads our $format', ({ format, reader }) => {
  test.each([
    ['with a hostile and a foreign entry', feedInput],
    ['of one topic', topicFeedInput],
    ['of a month gone by', archiveFeedInput],
    ['without entries', emptyFeedInput],
  ])('%s', async (_, input) => {
    const seen = await reader.parse(buildFeeds(input)[format]);
    expect(seen).toHaveLength(input.entries.length);
    for (const [index, entry] of input.entries.entries()) {
      const { found, wanted } = compare(entry, seen[index], reader.decodesTwice);
      expect(found).toEqual(wanted);
      expect(Object.keys(found)).toContain('link');
    }
  });
});

test.each([
  ['feed', feedInput],
  ['topic', topicFeedInput],
  ['archive', archiveFeedInput],
  ['oldest archive', oldestArchiveFeedInput],
  ['empty feed', emptyFeedInput],
  ['feed with files', filesFeedInput],
])('the JSON of the %s is JSON Feed 1.1 and nothing else', (_, input) => {
  expect(jsonFeedSchema.safeParse(JSON.parse(buildFeeds(input).json)).error).toBeUndefined();
});

const fragment = fc.oneof(
  fc.constantFrom(
    ']]>',
    '<![CDATA[',
    ']]]]><![CDATA[>',
    '</item>',
    '\n        </entry>',
    '</channel></rss>',
    '&amp;',
    '&',
    '&#0;',
    '%26',
    '%',
    '$&',
    '"',
    "'",
    '<!--',
    '-->',
    '<?xml ?>',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    'opaque:',
    '\u0000',
    '\ufffe',
    '\ud800',
    '0x1F',
    '1e5',
    '007',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const hostileText = fc.array(fragment, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
const line = hostileText.map(cleanLine).filter((cleaned) => cleaned !== '');
const named = fc.record({ name: line, slug: fc.stringMatching(/^[a-z]{1,9}$/) });
const id = fc.oneof(
  fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
);
const entry: fc.Arbitrary<FullEntry> = fc
  .record({
    id,
    slug: line,
    title: line,
    summary: line,
    authors: fc.array(named, { maxLength: 2 }),
    topics: fc.array(named, { maxLength: 2 }),
    // Sanitized HTML has no comments, and feedsmith would not show them.
    html: hostileText.map((body) => `<p>${cleanText(body).replaceAll('<!', '&lt;!')}</p>`),
    editors: fc.array(line, { maxLength: 1 }),
    image: fc.option(fc.record({ url: fc.webUrl(), alt: line })),
  })
  .map(({ image, ...parts }) => ({ ...feedEntry, ...parts, ...(image && { image }) }));
const hostileFeed: fc.Arbitrary<FeedInput> = fc
  .record({
    title: line,
    description: line,
    entries: fc.uniqueArray(entry, { selector: (one) => one.id, maxLength: 4 }),
  })
  .map((parts) => ({ ...feedInput, ...parts }));

test('whatever an article says, every parser sees the same entries', async () => {
  await fc.assert(
    fc.asyncProperty(hostileFeed, async (input) => {
      const documents = buildFeeds(input);
      expect(XMLValidator.validate(documents.rss)).toBe(true);
      expect(XMLValidator.validate(documents.atom)).toBe(true);
      expect(jsonFeedSchema.safeParse(JSON.parse(documents.json)).error).toBeUndefined();
      for (const { format, reader } of cases) {
        const seen = await reader.parse(documents[format]);
        expect(seen).toHaveLength(input.entries.length);
        for (const [index, one] of input.entries.entries()) {
          const { found, wanted } = compare(one, seen[index], reader.decodesTwice);
          expect(found).toEqual(wanted);
        }
      }
    }),
    { numRuns: 200 },
  );
});
