import { XMLParser } from 'fast-xml-parser';
import { parseOpml } from 'feedsmith';
import { expect, test } from 'vitest';
import { buildOpml } from '../../../functions/core/feed/build-opml.ts';
import { buildRobots, buildSitemap, buildSitemapIndex } from '../../../functions/core/feed/build-sitemap.ts';
import { feedPublication } from './feed-fixture.ts';

const site = 'https://harbour.example';

test('the OPML lists every feed, whatever its title', async () => {
  const feeds = [
    { title: feedPublication.title, page: '/', rss: '/rss.xml' },
    { title: '<b> "R&D" 100%', page: '/topics/r-d', rss: '/topics/r-d/rss.xml' },
  ];
  const opml = buildOpml({ publication: feedPublication, site, feeds });
  await expect(opml).toMatchFileSnapshot('golden/opml.xml');
  expect(parseOpml(opml).body?.outlines).toEqual([
    {
      type: 'rss',
      text: feedPublication.title,
      title: feedPublication.title,
      xmlUrl: `${site}/rss.xml`,
      htmlUrl: `${site}/`,
    },
    {
      type: 'rss',
      text: '<b> "R&D" 100%',
      title: '<b> "R&D" 100%',
      xmlUrl: `${site}/topics/r-d/rss.xml`,
      htmlUrl: `${site}/topics/r-d`,
    },
  ]);
});

test('a sitemap gives every page, its last change and its image', async () => {
  const sitemap = buildSitemap({
    site,
    urls: [
      { path: '/' },
      {
        path: '/articles/façade & co',
        updated: '2026-03-01T00:00:00.000Z',
        image: 'https://harbour.example/images/a.jpg?x=1&y=2',
      },
    ],
  });
  await expect(sitemap).toMatchFileSnapshot('golden/sitemap.xml');
  expect(new XMLParser().parse(sitemap).urlset.url).toEqual([
    { loc: `${site}/` },
    {
      loc: `${site}/articles/fa%C3%A7ade%20%26%20co`,
      lastmod: '2026-03-01T00:00:00.000Z',
      'image:image': { 'image:loc': 'https://harbour.example/images/a.jpg?x=1&y=2' },
    },
  ]);
});

test('a sitemap index names the sitemaps', async () => {
  const index = buildSitemapIndex({
    site,
    urls: [
      { path: '/archive/2026-03/sitemap.xml', updated: '2026-03-03T10:00:00.000Z' },
      { path: '/archive/2026-02/sitemap.xml' },
    ],
  });
  await expect(index).toMatchFileSnapshot('golden/sitemap-index.xml');
});

test('a sitemap holds no more addresses than search engines take', () => {
  const urls = Array.from({ length: 50_001 }, (_, number) => ({ path: `/articles/${number}` }));
  const sitemap = buildSitemap({ site, urls });
  expect(sitemap.match(/<url>/g)).toHaveLength(50_000);
  expect(sitemap).toContain('<loc>https://harbour.example/articles/0</loc>');
});

test('robots.txt leads to the sitemap', () => {
  expect(buildRobots(site)).toBe('User-agent: *\nAllow: /\n\nSitemap: https://harbour.example/sitemap.xml\n');
});
