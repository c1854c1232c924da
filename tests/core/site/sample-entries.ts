import type { FullEntry } from '../../../functions/core/entry.ts';

/** One valid entry; each test overrides what it is about. */
export const embassyEntry: FullEntry = {
  id: 'urn:uuid:6f3c1a52-7d0e-5b7e-9a55-0c7b1a4f2d11',
  slug: 'us-embassy-in-baghdad-hit-by-rockets-no-casualties',
  title: 'US embassy in Baghdad hit by rockets, no casualties',
  summary:
    'The American embassy was struck by mortar rounds before dawn on Friday, a spokesperson said; nobody was hurt.',
  authors: [{ name: 'Taimur Azhari', slug: 'taimur-azhari' }],
  editors: ['Gerry Doyle', 'Angus MacSwan'],
  source: 'Reuters',
  dateline: { place: 'Baghdad', agency: 'Reuters' },
  topics: [
    { name: 'World', slug: 'world' },
    { name: 'Iraq', slug: 'iraq' },
  ],
  published: '2023-12-08T00:00:00.000Z',
  dateOnly: true,
  updated: '2023-12-08T09:30:00.000Z',
  wordCount: 412,
  email: true,
  revision: 'a1b2c3',
  bodyKey: 'bodies/a1b2c3.json',
  bodyLength: 100,
  html: '<p>About fourteen rockets were fired at the compound and at a base nearby, an official said.</p>\n<p>No group claimed the attack at first.</p>',
  text: 'About fourteen rockets were fired at the compound and at a base nearby, an official said.\n\nNo group claimed the attack at first.',
};

export const tidesEntry: FullEntry = {
  id: 'urn:uuid:0b8b6c0e-8a3e-5c66-9f0e-3a1df6b2a201',
  slug: 'how-the-harbour-reads-its-tides',
  title: 'How the harbour reads its tides, and why the old gauge on the north mole still has the last word',
  summary:
    'Three instruments now measure the water in our basin. When they disagree, the pilots walk to the end of the mole and look at a painted board.',
  language: 'en-GB',
  authors: [
    { name: 'Inês Carvalho', slug: 'ines-carvalho' },
    { name: 'Tom Aldous', slug: 'tom-aldous' },
  ],
  editors: ['Marta Lima'],
  topics: [
    { name: 'Harbour', slug: 'harbour' },
    { name: 'Science & weather', slug: 'science-weather' },
  ],
  published: '2026-11-20T16:45:00.000Z',
  dateOnly: false,
  updated: '2026-11-21T08:10:00.000Z',
  image: {
    url: 'https://harbour-gazette.example/images/tides/mole.svg',
    alt: 'The north mole at low water, with the painted gauge at its end',
  },
  canonical: 'https://www.tidal-review.example/2026/harbour-tides?from=a&to=b',
  wordCount: 1490,
  email: true,
  revision: 'd4e5f6',
  bodyKey: 'bodies/d4e5f6.json',
  bodyLength: 100,
  html: `<p>At a quarter past five on Tuesday the electronic gauge said 3.41 metres, the pressure sensor under the fuel jetty said 3.29, and the painted board at the end of the north mole said, to anybody who cared to walk out to it, <em>three metres and a little over a third</em>. The pilot believed the board.<sup><a href="#seed-fn-1" id="seed-fnref-1">1</a></sup></p>
<p>There is a reason for that, and it is older than the harbour office. The board was set in 1871 against a brass bolt in the lighthouse step, and nothing that has been built here since has moved the bolt.</p>
<h2>Three gauges, one sea</h2>
<p>A tide gauge measures the height of the water above an agreed zero. The difficulty lies in the agreement. Our three instruments were installed by three offices, in three decades, and <a href="https://www.example.org/datum">each took its own zero</a>.</p>
<figure><img src="https://harbour-gazette.example/images/tides/board.svg" alt="White numerals on a black board, the lowest covered with weed"><figcaption>The board on the north mole at low water. The weed marks the mean level. Photograph: Tom Aldous</figcaption></figure>
<blockquote><p>A number that nobody can see being wrong is not a measurement, it is a rumour.</p></blockquote>
<table><caption>One tide, three readings: Tuesday 17 November</caption><thead><tr><th scope="col">Time</th><th scope="col">Electronic gauge (m)</th><th scope="col">Pressure sensor (m)</th><th scope="col">Painted board (m)</th><th scope="col">Difference (cm)</th></tr></thead><tbody><tr><td>04:15</td><td>2.88</td><td>2.79</td><td>2.80</td><td>9</td></tr><tr><td>05:15</td><td>3.41</td><td>3.29</td><td>3.35</td><td>12</td></tr><tr><td>06:15</td><td>3.62</td><td>3.55</td><td>3.60</td><td>7</td></tr></tbody></table>
<p>Setting one against the other takes four lines, which the office now runs every hour:</p>
<pre><code>const readings = await Promise.all(gauges.map((gauge) =&gt; gauge.read()));
const datum = readings.map(({ height, zero }) =&gt; height - zero);
const spread = Math.max(...datum) - Math.min(...datum);
if (spread &gt; 0.10) alarm(&#39;look at the board&#39;);</code></pre>
<h3>What the pilots want</h3>
<ul><li>One zero for all three instruments, the brass bolt’s.</li><li>A reading <strong>every minute</strong> at springs.</li><li>Fresh paint; see <code>Rijkswaterstaatsmeetnetbeheerderscoördinatievergadering</code> for how long a name can be.</li></ul>
<ol><li>Read the board.</li><li>Then read the rest.</li></ol>
<hr>
<p>The full series is at https://data.harbour-gazette.example/series/tides/2026/electronic-gauge-pressure-sensor-painted-board-hourly.csv for whoever wants to check.</p>
<div><h2>Notes</h2><ol><li id="seed-fn-1"><p>So did the two before him. <a href="#seed-fnref-1">Back</a></p></li></ol></div>`,
  text: 'At a quarter past five on Tuesday the electronic gauge said 3.41 metres …',
};

export const arabicPageEntry: FullEntry = {
  id: 'urn:uuid:7f0c7d55-66a9-5b0c-8f8a-f8a7ef1c2b44',
  slug: 'القوارب-تعود-الى-الميناء',
  title: 'القوارب تعود إلى الميناء قبل العاصفة بساعة واحدة',
  summary: 'عاد سبعة عشر قارب صيد إلى الميناء مساء الخميس قبل أن تشتد الرياح، وقال رئيس الصيادين إن أحدا لم يصب بأذى.',
  language: 'ar',
  authors: [{ name: 'ليلى الحسن', slug: 'ليلى-الحسن' }],
  editors: [],
  dateline: { place: 'الإسكندرية' },
  topics: [{ name: 'Harbour', slug: 'harbour' }],
  published: '2026-11-19T18:00:00.000Z',
  dateOnly: false,
  updated: '2026-11-19T18:00:00.000Z',
  wordCount: 260,
  email: true,
  revision: 'aa11bb',
  bodyKey: 'bodies/aa11bb.json',
  bodyLength: 100,
  html: `<p>عاد سبعة عشر قارب صيد إلى الميناء مساء الخميس قبل أن تشتد الرياح، وقال رئيس الصيادين إن أحدا لم يصب بأذى.</p>
<h2>ساعة واحدة</h2>
<p>وكانت هيئة الأرصاد قد رفعت درجة التحذير في الثالثة عصرا، فبدأت القوارب رحلة العودة من على بعد 40 ميلا بحريا. وقال أحد البحارة: «رأينا الغيم أولا ثم سمعنا النداء على القناة VHF 16».</p>
<blockquote><p>البحر لا ينتظر أحدا.</p></blockquote>
<ul><li>سبعة عشر قاربا</li><li>أربعة وستون بحارا</li></ul>
<table><tr><th>القارب</th><th>الوصول</th></tr><tr><td>نورس</td><td>17:40</td></tr></table>`,
  text: 'عاد سبعة عشر قارب صيد إلى الميناء مساء الخميس قبل أن تشتد الرياح، وقال رئيس الصيادين إن أحدا لم يصب بأذى.',
};

const { source: _source, dateline: _dateline, ...embassyWithoutAgency } = embassyEntry;

const buildShortEntry = (
  slug: string,
  title: string,
  summary: string,
  overrides: Partial<FullEntry> = {},
): FullEntry => ({
  ...embassyWithoutAgency,
  id: `urn:uuid:${slug}`,
  slug,
  title,
  summary,
  authors: [{ name: 'Marta Lima', slug: 'marta-lima' }],
  editors: [],
  topics: [{ name: 'Town', slug: 'town' }],
  published: '2026-11-18T10:00:00.000Z',
  dateOnly: false,
  updated: '2026-11-18T10:00:00.000Z',
  html: `<p>${summary}</p>`,
  text: summary,
  wordCount: 80,
  ...overrides,
});

const ferry = buildShortEntry(
  'ferry',
  'Ferry to run on Sundays again',
  'From the first of March the ferry crosses on Sundays, twelve times a day, after nine winters without.',
);

export const shortEntries: FullEntry[] = [
  ferry,
  buildShortEntry(
    'bakery',
    'The bakery on Rope Walk opens at four',
    'For the night shift, says its owner. “They were knocking anyway.”',
  ),
  buildShortEntry(
    'library',
    'Library lends out its last atlas',
    'The reading room keeps the maps; the atlas leaves for good with a reader who first borrowed it as a child, forty-one years ago this month.',
    { topics: [{ name: 'Books', slug: 'books' }] },
  ),
  buildShortEntry('crane', 'Crane number four is for sale', 'Buyer collects.', { authors: [] }),
  buildShortEntry(
    'letters',
    'Letters: on the price of ice',
    'Two readers disagree with our leader of last week, and with each other.',
    { topics: [{ name: 'Letters', slug: 'letters' }], authors: [{ name: 'A. Reader', slug: 'a-reader' }] },
  ),
  buildShortEntry(
    'customs',
    'Customs house to become a school of navigation after thirty years of standing empty',
    'The council voted eleven to two. The roof comes first.',
  ),
];

/** What the front page shows in the tests, newest first. */
export const latestEntries: FullEntry[] = [tidesEntry, arabicPageEntry, ...shortEntries, embassyEntry];
