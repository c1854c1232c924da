import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { buildAtom } from '../../../functions/core/feed/build-atom.ts';
import { buildJsonFeed } from '../../../functions/core/feed/build-json-feed.ts';
import { buildRss } from '../../../functions/core/feed/build-rss.ts';
import { toFeedId } from '../../../functions/core/identity.ts';
import {
  arabicFeedEntry,
  archiveFeedInput,
  buildFeeds,
  emptyFeedInput,
  feedEntry,
  feedInput,
  feedPublication,
  hostileEntry,
} from './feed-fixture.ts';

const linksOf = (input: typeof feedInput) => {
  const { rss, atom, json } = buildFeeds(input);
  const rels = (links: { rel?: string; href?: string }[] = []) =>
    links.filter(({ rel }) => rel !== 'self' && rel !== 'alternate').map(({ rel, href }) => `${rel} ${href}`);
  const { hubs, next_url } = parseJsonFeed(json);
  return {
    rss: rels(parseRssFeed(rss).atom?.links),
    atom: rels(parseAtomFeed(atom).links),
    json: { hubs, next_url },
  };
};

test('a feed says it changed when its newest change was made, whatever the order of its entries', () => {
  const late = { ...arabicFeedEntry, updated: '2026-04-01T00:00:00.000Z' };
  const { rss, atom } = buildFeeds({ ...feedInput, entries: [feedEntry, late, hostileEntry] });
  expect(parseAtomFeed(atom).updated).toBe('2026-04-01T00:00:00.000Z');
  expect(parseRssFeed(rss).lastBuildDate).toBe('Wed, 01 Apr 2026 00:00:00 GMT');
});

test('a feed without entries says it changed when the publication began', () => {
  const { rss, atom } = buildFeeds(emptyFeedInput);
  expect(parseAtomFeed(atom).updated).toBe(emptyFeedInput.since);
  expect(parseRssFeed(rss).lastBuildDate).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
});

test('every document names the address it is served at', () => {
  const self = (links: { rel?: string; href?: string }[] = []) => links.find(({ rel }) => rel === 'self')?.href;
  const { rss, atom, json } = buildFeeds(feedInput);
  expect(self(parseRssFeed(rss).atom?.links)).toBe('https://harbour.example/rss.xml');
  expect(self(parseAtomFeed(atom).links)).toBe('https://harbour.example/atom.xml');
  expect(parseJsonFeed(json).feed_url).toBe('https://harbour.example/feed.json');
});

test('the first link of an Atom feed is its page', () => {
  expect(parseAtomFeed(buildAtom(archiveFeedInput)).links?.[0]).toMatchObject({
    rel: 'alternate',
    href: 'https://harbour.example/archive/2026-02',
  });
});

describe('hubs and archives', () => {
  test('the subscription document names every hub and the newest archive', () => {
    const hubs = feedPublication.hubs.map((hub) => `hub ${hub}`);
    expect(linksOf(feedInput)).toEqual({
      rss: [...hubs, 'prev-archive https://harbour.example/archive/2026-02/rss.xml'],
      atom: [...hubs, 'prev-archive https://harbour.example/archive/2026-02/atom.xml'],
      json: {
        hubs: feedPublication.hubs.map((url) => ({ type: 'WebSub', url })),
        next_url: 'https://harbour.example/archive/2026-02/feed.json',
      },
    });
  });

  test('an archive names its neighbours and the current feed, and no hub', () => {
    const related = (file: string) => [
      `current https://harbour.example/${file}`,
      `prev-archive https://harbour.example/archive/2026-01/2/${file}`,
      `next-archive https://harbour.example/archive/2026-03/${file}`,
    ];
    expect(linksOf(archiveFeedInput)).toEqual({
      rss: related('rss.xml'),
      atom: related('atom.xml'),
      json: { hubs: undefined, next_url: 'https://harbour.example/archive/2026-01/2/feed.json' },
    });
  });

  test('an archive says that it is one', () => {
    expect(buildRss(archiveFeedInput)).toMatch(/<fh:archive\/>.*<item>/s);
    expect(buildAtom(archiveFeedInput)).toMatch(/<fh:archive\/>.*<entry/s);
    expect(buildRss(feedInput) + buildAtom(feedInput)).not.toContain('<fh:archive');
  });

  test('a feed without either has no such link', () => {
    expect(linksOf(emptyFeedInput)).toEqual({
      rss: [],
      atom: [],
      json: { hubs: undefined, next_url: undefined },
    });
  });
});

describe('entries', () => {
  test('an article without a by-line is the publication’s', () => {
    const { rss, atom, json } = buildFeeds({ ...feedInput, entries: [arabicFeedEntry] });
    expect(parseRssFeed(rss).items?.[0]?.dc?.creators).toEqual([feedPublication.author.name]);
    expect(parseAtomFeed(atom).entries?.[0]?.authors).toEqual([
      { name: feedPublication.author.name, uri: feedPublication.author.url },
    ]);
    expect(parseJsonFeed(json).items?.[0]?.authors).toEqual([feedPublication.author]);
  });

  test('an article in another language says so, any other does not', () => {
    const own = { ...hostileEntry, language: feedPublication.language };
    const { rss, atom, json } = buildFeeds({ ...feedInput, entries: [feedEntry, own, arabicFeedEntry] });
    expect(parseRssFeed(rss).items?.map((item) => item.dc?.languages)).toEqual([undefined, undefined, ['ar']]);
    expect(atom.match(/<entry.*>/g)).toEqual(['<entry>', '<entry>', '<entry xml:lang="ar">']);
    expect(parseJsonFeed(json).items?.map((item) => item.language)).toEqual([undefined, undefined, 'ar']);
  });

  test('an article that first stood elsewhere still links to its page here', () => {
    const documents = Object.values(buildFeeds({ ...feedInput, entries: [arabicFeedEntry] }));
    for (const document of documents) expect(document).not.toContain('elsewhere.example');
  });

  test('an image goes out as media, never as an enclosure of unknown length', () => {
    const { rss, atom, json } = buildFeeds({ ...feedInput, entries: [hostileEntry] });
    const media = [{ url: hostileEntry.image?.url, medium: 'image', description: { value: 'A "sign": 5 < 6' } }];
    expect(parseRssFeed(rss).items?.[0]?.media?.contents).toEqual(media);
    expect(parseAtomFeed(atom).entries?.[0]?.media?.contents).toEqual(media);
    expect(parseJsonFeed(json).items?.[0]?.image).toBe(hostileEntry.image?.url);
    expect(rss + atom).not.toContain('enclosure');
  });

  test('an image without a description has an empty element', () => {
    const silent = { ...feedEntry, image: { url: 'https://harbour.example/images/a.jpg', alt: '' } };
    expect(buildRss({ ...feedInput, entries: [silent] })).toContain(
      '<media:content url="https://harbour.example/images/a.jpg" medium="image"/>',
    );
  });

  test('in RSS the summary stands before the full text, and is HTML that shows the plain summary', () => {
    const item = buildRss({ ...feedInput, entries: [hostileEntry] }).split('<item>')[1] ?? '';
    expect(item.indexOf('<description>')).toBeLessThan(item.indexOf('<content:encoded>'));
    expect(parseRssFeed(buildRss({ ...feedInput, entries: [hostileEntry] })).items?.[0]?.description).toBe(
      'if a &lt; b &amp;&amp; c &gt; d then "&amp;lt;" ]]&gt; &lt;script&gt;alert(1)&lt;/script&gt;',
    );
  });

  test('Atom says when an entry was published and when it changed', () => {
    expect(parseAtomFeed(buildAtom(feedInput)).entries?.[0]).toMatchObject({
      published: feedEntry.published,
      updated: feedEntry.updated,
    });
    expect(parseJsonFeed(buildJsonFeed(feedInput)).items?.[0]).toMatchObject({
      date_published: feedEntry.published,
      date_modified: feedEntry.updated,
    });
  });
});

test('Atom alone tells what was withdrawn', () => {
  const { rss, atom, json } = buildFeeds(feedInput);
  expect(atom.match(/<at:deleted-entry .*/g)).toEqual([
    '<at:deleted-entry ref="urn:uuid:2c5d7a10-1111-5222-9333-444455556666" when="2026-03-01T12:00:00.000Z"/>',
    '<at:deleted-entry ref="https://old.example/?p=9&amp;q=&lt;&quot;" when="2026-02-01T12:00:00.000Z"/>',
  ]);
  expect(rss + json).not.toContain('2c5d7a10');
});

test('every prefix in use is declared', () => {
  for (const document of [feedInput, archiveFeedInput, emptyFeedInput].flatMap((input) => [
    buildRss(input),
    buildAtom(input),
  ])) {
    const declared = [...document.matchAll(/xmlns:(\w+)=/g)].map(([, prefix]) => prefix);
    const used = [...document.matchAll(/<(\w+):\w+[ />]/g)].map(([, prefix]) => prefix);
    expect(declared).toEqual(expect.arrayContaining(used));
  }
});

test('the id of a feed hangs on the publication’s id and the path alone', () => {
  const id = toFeedId({ id: 'harbour-gazette' }, '/');
  expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const renamed = { ...feedPublication, title: 'Renamed', site: 'https://moved.example' };
  expect(toFeedId(renamed, '/')).toBe(id);
  expect(toFeedId(feedPublication, '/topics/harbour')).not.toBe(id);
  expect(toFeedId({ id: 'other' }, '/')).not.toBe(id);
});

test('a link inside an article leads to its page, wherever the article is read', () => {
  const footnoted = { ...feedEntry, html: '<p>Text<a href="#seed-note">1</a></p><p id="seed-note">Note</p>' };
  const { rss, atom, json } = buildFeeds({ ...feedInput, entries: [footnoted] });
  for (const document of [rss, atom, JSON.parse(json).items[0].content_html]) {
    expect(document).toContain('href="https://harbour.example/articles/ferry-returns#seed-note"');
  }
});
