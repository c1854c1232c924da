import { describe, expect, test } from 'vitest';
import { SeedRejected } from '../../../../functions/core/article.ts';
import { readTextSeed, sampleParagraphs } from './text-seed.ts';

const story = sampleParagraphs.slice(0, 2).join('\n\n');
const read = (text: string) => readTextSeed(text, { uploadedAt: '2026-11-27T12:00:00Z' });
const cutOf = (text: string) => read(text).cut.map(({ text: line, reason }) => `${reason}: ${line}`);

describe('a press release', () => {
  test.each([
    ['FOR IMMEDIATE RELEASE', ['press mark: FOR IMMEDIATE RELEASE']],
    ['PRESSEMITTEILUNG Nr. 12/2026', ['press mark: PRESSEMITTEILUNG Nr. 12/2026']],
    ['Communiqué de presse', ['press mark: Communiqué de presse']],
    ['Comunicado de imprensa', ['press mark: Comunicado de imprensa']],
    ['Пресс-релиз', ['press mark: Пресс-релиз']],
    ['Harbour Trust\nPress release', ['letterhead: Harbour Trust', 'press mark: Press release']],
    ['FOR IMMEDIATE RELEASE\n\n25 November 2026', ['press mark: FOR IMMEDIATE RELEASE', 'date: 25 November 2026']],
    ['Communiqué\n\nPorto, le 25 novembre 2026', ['press mark: Communiqué', 'date: Porto, le 25 novembre 2026']],
    [
      'Press release\n\nContact:\nInes Prata\n+351 555 0100',
      [
        'press mark: Press release',
        ...['Contact:', 'Ines Prata', '+351 555 0100'].map((row) => `contact details: ${row}`),
      ],
    ],
    [
      'Press release\n\nContact:\n\nInes Prata\npress@trust.example',
      [
        'press mark: Press release',
        ...['Contact:', 'Ines Prata', 'press@trust.example'].map((row) => `contact details: ${row}`),
      ],
    ],
    ['EMBARGOED UNTIL 00:01 GMT, 20 November 2026', ['embargo: EMBARGOED UNTIL 00:01 GMT, 20 November 2026']],
  ])('has the headline below its marks: %j', (above, cut) => {
    const article = read(`${above}\n\nWall mended\n\n${story}`);
    expect(article).toMatchObject({ title: 'Wall mended', text: story });
    expect(article.published).toBeUndefined();
    expect(cutOf(`${above}\n\nWall mended\n\n${story}`)).toEqual(cut);
  });

  test.each([
    ['###', ['end mark: ###']],
    [
      '-ends-\n\nMedia contact: Ines Prata, +351 555 0100',
      ['end mark: -ends-', 'contact details: Media contact: Ines Prata, +351 555 0100'],
    ],
    [
      'Pressekontakt:\nInes Prata\npresse@hafen.example',
      ['Pressekontakt:', 'Ines Prata', 'presse@hafen.example'].map((row) => `contact details: ${row}`),
    ],
    [
      'For more information, please contact:\n\nInes Prata\npress@trust.example',
      ['For more information, please contact:', 'Ines Prata', 'press@trust.example'].map(
        (row) => `contact details: ${row}`,
      ),
    ],
  ])('loses contact details and end marks below its text: %j', (below, cut) => {
    const text = `FOR IMMEDIATE RELEASE\n\nWall mended\n\n${story}\n\n${below}`;
    expect(read(text).text).toBe(story);
    expect(cutOf(text)).toEqual(['press mark: FOR IMMEDIATE RELEASE', ...cut]);
  });

  test('keeps what it says of its sender, below a heading', () => {
    const about = 'About the trust\nThe trust keeps eleven quays.';
    expect(read(`Press release\n\nWall mended\n\n${story}\n\n${about}\n\n###`).html).toMatch(
      /<h2>About the trust<\/h2>\n<p>The trust keeps eleven quays.<\/p>$/,
    );
  });

  test('may have its mark below the headline, and its date above', () => {
    expect(read(`Wall mended\n\nFOR IMMEDIATE RELEASE\n\n${story}`)).toMatchObject({
      title: 'Wall mended',
      text: story,
    });
    expect(read(`Press release\n\n25 November 2026\n\nWall mended\n\n${story}`).printed).toEqual({
      at: '2026-11-25T00:00:00.000Z',
      dateOnly: true,
    });
  });
});

describe('an embargo', () => {
  test.each([
    ['EMBARGOED UNTIL 00:01 GMT, 1 December 2026', '2026-12-01T00:01'],
    ['Embargoed until Tuesday, December 1, 2026, 9 a.m. ET', '2026-12-01T14:00'],
    ['STRICTLY EMBARGOED until 0001 GMT 1 December', '2026-12-01T00:01'],
    ['Embargo: 1 December 2026', '2026-12-01T00:00'],
    ['Embargoed until noon on 2 January', '2027-01-02T12:00'],
    ['EMBARGOED UNTIL\nDecember 1, 2026, 6pm PST', '2026-12-02T02:00'],
    ['NOT FOR PUBLICATION BEFORE 18:30 CET, 1 December 2026', '2026-12-01T17:30'],
    ['FOR RELEASE: December 1, 2026, 10:00 a.m.', '2026-12-01T10:00'],
    ['Sperrfrist: 1. Dezember 2026, 9 Uhr', '2026-12-01T09:00'],
    ['Sous embargo jusqu’au 1er décembre 2026, 9h30', '2026-12-01T09:30'],
    ['Embargo hasta el 1 de diciembre de 2026, 09:00', '2026-12-01T09:00'],
  ])('holds the article back: %s', (line, time) => {
    const { published, warnings, title, cut } = read(`${line}\n\nWall mended\n\n${story}`);
    expect(published).toEqual({ at: `${time}:00.000Z`, dateOnly: false });
    expect(warnings[0]?.message).toContain('under embargo');
    expect(title).toBe('Wall mended');
    expect(cut.every(({ reason }) => reason === 'embargo')).toBe(true);
  });

  test('is read in the subject of a mail', () => {
    const mail =
      'From: Ines Prata <i@p.example>\nTo: d@p.example\nSubject: EMBARGOED UNTIL 1 December 2026, 9am: Wall mended';
    expect(read(`${mail}\n\n${story}`).published?.at).toBe('2026-12-01T09:00:00.000Z');
  });

  test.each(['Embargoed until the minister has spoken', 'EMBARGO', 'Embargoed until 1 December 2026 at 25:00'])(
    'whose end is not certain is refused: %s',
    (line) => {
      expect(() => read(`Press release\n${line}\n\nWall mended\n\n${story}`)).toThrow(SeedRejected);
      expect(() => read(`Press release\n${line}\n\nWall mended\n\n${story}`)).toThrow(
        /There is an embargo.*Write it as/,
      );
    },
  );

  test.each([
    'Embargo on grain is lifted after eleven years',
    'Embargo: a history of the harbour',
    'Press freedom in the harbour',
    'For release of the boats, a bell is rung',
    'Contact between ships is lost',
  ])('is not read from a headline: %s', (headline) => {
    expect(read(`${headline}\n\n${story}`)).toMatchObject({ title: headline, text: story, cut: [] });
  });
});

test('a release with “Sperrfrist: keine” is under no embargo, and marks of sheets are cut', () => {
  const article = readTextSeed(
    'PRESSEMITTEILUNG\n\nSperrfrist: keine\n\nNeue Fähre für Hamburg\n\nDie Reederei nimmt eine neue Fähre in Betrieb.\n\n– mehr –\n\nSie fährt ab Dezember täglich.\n',
  );
  expect(article).toMatchObject({ title: 'Neue Fähre für Hamburg', warnings: [] });
  expect(article.text).toBe('Die Reederei nimmt eine neue Fähre in Betrieb.\n\nSie fährt ab Dezember täglich.');
});

test('an Arabic release has the headline below its marks', () => {
  const article = readTextSeed(
    'بيان صحفي\nللنشر الفوري\n\nعبّارة جديدة في دبي\n\nأعلنت شركة الشمال عن تشغيل عبّارة جديدة من الميناء إلى الجزيرة.\n',
  );
  expect(article.title).toBe('عبّارة جديدة في دبي');
});

test.each(['Nantes, le 20 novembre 2026 –', 'Hamburg, den 20. November 2026 –'])('%s is a dateline', (dateline) => {
  const article = readTextSeed(`The new ferry\n\n${dateline} La compagnie met en service un nouveau bac.\n`);
  expect(article.dateline?.date?.at).toBe('2026-11-20T00:00:00.000Z');
});
