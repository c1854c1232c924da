/**
 * How texts and queries become words that can be compared. The search page runs this in the browser, so it uses nothing
 * of Node.
 */

const maxWordLength = 32;

/** Signs that are no part of a word but would become letters or digits in NFKD: `™`, `²`. */
const symbols = /[\p{S}\p{No}]/gu;

/**
 * Accents and vowel signs that texts have or lack: of Latin, Greek and Cyrillic, Hebrew and Arabic. Marks of other
 * scripts distinguish words. Soft hyphens, joiners and variation selectors say nothing.
 */
const optionalMarks =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them is removed wherever it stands.
  /[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200d\ufe00-\ufe0f]/gu;

/** Letters that NFKD leaves as they are, and letters of Arabic that are written in several ways. */
const letterForms: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ς: 'σ',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ہ: 'ه',
  ة: 'ه',
};
const otherForms = new RegExp(`[${Object.keys(letterForms).join('')}]|[٠-٩۰-۹]`, 'gu');

const foldLetters = (text: string): string =>
  text
    .replace(symbols, ' ')
    .normalize('NFKD')
    .replace(optionalMarks, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(otherForms, (letter) => letterForms[letter] ?? String((letter.codePointAt(0) ?? 0) & 15));

/** Scripts that are written without blanks between words. */
const unspaced =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]+/gu;

/** The Arabic article, with what is written together with it: "and the", "in the", "for the". */
const arabicArticle = /^(?:[وف]?[بك]?ال|[وف]?لل)(?=[\u0620-\u06ff]{3})/u;

const cutWord = (word: string): string =>
  word.length <= maxWordLength ? word : [...word].slice(0, maxWordLength).join('');

interface FoldedText {
  readonly words: readonly string[];
  /** Texts in scripts without blanks, each as its characters. */
  readonly runs: readonly (readonly string[])[];
}

const foldText = (text: string): FoldedText => {
  const words: string[] = [];
  const runs: string[][] = [];
  // Some signs stand for eighteen letters.
  const folded = foldLetters(text).slice(0, 100 + 2 * text.length);
  for (const [found] of folded.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const spaced = found.replace(unspaced, (run) => {
      runs.push([...run]);
      return ' ';
    });
    for (const word of spaced.split(' ')) if (word !== '') words.push(cutWord(word.replace(arabicArticle, '')));
  }
  return { words, runs };
};

const listPairs = (run: readonly string[]): string[] =>
  run.slice(1).map((character, index) => (run[index] ?? '') + character);

/** Languages that join nouns to one word. */
const compounding = new Set(['de', 'nl', 'sv', 'da', 'nb', 'nn', 'no', 'is', 'fi', 'et', 'hu']);

const minCompoundLength = 7;
const minFirstPart = 3;
const minLastPart = 4;

/** What a compound may end with, at each letter where its last noun can begin. */
const listCompoundEnds = (word: string): string[] =>
  word.length < minCompoundLength || /\P{L}/u.test(word)
    ? []
    : Array.from({ length: word.length - minFirstPart - minLastPart + 1 }, (_, index) =>
        word.slice(minFirstPart + index),
      );

/**
 * Lists the distinct words that a text is found by, in the order of the text. In scripts without blanks these are pairs
 * of characters, and the last character. Compounds are also found by their ends, which come last.
 * @param max as many as this at most
 */
export const listIndexedWords = (text: string, language: string, max: number): string[] => {
  const { words, runs } = foldText(text);
  const found = new Set<string>();
  const add = (word: string): void => {
    if (found.size < max) found.add(word);
  };
  for (const word of words) add(word);
  for (const run of runs)
    for (let index = 0; index < run.length && found.size < max; index += 1)
      found.add((run[index] ?? '') + (run[index + 1] ?? ''));
  if (compounding.has(language.split('-')[0] ?? ''))
    for (const word of new Set(words)) for (const end of listCompoundEnds(word)) add(end);
  return [...found];
};

export interface QueryWord {
  readonly word: string;
  /** Whether longer words that begin with it are found, too. */
  readonly isPrefix: boolean;
}

const maxQueryWords = 10;

/** Of an alphabet, two letters begin too many words. */
const isLongEnough = (word: string): boolean =>
  word.length > 2 || !/^[\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}\p{N}]+$/u.test(word);

/** Lists what an article must have to be found, the longest first: they are in the fewest articles. */
export const listQueryWords = (query: string): QueryWord[] => {
  const { words, runs } = foldText(query.slice(0, 1_000));
  const found = new Map<string, QueryWord>();
  for (const word of words) found.set(word, { word, isPrefix: isLongEnough(word) });
  for (const run of runs) {
    const [only = ''] = run;
    if (run.length === 1) found.set(only, { word: only, isPrefix: true });
    for (const pair of listPairs(run)) found.set(pair, { word: pair, isPrefix: false });
  }
  return [...found.values()].slice(0, maxQueryWords).sort((a, b) => b.word.length - a.word.length);
};
