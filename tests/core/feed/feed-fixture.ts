import type { FullEntry } from '../../../functions/core/entry.ts';
import { buildAtom } from '../../../functions/core/feed/build-atom.ts';
import { buildJsonFeed } from '../../../functions/core/feed/build-json-feed.ts';
import { buildRss } from '../../../functions/core/feed/build-rss.ts';
import type { FeedInput } from '../../../functions/core/feed/feed-input.ts';
import { toFeedId } from '../../../functions/core/identity.ts';
import { type Publication, parsePublication } from '../../../functions/core/publication.ts';
import { sitePaths } from '../../../functions/core/site-paths.ts';

export const feedPublication: Publication = parsePublication({
  id: 'harbour-gazette',
  title: 'The Harbour Gazette',
  description: 'News & letters from a small port.',
  language: 'en',
  timeZone: 'Europe/Lisbon',
  author: { name: 'The Harbour Gazette', url: 'https://harbour.example/about' },
  sender: { name: 'The Harbour Gazette', email: 'editor@harbour.example' },
  postalAddress: '1 Quay Street, Porto',
  feedSize: 20,
  hubs: ['https://hub.example/?a=1&b=2', 'https://other-hub.example/'],
  digest: { daily: { hour: 7 } },
});

export const feedEntry: FullEntry = {
  id: 'urn:uuid:6e8bc430-9c3a-51d9-9669-0800200c9a66',
  slug: 'ferry-returns',
  title: 'The ferry returns',
  summary: 'After two years the morning ferry sails again.',
  authors: [
    { name: 'Ana Reis', slug: 'ana-reis' },
    { name: 'Tom Okafor', slug: 'tom-okafor' },
  ],
  editors: ['Inês Prado'],
  topics: [{ name: 'Harbour', slug: 'harbour' }],
  published: '2026-03-02T08:30:00.000Z',
  dateOnly: false,
  updated: '2026-03-03T10:00:00.000Z',
  wordCount: 9,
  email: true,
  revision: 'r1',
  bodyKey: 'bodies/r1',
  bodyLength: 100,
  html: '<p>After two years the <a href="https://harbour.example/ferry?from=a&amp;to=b">morning ferry</a> sails again.</p>',
  text: 'After two years the morning ferry sails again.',
};

/**
 * Everything that has broken a feed somewhere: markup in plain text, CDATA ends, percent signs, an id that is an
 * address.
 */
export const hostileEntry: FullEntry = {
  ...feedEntry,
  id: 'HTTPS://Old.Example/?p=12&q=%41#top',
  slug: 'façade-100%',
  title: '<b>AT&T</b> &amp; "100%25" ]]> ]]> </title></item></entry>',
  summary: 'if a < b && c > d then "&lt;" ]]> <script>alert(1)</script>',
  authors: [{ name: 'O\'Neil <o@x.example> & "Co"', slug: 'o-neil' }],
  editors: ['A & B'],
  topics: [
    { name: 'R&D <"50%">', slug: 'r-d' },
    { name: '&amp;', slug: 'amp' },
  ],
  published: '2026-03-01T00:00:00.000Z',
  dateOnly: true,
  updated: '2026-03-01T00:00:00.000Z',
  image: { url: 'https://harbour.example/images/a%20b.jpg?x=1&y=2', alt: 'A "sign": 5 < 6' },
  html: '<p>x]]>y]]>z &lt;/item&gt; %3Cb%3E $& $1</p><pre>a\n    </item>\n</pre>',
};

export const arabicFeedEntry: FullEntry = {
  ...feedEntry,
  id: 'urn:uuid:0f0c7f9e-3b11-5a4e-8f57-3a1d6c1f1e55',
  slug: 'أخبار-الميناء',
  title: 'عودة العبّارة 🚢',
  summary: 'بعد عامين تبحر العبّارة من جديد.',
  language: 'ar',
  authors: [],
  editors: [],
  topics: [],
  published: '2026-02-27T21:15:30.000Z',
  updated: '2026-02-27T21:15:30.000Z',
  canonical: 'https://elsewhere.example/ferry',
  html: '<p>بعد عامين تبحر العبّارة من جديد.</p>',
};

export const feedInput: FeedInput = {
  publication: feedPublication,
  site: 'https://harbour.example',
  title: feedPublication.title,
  description: feedPublication.description,
  page: sitePaths.home,
  paths: sitePaths.feeds,
  feedId: toFeedId(feedPublication, sitePaths.home),
  entries: [feedEntry, hostileEntry, arabicFeedEntry],
  withdrawn: [
    {
      id: 'urn:uuid:2c5d7a10-1111-5222-9333-444455556666',
      withdrawnAt: '2026-03-01T12:00:00.000Z',
      topics: [],
    },
    { id: 'https://old.example/?p=9&q=<"', withdrawnAt: '2026-02-01T12:00:00.000Z', topics: [] },
  ],
  since: '2026-01-01T00:00:00.000Z',
  history: { isArchive: false, previous: sitePaths.monthFeeds('2026-02') },
};

export const archiveFeedInput: FeedInput = {
  ...feedInput,
  title: 'The Harbour Gazette, February 2026',
  page: sitePaths.month('2026-02'),
  paths: sitePaths.monthFeeds('2026-02'),
  entries: [arabicFeedEntry],
  withdrawn: [],
  history: {
    isArchive: true,
    current: sitePaths.feeds,
    previous: sitePaths.monthFeeds('2026-01', 2),
    next: sitePaths.monthFeeds('2026-03'),
  },
};

export const oldestArchiveFeedInput: FeedInput = {
  ...archiveFeedInput,
  title: 'The Harbour Gazette, January 2026',
  page: sitePaths.month('2026-01', 2),
  paths: sitePaths.monthFeeds('2026-01', 2),
  entries: [{ ...feedEntry, published: '2026-01-05T09:00:00.000Z', updated: '2026-01-05T09:00:00.000Z' }],
  history: { isArchive: true, current: sitePaths.feeds, next: sitePaths.monthFeeds('2026-02') },
};

export const emptyFeedInput: FeedInput = {
  ...feedInput,
  publication: { ...feedPublication, hubs: [], author: { name: 'The Harbour Gazette' } },
  entries: [],
  withdrawn: [],
  history: { isArchive: false },
};

const harbour = { name: 'Harbour', slug: 'harbour' };

export const topicFeedInput: FeedInput = {
  ...feedInput,
  title: 'The Harbour Gazette: Harbour',
  description: 'Articles on Harbour in The Harbour Gazette.',
  page: sitePaths.topic(harbour),
  paths: sitePaths.topicFeeds(harbour),
  feedId: toFeedId(feedPublication, sitePaths.topic(harbour)),
  entries: [feedEntry],
  withdrawn: [],
  history: { isArchive: false },
};

/** Documents, sounds and films that articles link. RSS has one of each article: the first sound or film. */
export const filesFeedInput: FeedInput = {
  ...emptyFeedInput,
  entries: [
    {
      ...feedEntry,
      files: [
        { path: '/files/2026/the timetable.pdf', type: 'application/pdf', bytes: 48_211 },
        { path: '/files/2026/ferry & horn.mp3', type: 'audio/mpeg', bytes: 5_242_880, seconds: 3_723 },
        { path: '/files/2026/launch.mp4', type: 'video/mp4', bytes: 104_857_600, seconds: 75 },
      ],
    },
    {
      ...arabicFeedEntry,
      files: [{ path: '/files/جدول.csv', type: 'text/csv', bytes: 1 }],
    },
  ],
};

/** The three documents of a feed. */
export const buildFeeds = (input: FeedInput) => ({
  rss: buildRss(input),
  atom: buildAtom(input),
  json: buildJsonFeed(input),
});
