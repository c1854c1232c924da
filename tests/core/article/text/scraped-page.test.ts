import { describe, expect, test } from 'vitest';
import { readTextSeed, sampleParagraphs } from './text-seed.ts';

const page = (before: readonly string[], within: readonly string[], after: readonly string[]) =>
  [
    ...before,
    sampleParagraphs[0],
    sampleParagraphs[1],
    ...within,
    sampleParagraphs[2],
    sampleParagraphs[3],
    ...after,
  ].join('\n\n');

describe('a scraped page', () => {
  test.each([
    [
      'English',
      'Harbour wall of Aldmouth to be mended at last',
      ['Skip to content', 'Home\nNews\nSport\nWeather\nLog in\nSubscribe'],
      ['Advertisement', 'See also: Ferry runs aground in fog'],
      [
        'Share this article',
        'Facebook\nTwitter\nEmail',
        'Related articles',
        'Ferry runs aground\nFish prices rise',
        'Leave a comment',
        'Your email address will not be published.',
        '© 2024 Aldmouth Gazette. All rights reserved.',
        'Privacy policy',
      ],
    ],
    [
      'German',
      'Hafenmauer von Aldmouth wird endlich repariert',
      ['Zum Inhalt springen', 'Startseite\nSuche\nAnmelden\nAbonnieren'],
      ['Anzeige', 'Lesen Sie auch: Fähre läuft auf Grund'],
      [
        'Auf Facebook teilen',
        'Drucken',
        'Mehr zum Thema',
        'Fähre läuft auf Grund',
        'Kommentare',
        'Kommentar schreiben',
        'Datenschutz\nImpressum\nKontakt',
        'Alle Rechte vorbehalten',
      ],
    ],
    [
      'French',
      'La jetée d’Aldmouth sera enfin réparée',
      ['Aller au contenu', 'Accueil\nRechercher\nSe connecter\nS’abonner'],
      ['Publicité', 'Lire aussi : Un ferry s’échoue'],
      [
        'Partager',
        'Imprimer',
        'Sur le même sujet',
        'Un ferry s’échoue',
        'Laisser un commentaire',
        'Mentions légales',
        'Tous droits réservés',
      ],
    ],
    [
      'Russian',
      'Стену гавани наконец починят',
      ['Главная\nПоиск\nВойти\nПодписаться'],
      ['Реклама', 'Читайте также: Паром сел на мель'],
      [
        'Поделиться',
        'Материалы по теме',
        'Паром сел на мель',
        'Оставить комментарий',
        'Все права защищены',
        'Контакты',
      ],
    ],
  ])('keeps only its story: %s', (_, headline, before, within, after) => {
    const article = readTextSeed(page([...before, headline], within, after));
    expect(article.title).toBe(headline);
    expect(article.text).toBe(sampleParagraphs.join('\n\n'));
    expect(article.cut.map(({ text }) => text)).toEqual(
      [...before, ...within, ...after].flatMap((text) => text.split('\n')),
    );
  });

  test('keeps a heading that has the words of its story, and drops one that has others', () => {
    const heading = 'The harbour wall and the lighthouse';
    const article = readTextSeed(
      page(['Home\nNews\nLog in', 'Harbour wall to be mended'], [heading], ['Related articles', 'Fish prices rise']),
    );
    expect(article.text).toContain(heading);
    expect(article.text).not.toContain('Fish prices rise');
  });

  test('has the authors of its byline', () => {
    const text = page(
      ['Home\nNews\nLog in', 'Harbour wall to be mended', 'By Anna Berg'],
      [],
      ['Leave a reply', 'Related posts'],
    );
    expect(readTextSeed(text)).toMatchObject({ title: 'Harbour wall to be mended', authors: ['Anna Berg'] });
  });

  test('ends its story where readers’ comments begin', () => {
    const comments = [
      '3 Comments on “Harbour wall”',
      'Max',
      sampleParagraphs[1].replace('quay', 'pier'),
      'Eva',
      sampleParagraphs[0].replace('boats', 'ships'),
    ];
    const article = readTextSeed(page(['Harbour wall to be mended', 'Share this article'], [], comments));
    expect(article.text).toBe(sampleParagraphs.join('\n\n'));
  });

  test('has its first sentence as title where its headline is missing', () => {
    const article = readTextSeed(
      page([], ['Advertisement'], ['Share this article', 'Leave a comment']).replace(
        /^/,
        `${sampleParagraphs.join(' ')}\n\n`,
      ),
    );
    expect(article.title).toBe(sampleParagraphs[0]);
    expect(article.text.startsWith(sampleParagraphs[0])).toBe(true);
  });
});

test('a long text without a headline has its first sentence as title, and keeps it', () => {
  const article = readTextSeed([sampleParagraphs.join(' '), ...sampleParagraphs].join('\n\n'));
  expect(article.title).toBe(sampleParagraphs[0]);
  expect(article.text).toBe([sampleParagraphs.join(' '), ...sampleParagraphs].join('\n\n'));
});

describe('an author’s own text loses nothing', () => {
  test.each([
    ['a poem', 'The Way Home\n\nMore\nand more\nthe sea comes back.\n\nSearch\nfor what?\n\nHome.\n'],
    ['a note', 'Office closed on Friday\n\nThe office is closed on Friday. Contact us by email.'],
    [
      'a paragraph that asks readers to share it',
      `A plea\n\nShare this with a friend, if you have one, and leave a reply on my door. ${sampleParagraphs[0]}\n\n${sampleParagraphs[1]}`,
    ],
    [
      'dates and addresses',
      'Summer concerts\n\n12 May 2024: Choir\n19 May 2024: Organ\n26 May 2024: Brass\nhttps://concerts.example/tickets\ninfo@concerts.example\n',
    ],
    ['a recipe', 'Bread\n\nIngredients\n\n- flour\n- water\n- salt\n\nMethod\n\n1. Mix.\n2. Wait.\n3. Bake.\n'],
    ['headings that pages have too', `A year of walking\n\nAbout\n\n${sampleParagraphs[0]}\n\n${sampleParagraphs[1]}`],
    [
      'a letter in quotation marks',
      `A letter\n\n> Dear Anna,\n> thank you for the boat.\n> Yours, Max\n\n${sampleParagraphs[0]}`,
    ],
    ['one paragraph', `Wall mended\n\n${sampleParagraphs[0]}`],
    ['Japanese', '港の壁を修理\n\n港の壁がようやく修理されることになった。\n\n共有地の漁師たちは喜んでいる。'],
    [
      'Arabic',
      'إصلاح جدار الميناء\n\nقال رئيس الميناء إن الجدار سيُصلح أخيراً بعد أحد عشر عاماً.\n\nالمزيد من السفن تعود كل يوم.',
    ],
  ])('%s', (_, text) => {
    const article = readTextSeed(text);
    expect(article.cut).toEqual([]);
    const words = (written: string) => written.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    expect(words(`${article.title} ${article.text}`)).toEqual(words(text));
  });
});
