import { describe, expect, test } from 'vitest';
import { readTextSeed, sampleParagraphs } from './text-seed.ts';

const body = sampleParagraphs.join('\n\n');

describe('a headline of several lines', () => {
  test.each([
    ['The harbour wall is to be mended\nafter eleven years', 'The harbour wall is to be mended after eleven years'],
    ['Harbour wall is mended after\nEleven years of waiting', 'Harbour wall is mended after Eleven years of waiting'],
    [
      'Harbour Wall of the Old Town\nMended After Eleven Years',
      'Harbour Wall of the Old Town Mended After Eleven Years',
    ],
    ['The wall is to be\nmended by the\nend of May', 'The wall is to be mended by the end of May'],
    ['港の新しいクレーン、来週到着\nへ作業員が準備', '港の新しいクレーン、来週到着へ作業員が準備'],
  ])('%j', (written, title) => {
    expect(readTextSeed(`${written}\n\n${body}`)).toMatchObject({ title, cut: [] });
  });

  test('in capitals is one', () => {
    expect(readTextSeed(`WALL IN HARBOUR\nOF ALDMOUTH\n\nShort text.`).title).toBe('WALL IN HARBOUR OF ALDMOUTH');
  });

  test.each([
    ['a by-line below it', 'Wall mended\nBy Anna Berg'],
    ['a date below it', 'Wall mended\n12 May 2023'],
    ['a standfirst below it', 'Wall mended\nEleven years it took.'],
    ['verse below it', 'The Way Home\nMore\nand more\nthe sea comes back'],
    ['a list below it', 'Bread\n- flour\n- water'],
  ])('ends above %s', (_, written) => {
    expect(readTextSeed(`${written}\n\n${body}`).title).toBe(written.split('\n')[0]);
  });
});

describe('a kicker', () => {
  test.each(['EXCLUSIVE', 'Opinion', 'Breaking:', '[Interview]', 'Eilmeldung', 'HARBOUR', '速報'])(
    'is cut: %s',
    (kicker) => {
      for (const gap of ['\n', '\n\n'])
        expect(readTextSeed(`${kicker}${gap}Wall of the harbour mended\n\n${body}`)).toMatchObject({
          title: 'Wall of the harbour mended',
          text: body,
          cut: [{ text: kicker, reason: 'kicker' }],
        });
    },
  );

  test.each([
    ['a title of a poem', 'SPRING\n\nThe flowers come back\nand so do you'],
    ['a headline and a by-line', `WALL MENDED\n\nBy Anna Berg\n\n${body}`],
    ['a headline and a sub-heading', `Wall mended\n\nHow it was done\n\n${body}`],
  ])('is not read from %s', (_, text) => {
    const article = readTextSeed(text);
    expect(article.cut).toEqual([]);
    expect(article.title.toLowerCase()).toBe(text.split('\n')[0]?.toLowerCase());
  });
});

describe('a headline in capitals', () => {
  const german =
    'Die Mauer im Hafen von Porto wird nun doch noch in diesem Jahr von der Stadt repariert, wie der Rat am Montag sagte. Die Arbeit der NATO ist damit nicht zu Ende, und das ist auch für die Schiffe im Hafen nicht gut, wie es aus dem Rat heißt.';

  test.each([
    ['HARBOUR WALL TO BE REPAIRED WITHIN A WEEK', body, 'Harbour Wall to Be Repaired Within a Week'],
    [
      'NATO: HARBOUR OF PORTO IS QUIET',
      `${body}\n\nThe harbour of Porto is quiet, NATO says.`,
      'NATO: Harbour of Porto Is Quiet',
    ],
    ['U.S. BOATS IN THE HARBOUR', body, 'U.S. Boats in the Harbour'],
    ['COUNCIL’S ANSWER EXPECTED', body, 'Council’s Answer Expected'],
    ['HAFEN VON PORTO WIRD REPARIERT', german, 'Hafen von Porto wird repariert'],
    ['ARBEIT DER NATO NICHT ZU ENDE', german, 'Arbeit der NATO nicht zu Ende'],
  ])('is written as in the text: %s', (headline, text, title) => {
    expect(readTextSeed(`${headline}\n\n${text}`).title).toBe(title);
  });

  test.each([
    ['a word that may be an abbreviation', 'XQZT BOATS IN THE HARBOUR', body],
    ['a word that the text does not have, in another language', 'HAFEN WIRD EROBERT', german],
    ['one word', 'HARBOUR', body],
    ['a short text, whose language is not known', 'THE HARBOUR IS QUIET', 'The harbour is quiet.'],
    ['mixed case', 'WALL in the HARBOUR', body],
  ])('stays as it is for %s', (_, headline, text) => {
    expect(readTextSeed(`${headline}\n\n${text}`).title).toBe(headline);
  });
});

describe('lines about the text below a headline', () => {
  const read = (lines: string) => readTextSeed(`Wall mended\n\n${lines}\n\n${body}`);

  test.each([
    '4 min read',
    'Reading time: 4 minutes',
    'Lesezeit: 4 Minuten',
    'Temps de lecture : 4 minutes',
    '阅读时间：3分钟',
    'Published 3 days ago',
    'Updated 2 hours ago',
    'Aktualisiert vor 3 Stunden',
    'hace 2 horas',
  ])('are cut: %s', (line) => {
    expect(read(line)).toMatchObject({ text: body, cut: [{ text: line, reason: 'date or reading time' }] });
  });

  test('give both dates', () => {
    const article = read('By Anna Berg\nStaff Writer\nPublished: 24 May 2024\nUpdated: 25 May 2024, 10:15\n4 min read');
    expect(article).toMatchObject({
      authors: ['Anna Berg'],
      printed: { at: '2024-05-24T00:00:00.000Z' },
      updated: { at: '2024-05-25T00:00:00.000Z' },
      text: body,
    });
    expect(article.cut[0]).toEqual({ text: 'Staff Writer', reason: 'job title' });
  });

  test.each([
    'By Anna Berg Staff Writer',
    'By Anna Berg, Staff Writer',
    'By ANNA BERG\nHarbour Correspondent',
    'By Anna Berg, AP Political Writer',
    'Von Anna Berg, Korrespondentin',
    'Por Anna Berg, corresponsal',
  ])('have a job title that is no part of the name: %s', (line) => {
    expect(read(line)).toMatchObject({ authors: ['Anna Berg'], text: body });
  });
});
