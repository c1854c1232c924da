import slugify from '@sindresorhus/slugify';
import { memoize } from './memoize.ts';

/** S3 takes 1,024 bytes of a key, and a percent-encoded byte has three characters in an address. */
const limits = { characters: 80, bytes: 240, hashCharacters: 6 } as const;

const spellSymbols = (name: string): string =>
  name.replaceAll('+', ' plus ').replaceAll('#', ' sharp ').replaceAll('&', ' and ');

/**
 * The part of an address that names an article: lower-case ASCII words where every letter can be transliterated, else
 * the letters and digits of the script itself, else `fallback`. Cut at a word.
 */
export const toSlug = (name: string, fallback: string): string => {
  // Before a number, the sign says no more than that it is one.
  const spelled = spellSymbols(name.replace(/#(?=\p{N})/gu, ' '));
  const simplified = spelled.normalize('NFKC');
  const letters = new Set(simplified.match(/[^\P{L}a-zA-Z]|[^\P{N}0-9]/gu));
  const isLatin = [...letters].every((letter) => canTransliterate(letter));
  return truncateSlug(isLatin ? slugify(simplified, { decamelize: false }) : toNativeSlug(spelled)) || fallback;
};

/** Slugify puts a separator in the place of what it does not know. */
const canTransliterate = memoize(
  (letter: string): boolean => !slugify(`a${letter}a`, { decamelize: false }).includes('-'),
);

/**
 * The part of an address that names a topic or author: its letters and digits in lower case. Names have the same one
 * only where they differ in case, normalization, blanks, hyphens, apostrophes, the dots of abbreviations and joiners
 * that join nothing. Where the slug lacks anything else of the name, a hash of the name ends it.
 */
export const toNameSlug = (name: string, hash: (text: string) => string): string => {
  const written = spellSymbols(lowerCase(name)).replace(/\s+/g, ' ').trim();
  const words = written.replace(/(?<=\p{L}\p{M}*)\.(?=\s|$)|(?<=\p{L}\p{M}*)['’](?=\p{L})/gu, ' ');
  const native = toNativeSlug(words);
  const slug = truncateSlug(native);
  const isWhole = slug === native && !/[^\p{L}\p{M}\p{N}\s\p{Pd}_\u200c\u200d]|(?<![\p{L}\p{M}])\p{M}/u.test(words);
  if (slug !== '' && isWhole) return slug;
  return [slug, hash(written).slice(0, limits.hashCharacters)].filter((part) => part !== '').join('-');
};

const lowerCase = (name: string): string => name.normalize('NFC').toLowerCase().normalize('NFC');

/** Joiners belong to the spelling of a word in Persian and in scripts of India, and to emoji, which are left out. */
const toNativeSlug = (name: string): string =>
  lowerCase(name)
    .replace(/(?<![\p{L}\p{M}])(?:\u200c|\u200d|\p{M})+|[^\p{L}\p{M}\p{N}\u200c\u200d]+/gu, '-')
    .replace(/(?:\u200c|\u200d)+(?=-|$)/g, '')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');

const truncateSlug = (slug: string): string => {
  if (slug.length <= limits.characters && Buffer.byteLength(slug) <= limits.bytes) return slug;
  let short = '';
  for (const { segment } of new Intl.Segmenter().segment(slug.slice(0, limits.characters + 1).toWellFormed())) {
    const longer = short + segment;
    if (longer.length > limits.characters || Buffer.byteLength(longer) > limits.bytes) break;
    short = longer;
  }
  const isAtWord = slug[short.length] === '-';
  const cut = isAtWord ? short.length : short.lastIndexOf('-');
  return short.slice(0, cut > short.length / 2 ? cut : short.length).replace(/-+$/, '');
};
