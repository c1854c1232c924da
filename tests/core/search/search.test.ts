import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findDocuments, readDocuments, type SearchIndex } from '../../../functions/browser/find-articles.ts';
import { readHeadLength, readIndexHead } from '../../../functions/core/search/index-head.ts';
import { decodeSearchIndex, encodeSearchIndex, type SearchPart } from '../../../functions/core/search/search-index.ts';
import { listIndexedWords, listQueryWords } from '../../../functions/core/search/search-words.ts';

const maxWords = 1_000;

const buildPart = (name: string, texts: readonly string[], language: string): SearchPart => {
  const words = new Map<string, number[]>();
  texts.forEach((text, position) => {
    for (const word of listIndexedWords(text, language, maxWords))
      words.set(word, [...(words.get(word) ?? []), position]);
  });
  return { name, documents: texts.map((_, position) => `${name} ${position}`), words };
};

/** As a browser reads it, by ranges. */
const openIndex = (bytes: Uint8Array) => {
  const ranges: number[] = [];
  const index: SearchIndex = {
    readHead: async () => readIndexHead(bytes.subarray(0, readHeadLength(bytes))),
    readRange: async ({ start, end }) => {
      ranges.push(end - start);
      return bytes.subarray(start, end);
    },
  };
  return { index, ranges };
};

const search = async (texts: readonly string[], query: string, language = 'en'): Promise<number[]> => {
  const { index } = openIndex(encodeSearchIndex([buildPart('p', texts, language)]));
  return findDocuments(index, listQueryWords(query));
};

describe('words are found', () => {
  test.each([
    ['in any case', 'The HARBOUR reopens', 'harbour', 'en'],
    ['without their accents', 'La crónica de São Tomé', 'cronica sao tome', 'pt'],
    ['with accents that the text lacks', 'Creme brulee', 'crème brûlée', 'fr'],
    ['with letters of their own', 'Straße, Łódź, Ærø, İzmir', 'strasse lodz aero izmir', 'de'],
    ['in decomposed letters', 'Cafe\u0301', 'café', 'fr'],
    ['in Greek with a final sigma', 'Ο ΔΡΟΜΟΣ', 'δρόμος', 'el'],
    ['by their beginning', 'Hafenmeisterei', 'hafen', 'de'],
    ['by the end of a German compound', 'Der Hafenmeister kam', 'meister', 'de'],
    ['within a German compound', 'Die Hafenmeisterei', 'meister', 'de'],
    ['in Arabic without vowel signs', 'مُحَمَّد', 'محمد', 'ar'],
    ['in Arabic with another alef', 'إسكندرية', 'اسكندرية', 'ar'],
    ['in Arabic without the article', 'المنارة القديمة', 'منارة', 'ar'],
    ['in Arabic with the article', 'منارة قديمة', 'المنارة', 'ar'],
    ['in Arabic with a conjunction', 'والمنارة', 'منارة', 'ar'],
    ['in Arabic digits', 'سنة ٢٠٢٦', '2026', 'ar'],
    ['in Chinese', '新的港口今天开放', '港口', 'zh'],
    ['in Chinese by one character', '新的港口今天开放', '放', 'zh'],
    ['in Japanese beside Latin letters', '東京タワーのLED照明', 'タワー led', 'ja'],
    ['in Thai', 'ท่าเรือใหม่เปิดวันนี้', 'ท่าเรือ', 'th'],
    ['in Korean with a particle', '항구는 오늘 열린다', '항구', 'ko'],
    ['in Hindi', 'नया बंदरगाह खुला', 'बंदरगाह', 'hi'],
    ['in Hebrew with vowel points', 'שָׁלוֹם', 'שלום', 'he'],
    ['beside an apostrophe', "L’été d'Anna O'Brien", "d'anna brien", 'fr'],
    ['with a soft hyphen', 'Schiff\u00adfahrt', 'Schifffahrt', 'de'],
    ['before a sign', 'Acme™ grew 3² times', 'acme 3', 'en'],
    ['that name properties of objects', 'The __proto__ and constructor of toString', '__proto__ constructor', 'en'],
    ['that are too long', `${'x'.repeat(5_000)} end`, 'x'.repeat(5_000), 'en'],
  ])('%s', async (_, text, query, language) => {
    expect(await search(['Something else.', text], query, language)).toEqual([1]);
  });

  test('with two letters only as a whole', async () => {
    expect(await search(['an answer', 'a name'], 'an')).toEqual([0]);
  });

  test('all of a query, newest first', async () => {
    const texts = ['a red boat', 'a red car', 'the red boat', 'a blue boat'];
    expect(await search(texts, 'boat red')).toEqual([2, 0]);
    expect(await search(texts, 'red plane')).toEqual([]);
    expect(await search(texts, ' … ')).toEqual([]);
  });
});

const letters = {
  en: 'abcdefghijklmnopqrstuvwxyz',
  de: 'abcdefghiklmnoprstuwzäöüß',
  ar: 'ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآةى',
  ru: 'абвгдеёжзийклмнопрстуфхцчшщьыэюя',
} as const;

const wordIn = (language: keyof typeof letters) =>
  fc
    .array(fc.constantFrom(...letters[language]), { minLength: 1, maxLength: 14 })
    .map((characters) => characters.join(''));

const articlesIn = fc.constantFrom(...(['en', 'de', 'ar', 'ru'] as const)).chain((language) =>
  fc.record({
    language: fc.constant(language),
    articles: fc.array(fc.array(wordIn(language), { minLength: 1, maxLength: 25 }), { minLength: 1, maxLength: 40 }),
  }),
);

/** `grep -wi` with accents folded, as far as it takes no language to say. */
const hasWord = (text: string, word: string): boolean => {
  const fold = (written: string) =>
    written
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .toLowerCase();
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .includes(fold(word));
};

describe('recall', () => {
  it('has every article that grep finds with a word of any article', async () => {
    await fc.assert(
      fc.asyncProperty(articlesIn, fc.nat(), async ({ language, articles }, choice) => {
        const texts = articles.map((words) => words.join(' '));
        const all = articles.flat();
        const word = all[choice % all.length] ?? '';
        const found = await search(texts, word.toUpperCase(), language);
        const missing = texts.flatMap((text, position) =>
          hasWord(text, word) && !found.includes(position) ? position : [],
        );
        expect(missing).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('has every text that contains Chinese characters next to each other', async () => {
    const character = fc.constantFrom(...'港口船海水风今天新');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: character, minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 20 }),
        fc.string({ unit: character, minLength: 1, maxLength: 4 }),
        async (texts, query) => {
          const found = await search(texts, query, 'zh');
          expect(
            texts
              .flatMap((text, position) => (text.includes(query) ? position : []))
              .filter((each) => !found.includes(each)),
          ).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });
});

const searchPart = fc
  .array(fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), { maxLength: 30 }), { maxLength: 30 })
  .map((articles) => (name: string): SearchPart => {
    const words = new Map<string, number[]>();
    articles.forEach((list, position) => {
      for (const word of new Set(list)) words.set(word, [...(words.get(word) ?? []), position]);
    });
    return { name, documents: articles.map((_, position) => JSON.stringify([name, position])), words };
  });

describe('an index', () => {
  it('gives back the parts that it was built from, and the same bytes for them', () => {
    fc.assert(
      fc.property(fc.array(searchPart, { maxLength: 5 }), (builders) => {
        const parts = builders.map((build, index) => build(`2026-0${index}`));
        const bytes = encodeSearchIndex(parts);
        const decoded = decodeSearchIndex(bytes);
        expect(decoded).toEqual(parts);
        expect(encodeSearchIndex(decoded)).toEqual(bytes);
      }),
      { numRuns: 100 },
    );
  });

  it('finds every word, and gives the documents that have it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(searchPart, { minLength: 1, maxLength: 4 }), async (builders) => {
        const parts = builders.map((build, index) => build(`p${index}`));
        const { index } = openIndex(encodeSearchIndex(parts));
        const expected = new Map<string, string[]>();
        for (const { documents, words } of parts)
          for (const [word, numbers] of words)
            expected.set(word, [...numbers.map((number) => documents[number] ?? ''), ...(expected.get(word) ?? [])]);
        for (const [word, documents] of expected) {
          const numbers = await findDocuments(index, [{ word, isPrefix: false }]);
          expect((await readDocuments(index, numbers)).toSorted()).toEqual(documents.toSorted());
        }
      }),
      { numRuns: 30 },
    );
  });

  it('of another format has no parts', () => {
    expect(decodeSearchIndex(new Uint8Array())).toEqual([]);
    expect(decodeSearchIndex(new TextEncoder().encode('<!doctype html><title>404</title>'))).toEqual([]);
  });

  it('is read in small pieces', async () => {
    const texts = Array.from({ length: 400 }, (_, article) =>
      Array.from({ length: 100 }, (_, word) => `w${(article * 7919 + word * 104_729) % 9_973}`).join(' '),
    );
    const bytes = encodeSearchIndex([buildPart('p', texts, 'en')]);
    const { index, ranges } = openIndex(bytes);
    expect((await findDocuments(index, listQueryWords('w123'))).length).toBeGreaterThan(0);
    expect(bytes.length).toBeGreaterThan(50_000);
    expect(Math.max(...ranges)).toBeLessThan(4_000);
    expect(readHeadLength(bytes)).toBeLessThan(4_000);
  });
});

test('an article has as many words as are allowed, and the ends of compounds come last', () => {
  expect(listIndexedWords('eins zwei drei', 'de', 2)).toEqual(['eins', 'zwei']);
  expect(listIndexedWords('Hafenmeister alt', 'de', 3)).toEqual(['hafenmeister', 'alt', 'enmeister']);
  expect(listIndexedWords('Harbourmaster', 'en', 9)).toEqual(['harbourmaster']);
});
