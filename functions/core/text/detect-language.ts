import { functionWords } from './function-words.ts';

/**
 * Scripts that only one current language uses. Languages in Latin and Cyrillic are distinguished by words; those in
 * Devanagari and Bengali are not.
 */
const languagesByScript: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Lao}/gu, 'lo'],
  [/\p{Script=Khmer}/gu, 'km'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Armenian}/gu, 'hy'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Telugu}/gu, 'te'],
  [/\p{Script=Kannada}/gu, 'kn'],
  [/\p{Script=Malayalam}/gu, 'ml'],
  [/\p{Script=Gujarati}/gu, 'gu'],
  [/\p{Script=Gurmukhi}/gu, 'pa'],
  [/\p{Script=Sinhala}/gu, 'si'],
];

/** A script is dominant with this share of all letters. */
const dominantShare = 0.6;

const maxSampleLength = 20_000;
const minLetters = 12;

const countMatches = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Arabic, Persian and Urdu have letters of their own; where those do not tell, the script alone is certain. */
const detectArabicLanguage = (text: string): string => {
  if (/[ېښڼډړټڅځۍێۆڵڕەۇۈۋڭڄڃٻڀٺٽٿڇڏڊڍڙڳڱڻ]/u.test(text)) return 'und-Arab';
  if (/[ٹڈڑےں]/u.test(text)) return 'ur';
  if (/[پچژگ]/u.test(text)) return /[\u06cc\u06a9]/.test(text) ? 'fa' : 'und-Arab';
  return /ة|ال/u.test(text) && !/[\u06cc\u06a9]/.test(text) ? 'ar' : 'und-Arab';
};

/** Fewer words may be a quotation or a list of names. */
const minWords = 40;

/** In running text about two words of five are function words; in another language's, at most one of five. */
const minFunctionWordShare = 0.25;
const minLeadRatio = 1.5;

const detectByFunctionWords = (text: string): string | undefined => {
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.length < minWords) return undefined;
  const shares = [...functionWords].map(([language, known]) => ({
    language,
    share: words.filter((word) => known.has(word)).length / words.length,
  }));
  const [first, second] = shares.sort((a, b) => b.share - a.share);
  const isClear = first && second && first.share >= minFunctionWordShare && first.share >= second.share * minLeadRatio;
  return isClear ? first.language : undefined;
};

/**
 * The language of a text where its script, or the function words of a running text, leave no doubt, as a BCP 47 tag;
 * undefined where it could be several.
 */
export const detectLanguage = (text: string): string | undefined => {
  const sample = text.slice(0, maxSampleLength);
  const letters = countMatches(sample, /\p{L}/gu);
  if (letters < minLetters) return undefined;
  // Most texts: no other script needs to be counted.
  if (!/[^\p{Script=Latin}\P{L}]/u.test(sample)) return detectByFunctionWords(sample);
  const isDominant = (part: number) => part >= letters * dominantShare;
  const kana = countMatches(sample, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const han = countMatches(sample, /\p{Script=Han}/gu);
  if (isDominant(kana + han)) {
    if (kana === 0) return 'zh';
    return kana >= han / 10 ? 'ja' : undefined;
  }
  if (isDominant(countMatches(sample, /\p{Script=Arabic}/gu))) return detectArabicLanguage(sample);
  return (
    languagesByScript.find(([script]) => isDominant(countMatches(sample, script)))?.[1] ?? detectByFunctionWords(sample)
  );
};
