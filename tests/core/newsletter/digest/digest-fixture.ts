import { readFileSync } from 'node:fs';
import type { FullEntry } from '../../../../functions/core/entry.ts';
import { buildDigest } from '../../../../functions/core/newsletter/digest/build-digest.ts';
import type { DigestInput } from '../../../../functions/core/newsletter/digest/digest-input.ts';
import { prepareMailBody } from '../../../../functions/core/newsletter/mail-body/prepare-mail-body.ts';
import { parsePublication } from '../../../../functions/core/publication.ts';
import { createRender } from '../../../../functions/core/render.ts';
import { readCompiledTemplates } from '../../../request-build.ts';

const render = createRender(await readCompiledTemplates());

const settings: unknown = JSON.parse(readFileSync(new URL('../../../../cdk.json', import.meta.url), 'utf8'));

export const digestPublication = parsePublication(
  typeof settings === 'object' && settings !== null && 'context' in settings
    ? Object.getOwnPropertyDescriptor(settings.context, 'publication')?.value
    : undefined,
);

export const digestSite = 'https://harbour-gazette.example';

const paragraphs = [
  'The ferry to the south bank left eleven minutes late on Tuesday, and for the first time in a month nobody complained.',
  'What the crew had found under the third bench was a parcel of letters, tied with sail twine and addressed to a house that has not stood since 1961.',
  'The harbour office keeps a book for such things. It has four columns: date, finder, object and claimant; and the fourth is almost always empty.',
];

export const sampleEntry: FullEntry = {
  id: 'urn:uuid:7b0a4a5e-54cb-5b5e-9f0a-2f0f5f1c9a01',
  slug: 'letters-under-the-third-bench',
  title: 'Letters under the third bench',
  summary: 'A parcel of letters, tied with sail twine, turned up on the ferry to the south bank.',
  language: 'en',
  authors: [{ name: 'Inês Carvalho', slug: 'ines-carvalho' }],
  editors: [],
  topics: [{ name: 'Harbour', slug: 'harbour' }],
  published: '2026-11-23T09:30:00.000Z',
  dateOnly: false,
  updated: '2026-11-23T09:30:00.000Z',
  wordCount: 96,
  email: true,
  revision: 'r1',
  bodyKey: 'bodies/r1.json',
  bodyLength: 100,
  html: paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join(''),
  text: paragraphs.join('\n\n'),
};

export const richEntry: FullEntry = {
  ...sampleEntry,
  id: 'urn:uuid:7b0a4a5e-54cb-5b5e-9f0a-2f0f5f1c9a02',
  slug: 'a-year-of-tides',
  title: 'A year of tides, counted by hand',
  summary: 'Every morning at seven a retired pilot reads the staff at the old mole and writes down what he sees.',
  authors: [
    { name: 'Ana Reis', slug: 'ana-reis' },
    { name: 'Bo Lind', slug: 'bo-lind' },
  ],
  topics: [{ name: 'Sea & weather', slug: 'sea-weather' }],
  html:
    '<p>Every morning at seven a retired pilot reads the staff at the <a href="https://mole.example/?a=1&amp;b=2">old mole</a> and writes down what he sees.</p>' +
    '<h2 id="seed-why">Why by hand</h2><p>Because the <em>instrument</em> was out for <strong>nine days</strong> in March, and <a href="#seed-why">he was not</a>.</p>' +
    '<blockquote><p>The sea does not mind who counts it.</p></blockquote>' +
    '<figure><img src="https://harbour-gazette.example/images/tide-staff.jpg" alt="A painted staff in green water" width="1600" height="900" /><figcaption>The staff at the old mole, in March.</figcaption></figure>' +
    '<h3>The numbers</h3><ul><li>705 readings</li><li>highest water: 3.91 m</li></ul><ol start="3"><li>third</li><li>fourth</li></ol>' +
    '<table><thead><tr><th scope="col">Month</th><th scope="col">High</th><th scope="col">Low</th></tr></thead><tbody><tr><td>March</td><td>3.91</td><td>0.44</td></tr><tr><td>April</td><td>3.72</td><td>0.51</td></tr></tbody></table>' +
    '<p>The formula is one line:</p><pre><code>range = max(readings) - min(readings)</code></pre><hr /><p>He uses <code>awk</code>.</p>',
  text: 'Every morning at seven a retired pilot reads the staff at the old mole and writes down what he sees.\n\nWhy by hand\n\nBecause the instrument was out for nine days in March, and he was not.\n\nThe sea does not mind who counts it.\n\nThe staff at the old mole, in March.\n\nThe numbers\n\n- 705 readings\n- highest water: 3.91 m\n\n3. third\n4. fourth\n\nMonth   High   Low\nMarch   3.91   0.44\nApril   3.72   0.51\n\nThe formula is one line:\n\nrange = max(readings) - min(readings)\n\n---\n\nHe uses awk.',
};

export const arabicEntry: FullEntry = {
  ...sampleEntry,
  id: 'urn:uuid:7b0a4a5e-54cb-5b5e-9f0a-2f0f5f1c9a03',
  slug: 'عودة-الصيادين-إلى-الميناء',
  title: 'عودة الصيادين إلى الميناء القديم',
  summary: 'بعد ثلاثة أشهر من الإغلاق عادت القوارب الصغيرة إلى الرصيف الشمالي مع أول ضوء.',
  language: 'ar',
  authors: [{ name: 'ليلى منصور', slug: 'ليلى-منصور' }],
  topics: [{ name: 'الميناء', slug: 'الميناء' }],
  dateline: { place: 'طنجة' },
  html: '<p>بعد ثلاثة أشهر من الإغلاق عادت القوارب الصغيرة إلى الرصيف الشمالي مع أول ضوء، وكان في استقبالها عدد من الأهالي.</p><h2>ما الذي تغير</h2><ul><li>رصيف جديد بطول أربعين متراً</li><li>سوق للسمك تفتح في السادسة صباحاً</li></ul><blockquote><p>البحر لا ينسى من يعرفه.</p></blockquote>',
  text: 'بعد ثلاثة أشهر من الإغلاق عادت القوارب الصغيرة إلى الرصيف الشمالي مع أول ضوء، وكان في استقبالها عدد من الأهالي.\n\nما الذي تغير\n\n- رصيف جديد بطول أربعين متراً\n- سوق للسمك تفتح في السادسة صباحاً\n\nالبحر لا ينسى من يعرفه.',
};

export const agencyEntry: FullEntry = {
  ...sampleEntry,
  id: 'urn:uuid:7b0a4a5e-54cb-5b5e-9f0a-2f0f5f1c9a04',
  slug: 'grain-ship-waits',
  title: 'Grain ship waits out the swell off the northern breakwater',
  summary: 'The bulk carrier Marisol has been at anchor since Saturday, two miles off the northern breakwater.',
  authors: [],
  source: 'Coast Wire',
  dateline: { place: 'Matosinhos', agency: 'Coast Wire' },
  topics: [],
  dateOnly: true,
  published: '2026-11-22T00:00:00.000Z',
  image: { url: 'https://harbour-gazette.example/images/marisol.jpg', alt: 'A grey ship at anchor' },
};

const repeatBody = (html: string, text: string, times: number) => ({
  html: html.repeat(times),
  text: Array.from({ length: times }, () => text).join('\n\n'),
});

export const longEntry: FullEntry = {
  ...sampleEntry,
  id: 'urn:uuid:7b0a4a5e-54cb-5b5e-9f0a-2f0f5f1c9a05',
  slug: 'the-pilots-almanac',
  title: 'The pilot’s almanac: forty winters of notes from the river mouth',
  summary:
    'Forty winters of notes, in forty school exercise books, tell how the river mouth moved: a long read in nine chapters.',
  authors: [{ name: 'Cy Moss', slug: 'cy-moss' }],
  topics: [{ name: 'Long reads', slug: 'long-reads' }],
  ...repeatBody(sampleEntry.html, sampleEntry.text, 250),
};

/** Links as the next digest has them. */
const links = {
  view: `${digestSite}/digest/daily.html`,
  unsubscribe: `${digestSite}/subscribe`,
  preferences: `${digestSite}/subscribe`,
};

/** A digest of one article; tests change what they are about. */
export const digestInput: DigestInput = {
  publication: digestPublication,
  site: digestSite,
  render,
  cadence: 'daily',
  entries: [sampleEntry],
  hasMore: false,
  links,
};

/** As many articles as are asked for, distinct by number. */
export const buildNumberedEntries = (count: number, base: FullEntry = sampleEntry): FullEntry[] =>
  Array.from({ length: count }, (_, position) => ({
    ...base,
    id: `urn:uuid:00000000-0000-5000-8000-${String(position).padStart(12, '0')}`,
    slug: `${base.slug}-${position}`,
    title: `${base.title}, part ${position}`,
  }));

/** With its body as mails have it, which is prepared when a seed is parsed. */
export const prepareTestEntry = (entry: FullEntry): FullEntry => {
  const mail = prepareMailBody(entry.html);
  return mail ? { ...entry, mail } : entry;
};

export const buildTestDigest = (input: DigestInput) =>
  buildDigest({ ...input, entries: input.entries.map(prepareTestEntry) });
