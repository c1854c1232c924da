import slugify from '@sindresorhus/slugify';

const longest = 80;

/**
 * The part of an address that names a title, topic or author: lower-case ASCII words where the script can be
 * transliterated, else the letters and digits of the script itself, else `fallback`. At most 80 characters, cut at a word.
 */
export const slugOf = (name: string, fallback: string): string => {
  const spelled = name.replaceAll('+', ' plus ').replaceAll('#', ' sharp ');
  const ascii = slugify(spelled, { decamelize: false });
  const slug = /[a-z0-9]/.test(ascii) ? ascii : ownLetters(name);
  return shorten(slug) || fallback;
};

const ownLetters = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');

const shorten = (slug: string): string => {
  if (slug.length <= longest) return slug;
  const cut = slug.slice(0, longest + 1).lastIndexOf('-');
  const short = slug.slice(0, cut > longest / 2 ? cut : longest);
  return short.toWellFormed().replace(/\uFFFD|-+$/g, '');
};
