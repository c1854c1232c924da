import { describe, expect, test } from 'vitest';
import { parseDateline } from '../../../../functions/core/article/text/dateline.ts';
import { toDatelineDate } from '../../../../functions/core/article/text/dateline-date.ts';

describe('a dateline', () => {
  test.each([
    ['BAGHDAD, Dec 8 (Reuters) – Two rockets', 'Baghdad', 'Reuters', [12, 8]],
    ['BAGHDAD (Reuters) - Two rockets', 'Baghdad', 'Reuters', undefined],
    ['NEW YORK, Jan. 5, 2024 (AP) -- The', 'New York', 'AP', [1, 5, 2024]],
    ['WASHINGTON, D.C. (AP) — The', 'Washington, D.C.', 'AP', undefined],
    ['MOUNT PLEASANT, Mich. (AP) — The', 'Mount Pleasant, Mich.', 'AP', undefined],
    ['SAN JOSE, Calif., Jan. 7 — The', 'San Jose, Calif.', undefined, [1, 7]],
    ['ST. LOUIS (AP) — The', 'St. Louis', 'AP', undefined],
    ['RIO DE JANEIRO, 3 Mar (Reuters) - The', 'Rio de Janeiro', 'Reuters', [3, 3]],
    ['JERUSALEM/GAZA, Oct 7 (Reuters) - The', 'Jerusalem/Gaza', 'Reuters', [10, 7]],
    ['SINGAPORE, Nov 3 /PRNewswire/ -- The', 'Singapore', 'PRNewswire', [11, 3]],
    ['LONDON — The', 'London', undefined, undefined],
    ['Berlin (dpa) - Die Bahn', 'Berlin', 'dpa', undefined],
    ['Berlin/Hamburg (dpa/lno) - Die Bahn', 'Berlin/Hamburg', 'dpa/lno', undefined],
    ['BERLIN, 8. Dezember (Reuters) - Die Bahn', 'Berlin', 'Reuters', [12, 8]],
    ['PARIS, 8 décembre (Reuters) - Les', 'Paris', 'Reuters', [12, 8]],
    ['Madrid, 8 dic (EFE).- El', 'Madrid', 'EFE', [12, 8]],
    ['BRASÍLIA, 8 Dez (Reuters) - O', 'Brasília', 'Reuters', [12, 8]],
    ['ANKARA (AA) - Bir', 'Ankara', 'AA', undefined],
    ['МОСКВА, 8 декабря. /ТАСС/. Президент', 'Москва', 'ТАСС', [12, 8]],
    ['МОСКВА, 8 дек - Президент', 'Москва', undefined, [12, 8]],
    ['بغداد 8 ديسمبر (رويترز) - قال', 'بغداد', 'رويترز', [12, 8]],
  ])('%s', (lede, place, agency, numbers) => {
    const [month, day, year] = numbers ?? [];
    const expected = { place, agency, day: numbers && { month, day, ...(year ? { year } : {}) } };
    const { text, ...found } = parseDateline(lede) ?? { text: '' };
    expect({ agency: undefined, day: undefined, ...found }).toEqual(expected);
    expect(lede.startsWith(text)).toBe(true);
  });

  test.each([
    'The harbour was quiet — nobody spoke.',
    'Apple (AAPL) - shares fell',
    'EXCLUSIVE — The wall will be sold',
    'NASA — the agency — said',
    'WARNING: The wall is not safe',
    'I AM — that I am',
    'Anna Berg (42) - a painter - lives here',
    '“No,” she said – and left.',
    '',
  ])('is not found in: %s', (lede) => {
    expect(parseDateline(lede)).toBeUndefined();
  });
});

describe('the date of a dateline', () => {
  const file = { timeZone: 'UTC', uploadedAt: '2026-11-24T08:00:00Z' };

  test.each([
    ['English', { month: 12, day: 8 }, 'hit the embassy on Friday morning', '2023-12-08'],
    ['German', { month: 12, day: 8 }, 'teilte die Bahn am Freitag mit', '2023-12-08'],
    ['Russian', { month: 12, day: 8 }, 'сообщил в пятницу', '2023-12-08'],
    ['Polish', { month: 12, day: 6 }, 'poinformowano w środę', '2023-12-06'],
    ['Turkish', { month: 12, day: 4 }, 'pazartesi günü söyledi', '2023-12-04'],
    ['Arabic', { month: 12, day: 8 }, 'قال يوم الجمعة', '2023-12-08'],
    ['Japanese', { month: 12, day: 8 }, '８日金曜日に発表した', '2023-12-08'],
    ['a year that is written', { month: 1, day: 5, year: 2019 }, 'no weekday', '2019-01-05'],
  ])('takes its year from the weekday: %s', (_, day, lede, expected) => {
    expect(toDatelineDate(day, lede, file)).toEqual({ at: `${expected}T00:00:00.000Z`, dateOnly: true });
  });

  test('is midnight in the time zone of the publication', () => {
    const found = toDatelineDate({ month: 12, day: 8 }, 'on Friday', {
      ...file,
      timeZone: 'America/New_York',
    });
    expect(found?.at).toBe('2023-12-08T05:00:00.000Z');
  });

  test.each([
    [
      'of this week, whatever weekday the lede names',
      [11, 24],
      'will rule on Friday',
      '2026-11-27T12:00Z',
      '2026-11-24',
    ],
    [
      'of this week with two weekdays',
      [11, 25],
      'sank on Monday, it said on Wednesday',
      '2026-11-27T12:00Z',
      '2026-11-25',
    ],
    ['of this week without a weekday', [11, 26], 'found it last Saturday', '2026-11-27T12:00Z', '2026-11-26'],
    ['of the day of the upload', [11, 27], 'on Friday', '2026-11-27T00:00Z', '2026-11-27'],
    ['of last month', [10, 8], 'on Friday', '2026-11-27T12:00Z', '2026-10-08'],
    ['months before, on the weekday', [8, 20], 'on Wednesday', '2026-11-27T12:00Z', '2025-08-20'],
    ['months before, without a weekday', [8, 20], 'this morning', '2026-11-27T12:00Z', '2026-08-20'],
    ['before New Year', [12, 30], 'this morning', '2027-01-02T08:00Z', '2026-12-30'],
    ['after New Year, where it has begun', [1, 1], 'this morning', '2026-12-31T20:00Z', '2027-01-01'],
    ['of tomorrow, as it is already in the east', [12, 8], 'on Friday', '2023-12-07T12:00Z', '2023-12-08'],
    ['of tomorrow, about today', [12, 8], 'on Thursday', '2023-12-07T12:00Z', '2023-12-08'],
    ['of tomorrow, on another weekday of years ago', [12, 8], 'on Friday', '2026-12-07T12:00Z', '2023-12-08'],
    ['three days ahead: of years ago', [12, 8], 'on Friday', '2023-12-05T12:00Z', '2017-12-08'],
    ['a leap day of this week', [2, 29], 'this morning', '2028-03-02T12:00Z', '2028-02-29'],
    ['a leap day of tomorrow', [2, 29], 'this morning', '2028-02-28T22:00Z', '2028-02-29'],
    ['a leap day of years ago', [2, 29], 'on Thursday', '2026-11-27T12:00Z', '2024-02-29'],
  ])('is the nearest before the upload: %s', (_, [month = 0, day = 0], lede, uploadedAt, expected) => {
    const found = toDatelineDate({ month, day }, lede, { timeZone: 'UTC', uploadedAt });
    expect(found?.at.slice(0, 10)).toBe(expected);
  });

  test.each([
    [24, '2026-11-27T12:00Z', '2026-11-24'],
    [28, '2026-11-27T12:00Z', '2026-11-28'],
    [30, '2026-11-27T12:00Z', '2026-10-30'],
    [31, '2026-12-02T12:00Z', '2026-10-31'],
    [31, '2027-01-01T12:00Z', '2026-12-31'],
  ])('without a month is that day of the nearest month: %s, %s', (day, uploadedAt, expected) => {
    expect(toDatelineDate({ day }, '', { timeZone: 'UTC', uploadedAt })?.at.slice(0, 10)).toBe(expected);
  });

  test.each([
    ['no weekday is named', { month: 12, day: 8 }, 'this morning'],
    ['two weekdays are named', { month: 12, day: 8 }, 'on Friday, after talks on Thursday'],
    ['the weekday is that of another week', { month: 12, day: 8 }, 'as it said last Friday'],
    ['there is no such day', { month: 2, day: 30 }, 'on Friday'],
    ['the dateline has none', undefined, 'on Friday'],
  ])('is unknown where %s', (_, day, lede) => {
    expect(toDatelineDate(day, lede, file)).toBeUndefined();
  });
});
