import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { buildAtom } from '../../../functions/core/feed/build-atom.ts';
import { buildFeeds } from '../../../functions/core/feed/build-feeds.ts';
import { buildJsonFeed } from '../../../functions/core/feed/build-json-feed.ts';
import { buildRss } from '../../../functions/core/feed/build-rss.ts';
import { feedId } from '../../../functions/core/feed/feed-id.ts';
import { sitePaths } from '../../../functions/core/site-paths.ts';
import { archive, article, empty, feed, foreign, hostile, publication } from './sample-feed.ts';

const linksOf = (input: typeof feed) => {
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
  const late = { ...foreign, updated: '2026-04-01T00:00:00.000Z' };
  const { rss, atom } = buildFeeds({ ...feed, entries: [article, late, hostile] });
  expect(parseAtomFeed(atom).updated).toBe('2026-04-01T00:00:00.000Z');
  expect(parseRssFeed(rss).lastBuildDate).toBe('Wed, 01 Apr 2026 00:00:00 GMT');
});

test('a feed without entries says it changed when the publication began', () => {
  const { rss, atom } = buildFeeds(empty);
  expect(parseAtomFeed(atom).updated).toBe(empty.since);
  expect(parseRssFeed(rss).lastBuildDate).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
});

test('every document names the address it is served at', () => {
  const self = (links: { rel?: string; href?: string }[] = []) =>
    links.find(({ rel }) => rel === 'self')?.href;
  const { rss, atom, json } = buildFeeds(feed);
  expect(self(parseRssFeed(rss).atom?.links)).toBe('https://harbour.example/rss.xml');
  expect(self(parseAtomFeed(atom).links)).toBe('https://harbour.example/atom.xml');
  expect(parseJsonFeed(json).feed_url).toBe('https://harbour.example/feed.json');
});

test('the RSS at the address that readers probe differs in its self link alone', () => {
  const probed = buildRss({ ...feed, paths: { ...feed.paths, rss: sitePaths.feedXml } });
  expect(probed).toBe(
    buildRss(feed).replace('https://harbour.example/rss.xml', 'https://harbour.example/feed.xml'),
  );
  expect(probed).toContain('href="https://harbour.example/feed.xml" rel="self"');
});

test('the first link of an Atom feed is its page', () => {
  expect(parseAtomFeed(buildAtom(archive)).links?.[0]).toMatchObject({
    rel: 'alternate',
    href: 'https://harbour.example/archive/2026-02',
  });
});

describe('hubs and archives', () => {
  test('the subscription document names every hub and the newest archive', () => {
    const hubs = publication.hubs.map((hub) => `hub ${hub}`);
    expect(linksOf(feed)).toEqual({
      rss: [...hubs, 'prev-archive https://harbour.example/archive/2026-02/rss.xml'],
      atom: [...hubs, 'prev-archive https://harbour.example/archive/2026-02/atom.xml'],
      json: {
        hubs: publication.hubs.map((url) => ({ type: 'WebSub', url })),
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
    expect(linksOf(archive)).toEqual({
      rss: related('rss.xml'),
      atom: related('atom.xml'),
      json: { hubs: undefined, next_url: 'https://harbour.example/archive/2026-01/2/feed.json' },
    });
  });

  test('an archive says that it is one', () => {
    expect(buildRss(archive)).toMatch(/<fh:archive\/>.*<item>/s);
    expect(buildAtom(archive)).toMatch(/<fh:archive\/>.*<entry/s);
    expect(buildRss(feed) + buildAtom(feed)).not.toContain('<fh:archive');
  });

  test('a feed without either has no such link', () => {
    expect(linksOf(empty)).toEqual({ rss: [], atom: [], json: { hubs: undefined, next_url: undefined } });
  });
});

describe('entries', () => {
  test('an article without a by-line is the publication’s', () => {
    const { rss, atom, json } = buildFeeds({ ...feed, entries: [foreign] });
    expect(parseRssFeed(rss).items?.[0]?.dc?.creators).toEqual([publication.author.name]);
    expect(parseAtomFeed(atom).entries?.[0]?.authors).toEqual([
      { name: publication.author.name, uri: publication.author.url },
    ]);
    expect(parseJsonFeed(json).items?.[0]?.authors).toEqual([publication.author]);
  });

  test('an article in another language says so, any other does not', () => {
    const own = { ...hostile, language: publication.language };
    const { rss, atom, json } = buildFeeds({ ...feed, entries: [article, own, foreign] });
    expect(parseRssFeed(rss).items?.map((item) => item.dc?.languages)).toEqual([
      undefined,
      undefined,
      ['ar'],
    ]);
    expect(atom.match(/<entry.*>/g)).toEqual(['<entry>', '<entry>', '<entry xml:lang="ar">']);
    expect(parseJsonFeed(json).items?.map((item) => item.language)).toEqual([undefined, undefined, 'ar']);
  });

  test('an article that first stood elsewhere still links to its page here', () => {
    const documents = Object.values(buildFeeds({ ...feed, entries: [foreign] }));
    for (const document of documents) expect(document).not.toContain('elsewhere.example');
  });

  test('an image goes out as media, never as an enclosure of unknown length', () => {
    const { rss, atom, json } = buildFeeds({ ...feed, entries: [hostile] });
    const media = [{ url: hostile.image?.url, medium: 'image', description: { value: 'A "sign": 5 < 6' } }];
    expect(parseRssFeed(rss).items?.[0]?.media?.contents).toEqual(media);
    expect(parseAtomFeed(atom).entries?.[0]?.media?.contents).toEqual(media);
    expect(parseJsonFeed(json).items?.[0]?.image).toBe(hostile.image?.url);
    expect(rss + atom).not.toContain('enclosure');
  });

  test('an image without a description has an empty element', () => {
    const silent = { ...article, image: { url: 'https://harbour.example/images/a.jpg', alt: '' } };
    expect(buildRss({ ...feed, entries: [silent] })).toContain(
      '<media:content url="https://harbour.example/images/a.jpg" medium="image"/>',
    );
  });

  test('in RSS the summary stands before the full text, and is HTML that shows the plain summary', () => {
    const item = buildRss({ ...feed, entries: [hostile] }).split('<item>')[1] ?? '';
    expect(item.indexOf('<description>')).toBeLessThan(item.indexOf('<content:encoded>'));
    expect(parseRssFeed(buildRss({ ...feed, entries: [hostile] })).items?.[0]?.description).toBe(
      'if a &lt; b &amp;&amp; c &gt; d then "&amp;lt;" ]]&gt; &lt;script&gt;alert(1)&lt;/script&gt;',
    );
  });

  test('Atom says when an entry was published and when it changed', () => {
    expect(parseAtomFeed(buildAtom(feed)).entries?.[0]).toMatchObject({
      published: article.published,
      updated: article.updated,
    });
    expect(parseJsonFeed(buildJsonFeed(feed)).items?.[0]).toMatchObject({
      date_published: article.published,
      date_modified: article.updated,
    });
  });
});

test('Atom alone tells what was withdrawn', () => {
  const { rss, atom, json } = buildFeeds(feed);
  expect(atom.match(/<at:deleted-entry .*/g)).toEqual([
    '<at:deleted-entry ref="urn:uuid:2c5d7a10-1111-5222-9333-444455556666" when="2026-03-01T12:00:00.000Z"/>',
    '<at:deleted-entry ref="https://old.example/?p=9&amp;q=&lt;&quot;" when="2026-02-01T12:00:00.000Z"/>',
  ]);
  expect(rss + json).not.toContain('2c5d7a10');
});

test('every prefix in use is declared', () => {
  for (const document of [feed, archive, empty].flatMap((input) => [buildRss(input), buildAtom(input)])) {
    const declared = [...document.matchAll(/xmlns:(\w+)=/g)].map(([, prefix]) => prefix);
    const used = [...document.matchAll(/<(\w+):\w+[ />]/g)].map(([, prefix]) => prefix);
    expect(declared).toEqual(expect.arrayContaining(used));
  }
});

test('the id of a feed hangs on the publication’s id and the path alone', () => {
  const id = feedId({ id: 'harbour-gazette' }, '/');
  expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const renamed = { ...publication, title: 'Renamed', site: 'https://moved.example' };
  expect(feedId(renamed, '/')).toBe(id);
  expect(feedId(publication, '/topics/harbour')).not.toBe(id);
  expect(feedId({ id: 'other' }, '/')).not.toBe(id);
});

test('a link inside an article leads to its page, wherever the article is read', () => {
  const footnoted = { ...article, html: '<p>Text<a href="#seed-note">1</a></p><p id="seed-note">Note</p>' };
  const { rss, atom, json } = buildFeeds({ ...feed, entries: [footnoted] });
  for (const document of [rss, atom, JSON.parse(json).items[0].content_html]) {
    expect(document).toContain('href="https://harbour.example/articles/ferry-returns#seed-note"');
  }
});
