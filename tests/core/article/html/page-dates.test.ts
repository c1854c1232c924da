import { describe, expect, test } from 'vitest';
import { readHtmlSeed } from './html-seed.ts';

const prose =
  'The harbour reopened on Monday after three days of storm, and the first ferry left with every seat taken.';

const readPage = (language: string, lines: string, head = '') =>
  readHtmlSeed(
    `<!doctype html><html lang="${language}"><head><title>Harbour open again</title>${head}</head><body><main><h1>Harbour open again</h1>${lines}<p>${prose}</p><p>${prose}</p></main></body></html>`,
  );

describe('a date line below the headline is read in the language of the page, and is no text', () => {
  test.each([
    ['de', 'Veröffentlicht am 8. April 2026 um 10:30 Uhr', '2026-04-08T09:30'],
    ['fr', 'Publié le 8 avril 2026 à 10h30', '2026-04-08T09:30'],
    ['fr', 'Mis à jour le 08/04/2026', '2026-04-07T23:00'],
    ['es', '8 de abril de 2026 a las 10:30', '2026-04-08T09:30'],
    ['pt-BR', '08/04/2026 10h30', '2026-04-08T09:30'],
    ['it', 'Pubblicato il 8 Aprile 2026 alle 10:30', '2026-04-08T09:30'],
    ['nl', 'Geplaatst op woensdag 8 april 2026 om 10:30', '2026-04-08T09:30'],
    ['nb', 'Publisert 08.04.2026 kl. 10:30', '2026-04-08T09:30'],
    ['fi', '8. huhtikuuta 2026 klo 10.30', '2026-04-08T09:30'],
    ['pl', '8 kwietnia 2026, 10:30', '2026-04-08T09:30'],
    ['cs', '8. dubna 2026', '2026-04-07T23:00'],
    ['hu', '2026. április 8. 10:30', '2026-04-08T09:30'],
    ['ru', 'Опубликовано 8 апреля 2026, 10:30', '2026-04-08T09:30'],
    ['uk', '8 квітня 2026', '2026-04-07T23:00'],
    ['bg', '8 април 2026', '2026-04-07T23:00'],
    ['lt', '2026 m. balandžio 8 d.', '2026-04-07T23:00'],
    ['lv', '2026. gada 8. aprīlis', '2026-04-07T23:00'],
    ['el', 'Τετάρτη 8 Απριλίου 2026', '2026-04-07T23:00'],
    ['tr', '8 Nisan 2026 Çarşamba', '2026-04-07T23:00'],
    ['id', 'Rabu, 8 April 2026 pukul 10.30 WIB', '2026-04-08T09:30'],
    ['vi', 'Thứ tư, 8 tháng 4, 2026', '2026-04-07T23:00'],
    ['th', 'เผยแพร่ 8 เม.ย. 2569 10:30', '2026-04-08T09:30'],
    ['ar', 'نُشر في ٨ أبريل ٢٠٢٦', '2026-04-07T23:00'],
    ['fa', 'چهارشنبه ۱۹ فروردین ۱۴۰۵', '2026-04-07T23:00'],
    ['fa', '۱۴۰۵/۰۱/۱۹ - ۱۰:۳۰', '2026-04-08T09:30'],
    ['he', 'פורסם: 8 באפריל 2026', '2026-04-07T23:00'],
    ['hi', '8 अप्रैल 2026', '2026-04-07T23:00'],
    ['zh', '发布时间：2026年4月8日 10:30', '2026-04-08T09:30'],
    ['zh-TW', '民國115年4月8日', '2026-04-07T23:00'],
    ['ja', '令和8年4月8日', '2026-04-07T23:00'],
    ['ja', '2026/04/08 10:30', '2026-04-08T09:30'],
    ['ko', '입력 2026.04.08. 오후 10:30 수정 2026.04.09. 오전 9:12', '2026-04-08T21:30'],
    ['en-US', 'Posted 04/08/2026', '2026-04-07T23:00'],
    ['en-GB', 'Posted 08/04/2026', '2026-04-07T23:00'],
  ])('%s: %s', (language, line, at) => {
    const article = readPage(language, `<p>${line}</p>`);
    expect(article.published?.at).toBe(`${at}:00.000Z`);
    expect(article.text).toBe(`${prose}\n\n${prose}`);
    expect(article.summary).toBe(prose);
    expect(article.cut).toEqual([{ text: line, reason: 'date line' }]);
  });

  test('a name of a month that two languages share is that of the page', () => {
    expect(readPage('pl', '<p>8 listopada 2025</p>').published?.at).toBe('2025-11-08T00:00:00.000Z');
    expect(readPage('hr', '<p>8. listopada 2025.</p>').published?.at).toBe('2025-10-07T23:00:00.000Z');
  });

  test('in English, 05/10/2025 has a date only where the country is known', () => {
    const canonical = '<link rel="canonical" href="https://quay.example.co.uk/a">';
    expect(readPage('en', '<p>05/10/2025</p>').published).toBeUndefined();
    expect(readPage('en', '<p>05/10/2025</p>', canonical).published?.at).toBe('2025-10-04T23:00:00.000Z');
    expect(readPage('en-US', '<p>05/10/2025</p>').published?.at).toBe('2025-05-09T23:00:00.000Z');
  });

  test('publication and update in one line', () => {
    const article = readPage('fr', '<p>Publié le 8 avril 2026 à 10h30 - Mis à jour le 9 avril 2026 à 12h40</p>');
    expect(article.published?.at).toBe('2026-04-08T09:30:00.000Z');
    expect(article.updated?.at).toBe('2026-04-09T11:40:00.000Z');
  });
});

describe('a by-line is no text', () => {
  test.each([
    ['fr', 'Par Inès Prata, à Porto', ['Inès Prata']],
    ['de', 'Von Anna Berg, Hamburg', ['Anna Berg']],
    ['es', 'Por Inés Prata y Bo Lind', ['Inés Prata', 'Bo Lind']],
    ['en', 'By Ann Lee | April 8, 2026 | 5 min read', ['Ann Lee']],
    ['ru', 'Автор: Иван Петров', ['Иван Петров']],
  ])('%s: %s', (language, line, authors) => {
    const article = readPage(language, `<p>${line}</p>`);
    expect(article.authors).toEqual(authors);
    expect(article.text).toBe(`${prose}\n\n${prose}`);
    expect(article.cut).toEqual([{ text: line, reason: 'by-line' }]);
  });
});

test('a date within the story is no date of it', () => {
  const article = readPage('en', '', '').published;
  const anniversary = readHtmlSeed(
    `<h1>Harbour open again</h1><p>The first ferry sailed on 5 May 1990, when the harbour was still small and had one lamp.</p><p>${prose}</p>`,
  );
  expect([article, anniversary.published]).toEqual([undefined, undefined]);
  expect(anniversary.text).toContain('5 May 1990');
});

test.each([
  [
    'an embedded post',
    '<blockquote class="twitter-tweet"><p>Storm!</p>— Ann (@ann) <a href="#">March 5, 2019</a></blockquote>',
  ],
  [
    'a comment',
    '<section class="comments"><div class="comment"><time datetime="2019-03-05">5 March 2019</time><p>Nice</p></div></section>',
  ],
  [
    'a related story',
    '<div class="related"><a href="/old">Old storm</a><time datetime="2019-03-05">5 March 2019</time></div>',
  ],
  ['a card', '<article class="card"><h3>Old storm</h3><time datetime="2019-03-05">5 March 2019</time></article>'],
])('the date of %s is not that of the article', (_, html) => {
  const page = `<html lang="en"><title>Harbour open again</title><body><article><h1>Harbour open again</h1><p>${prose}</p><p>${prose}</p><p>${prose}</p>${html}</article></body></html>`;
  expect(readHtmlSeed(page).published).toBeUndefined();
});

describe('of the dates that a page declares and shows', () => {
  const declare = (at: string) => `<meta property="article:published_time" content="${at}">`;

  test.each([
    ['the day shown, where it is earlier', '2026-03-20T09:00:00Z', 'March 5, 2026', '2026-03-05T00:00:00.000Z'],
    [
      'the time declared, where it may be that day',
      '2026-03-06T07:30:00Z',
      'March 5, 2026',
      '2026-03-06T07:30:00.000Z',
    ],
    ['the time declared, where it is earlier', '2026-03-05T09:00:00Z', 'March 20, 2026', '2026-03-05T09:00:00.000Z'],
    [
      'the time declared, beside an update',
      '2026-03-20T09:00:00Z',
      'Updated March 5, 2026',
      '2026-03-20T09:00:00.000Z',
    ],
  ])('%s', (_, declared, line, at) => {
    expect(readPage('en', `<p>${line}</p>`, declare(declared)).published?.at).toBe(at);
  });

  test('names of tags are told by their words', () => {
    const read = (name: string) => readPage('en', '', `<meta name="${name}" content="2026-03-05">`).published?.at;
    for (const name of ['published', 'published-date', 'og:publish_date', 'date-pub', 'citation_online_date'])
      expect([name, read(name)]).toEqual([name, '2026-03-05T00:00:00.000Z']);
    for (const name of ['last_published', 'article:publisher', 'modified-date', 'expiry-date', 'update'])
      expect([name, read(name)]).toEqual([name, undefined]);
  });
});

const readStory = (above: string, below: string) =>
  readHtmlSeed(
    `<!doctype html><html lang="en"><title>Harbour open again</title><body><nav><a href="/">Home</a></nav><main>${above}${`<p>${prose}</p>`.repeat(4)}</main>${below}</body></html>`,
  ).published?.at;

test('an <aside> next to the headline has the date of the article, one further down has not', () => {
  const aside = '<aside><p>March 5, 2026</p></aside>';
  expect(readStory(`<h1>Harbour open again</h1>${aside}`, '')).toBe('2026-03-05T00:00:00.000Z');
  expect(readStory(`${aside}<h1>Harbour open again</h1>`, '')).toBe('2026-03-05T00:00:00.000Z');
  expect(
    readStory('<h1>Harbour open again</h1>', `<p>Tides are in the table on the quay.</p>${aside}`),
  ).toBeUndefined();
});

test('the only date below a story is its own, several are those of others', () => {
  const headline = '<h1>Harbour open again</h1>';
  expect(readStory(headline, '<div><p>Ann Lee</p><p>March 5, 2026</p></div>')).toBe('2026-03-05T00:00:00.000Z');
  const list = ['March 5, 2026', 'March 4, 2026'].map((day) => `<li><a href="/storm">Old storm</a><p>${day}</p></li>`);
  expect(readStory(headline, `<h2>More stories</h2><ul>${list.join('')}</ul>`)).toBeUndefined();
});
