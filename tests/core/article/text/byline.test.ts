import { describe, expect, test } from 'vitest';
import { parseByline } from '../../../../functions/core/article/text/byline.ts';
import { readTextSeed, sampleParagraphs } from './text-seed.ts';

const body = sampleParagraphs.join('\n\n');
const toDay = (date: string) => ({ at: `${date}T00:00:00.000Z`, dateOnly: true });

describe('a line under the headline', () => {
  test.each([
    ['By Sarah Berg — November 18, 2023  6 min read', ['Sarah Berg'], '2023-11-18'],
    ['By TAMEKA KEE, Friday, Dec 28, 2007 9:00 AM ET', ['Tameka Kee'], '2007-12-28'],
    ['Anna Berg | 9 Jan 2008, 10:15', ['Anna Berg'], '2008-01-09'],
    ['Posted on July 1, 2023 by annaberg', ['annaberg'], '2023-07-01'],
    ['by Amanda · Dec 20, 2022 at 3:00 am · One comment so far', ['Amanda'], '2022-12-20'],
    ['By ANNA BERG, Associated Press Writer Sat Dec 29, 10:10 AM ET', ['Anna Berg'], undefined],
    ['By Max Lund, Anna Berg and Lu Xun, May 8, 2023', ['Max Lund', 'Anna Berg', 'Lu Xun'], '2023-05-08'],
    ['by Jeffrey BergNovember 20, 2007', ['Jeffrey Berg'], '2007-11-20'],
    ['Published: January 10 2008 02:00 | Last updated: January 11 2008 02:00', [], '2008-01-10'],
    ['Last Updated: 2:55am GMT 29/12/2007', [], '2007-12-29'],
    ['Sat, 29 Dec 15:58:00 2007', [], '2007-12-29'],
    ['2008-01-12 11:31:01 -', [], '2008-01-12'],
    ['Mar 27, 20235 mins', [], '2023-03-27'],
    ['Veröffentlicht am 8. Dezember 2023 um 10:15 Uhr', [], '2023-12-08'],
    ['Von Anna Berg, 8. Dezember 2023', ['Anna Berg'], '2023-12-08'],
    ['Publié le 8 décembre 2023 à 10h15', [], '2023-12-08'],
    ['8 de diciembre de 2023', [], '2023-12-08'],
    ['8 декабря 2023, 10:15', [], '2023-12-08'],
    ['2023年12月8日', [], '2023-12-08'],
    ['2023년 12월 8일', [], '2023-12-08'],
  ])('%s', (line, authors, date) => {
    const article = readTextSeed(`Harbour wall to be mended\n\n${line}\n\n${body}`);
    expect([article.authors, article.printed]).toEqual([authors, date && toDay(date)]);
    expect(article.text).toBe(body);
  });

  test('is read together with the line that continues it', () => {
    const article = readTextSeed(`Wall mended\n\nBy\nAnna Berg\n8 December 2023\n\n${body}`);
    expect(article).toMatchObject({ authors: ['Anna Berg'], printed: toDay('2023-12-08'), text: body });
  });

  test('gives a name where a date is next to it', () => {
    const article = readTextSeed(`Wall mended\n\nAnna Berg\n8 December 2023\n\n${body}`);
    expect(article).toMatchObject({ authors: ['Anna Berg'], text: body });
  });

  test.each(['Harbour Master', 'Lighthouse Museum', 'Friday Philosophy', 'Press Agency'])(
    'gives no name whose words are common words or an institution: %s',
    (name) => {
      expect(readTextSeed(`Wall mended\n\n${name}\n8 December 2023\n\n${body}`).authors).toEqual([]);
    },
  );

  test.each(['8.12.2023', '08/12/2023'])('%s is a date only in languages that put the day first', (line) => {
    const german = Array(4).fill('Die Mauer wird nun doch noch in diesem Jahr von der Stadt repariert.').join('\n\n');
    expect(readTextSeed(`Hafenmauer wird repariert\n\n${line}\n\n${german}`).printed).toEqual(toDay('2023-12-08'));
    expect(readTextSeed(`Wall mended\n\n${line}\n\n${body}`).printed).toBeUndefined();
  });

  test('gives no date in the future, and none that does not exist', () => {
    expect(readTextSeed(`Wall mended\n\n8 December 2031\n\n${body}`).printed).toBeUndefined();
    expect(readTextSeed(`Wall mended\n\n31 February 2023\n\n${body}`).printed).toBeUndefined();
  });
});

test('the first date of a diary stays in it', () => {
  const diary = `12 May 2023\n\n${sampleParagraphs[0]}\n\n13 May 2023\n\n${sampleParagraphs[1]}`;
  expect(readTextSeed(`Under sail\n\n${diary}`).text).toBe(diary);
});

test('the day of a dateline takes precedence over one near the headline', () => {
  const article = readTextSeed(`Wall mended\n\n9 December 2023\n\nOSLO, Dec. 8, 2023 (NTB) – ${sampleParagraphs[0]}`);
  expect([article.dateline?.date, article.printed]).toEqual([toDay('2023-12-08'), undefined]);
});

test.each(['The wall was mended on Friday.', 'A review of the year', 'Chapter 8, 2023 words', 'May 2023'])(
  'nothing is read from: %s',
  (line) => {
    expect(parseByline(line, () => true)).toBeUndefined();
  },
);
