import { memoize } from './memoize.ts';

const rightToLeftScripts = new Set([
  'Adlm',
  'Arab',
  'Aran',
  'Hebr',
  'Mand',
  'Mend',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
  'Yezi',
]);

export type TextDirection = 'ltr' | 'rtl';

export type StartSide = 'left' | 'right';

export const toStartSide = (direction: TextDirection): StartSide => (direction === 'rtl' ? 'right' : 'left');

/**
 * The direction in which a language is written, by the script its tag names or implies: `ur` and `und-Arab` are rtl,
 * `ur-Latn` is not.
 */
export const findTextDirection = memoize(
  (language: string): TextDirection =>
    rightToLeftScripts.has(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr',
);

const rightToLeftLetters = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

export const detectTextDirection = (text: string): TextDirection | undefined => {
  const letter = /\p{L}/u.exec(text)?.[0];
  if (letter === undefined) return undefined;
  return rightToLeftLetters.test(letter) ? 'rtl' : 'ltr';
};

/** Every registered tag fits (RFC 5646, 4.4.1). */
const maxTagLength = 35;

/** The usual spelling of a language tag (`pt_br` is `pt-BR`); undefined for what is none. */
export const parseLanguageTag = (tag: string): string | undefined => {
  if (tag.length > maxTagLength) return undefined;
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
};
