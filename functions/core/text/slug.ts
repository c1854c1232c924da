import slugify from '@sindresorhus/slugify';

const maxSlugLength = 80;

/**
 * The part of an address that names a title, topic or author: lower-case ASCII words where the script can be
 * transliterated, else the letters and digits of the script itself, else `fallback`. At most 80 characters, cut at a word.
 */
export const toSlug = (name: string, fallback: string): string => {
  const spelled = name.replaceAll('+', ' plus ').replaceAll('#', ' sharp ');
  const ascii = slugify(spelled, { decamelize: false });
  const slug = /[a-z0-9]/.test(ascii) ? ascii : toNativeSlug(name);
  return truncateSlug(slug) || fallback;
};

const toNativeSlug = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');

const truncateSlug = (slug: string): string => {
  if (slug.length <= maxSlugLength) return slug;
  const cut = slug.slice(0, maxSlugLength + 1).lastIndexOf('-');
  const short = slug.slice(0, cut > maxSlugLength / 2 ? cut : maxSlugLength);
  return short.toWellFormed().replace(/\uFFFD|-+$/g, '');
};
