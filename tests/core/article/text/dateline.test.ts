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
    ['القاهرة – 24 نوفمبر – (أ ش أ) قال', 'القاهرة', 'أ ش أ', [11, 24]],
    ['دمشق، 24 تشرين الثاني (سانا) - قال', 'دمشق', 'سانا', [11, 24]],
    ['دبي في 24 نوفمبر / وام / قال', 'دبي', 'وام', [11, 24]],
    ['دمشق-سانا قال', 'دمشق', 'سانا', undefined],
    ['Oporto (Portugal), 25 nov (EFE).- Los', 'Oporto (Portugal)', 'EFE', [11, 25]],
    ['MADRID 25 Nov. (EUROPA PRESS) - El', 'Madrid', 'EUROPA PRESS', [11, 25]],
    ['BEIJING, Nov. 24 (Xinhua) -- The', 'Beijing', 'Xinhua', [11, 24]],
    ['MOSCOW, November 24. /TASS/. The', 'Moscow', 'TASS', [11, 24]],
    ['New Delhi, Nov 24 (PTI) The', 'New Delhi', 'PTI', [11, 24]],
    ['MUMBAI (PTI) The', 'Mumbai', 'PTI', undefined],
    ['New Delhi [India], November 24 (ANI): The', 'New Delhi [India]', 'ANI', [11, 24]],
    ['Berlin, 24.11.2026 (dpa) - Die', 'Berlin', 'dpa', [11, 24, 2026]],
    ['(ANSA) - ROMA, 24 NOV - Il', 'Roma', 'ANSA', [11, 24]],
    ['Roma, 24 nov. - (Adnkronos) - Il', 'Roma', 'Adnkronos', [11, 24]],
    ['Tokyo, Nov. 24 (Jiji Press)--The', 'Tokyo', 'Jiji Press', [11, 24]],
    ['Lisboa, 24 nov 2026 (Lusa) — O', 'Lisboa', 'Lusa', [11, 24, 2026]],
    ['(Reuters) - The', undefined, 'Reuters', undefined],
    ['(Geneva, November 24, 2026) – The', 'Geneva', undefined, [11, 24, 2026]],
    ['[Lisbon, 24 November 2026] The', 'Lisbon', undefined, [11, 24, 2026]],
    ['24 November 2026, LISBON – The', 'Lisbon', undefined, [11, 24, 2026]],
    ['Tehran, Nov 24, IRNA – The', 'Tehran', 'IRNA', [11, 24]],
    ['LISBON, Portugal--(BUSINESS WIRE)--The', 'Lisbon, Portugal', 'BUSINESS WIRE', undefined],
    ['Bern (sda) Die', 'Bern', 'sda', undefined],
    ['Budapest, 2026. november 24., kedd (MTI) - A', 'Budapest', 'MTI', [11, 24, 2026]],
    ['МОСКВА, 24 ноя — РИА Новости. Президент', 'Москва', 'РИА Новости', [11, 24]],
    ['Москва. 24 ноября. INTERFAX.RU - Президент', 'Москва', 'INTERFAX.RU', [11, 24]],
    ['24 ноября, Минск /Корр. БЕЛТА/. Президент', 'Минск', 'БЕЛТА', [11, 24]],
    ['मुंबई, 25 नवंबर (भाषा) बंदरगाह', 'मुंबई', 'भाषा', [11, 25]],
    ['नई दिल्ली, २५ नवम्बर (आईएएनएस)। बंदरगाह', 'नई दिल्ली', 'आईएएनएस', [11, 25]],
    ['กรุงเทพฯ, 24 พ.ย. (ซินหัว) -- ท่าเรือ', 'กรุงเทพฯ', 'ซินหัว', [11, 24]],
    ['กรุงเทพฯ 24 พฤศจิกายน 2569 - ท่าเรือ', 'กรุงเทพฯ', undefined, [11, 24, 2026]],
    ['中新网11月24日电 北码头', undefined, '中新网', [11, 24]],
    ['（中央社台北24日電）北碼頭', '台北', '中央社', [undefined, 24]],
    ['【東京共同】港湾局は', '東京', '共同', undefined],
    ['［東京　２４日　ロイター］ - 港湾局は', '東京', 'ロイター', [undefined, 24]],
    ['【11月24日 AFP】港湾局は', undefined, 'AFP', [11, 24]],
    ['(부산=연합뉴스) 정부가', '부산', '연합뉴스', undefined],
  ])('%s', (lede, place, agency, numbers) => {
    const [month, day, year] = numbers ?? [];
    const expected = { place, agency, day: numbers && { month, day, year } };
    const { text, ...found } = parseDateline(lede) ?? { text: '' };
    expect({ agency: undefined, day: undefined, ...found }).toEqual(expected);
    expect(lede.startsWith(text)).toBe(true);
  });

  test.each([
    ['新华社波尔图11月25日电（记者李明）北码头', '波尔图', ['李明']],
    ['新华社北京11月24日电 （记者 李明、王芳）北码头', '北京', ['李明', '王芳']],
    ['中新社北京11月24日电 (记者 李明)北码头', '北京', ['李明']],
    ['本报讯（记者 李明 通讯员 王芳）北码头', undefined, ['李明', '王芳']],
    ['本报北京11月24日讯 记者李明报道：北码头', '北京', ['李明']],
    ['（中央社記者王小明台北24日電）北碼頭', '台北', ['王小明']],
    ['【北京＝山田太郎】港湾局は', '北京', ['山田太郎']],
    ['(서울·도쿄=연합뉴스) 홍길동 김철수 특파원 = 정부가', '서울·도쿄', ['홍길동', '김철수']],
  ])('has its reporters: %s', (lede, place, reporters) => {
    expect(parseDateline(lede)).toMatchObject({ ...(place && { place }), reporters });
  });

  test.each([
    'The harbour was quiet — nobody spoke.',
    'President Biden (AP) The wall will be sold',
    'BREAKING (AP) — Two rockets',
    '【速報】港湾局は昨日',
    '（注）港湾局は昨日',
    '(Photo) - The wall will be sold',
    '24 November 2026',
    'BAGHDAD, Dec 8 (Reuters) –',
    'Anna Berg (AFP) is a reporter',
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
