/** `https://old.example/blog/` as it stands before a path: without a slash at its end. Undefined for what is no address. */
export const parseSiteAddress = (address: string | undefined): string | undefined =>
  address !== undefined && /^https?:\/\//i.test(address) && URL.canParse(address)
    ? new URL(address).href.replace(/\/+$/, '')
    : undefined;

/** An address on the web, resolved against a base where it is relative; undefined for what is none. */
export const resolveWebAddress = (written: string, base: string | undefined): string | undefined => {
  const text = written.trim().toWellFormed();
  if (text === '' || !URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  return /^https?:$/.test(url.protocol) ? url.href : undefined;
};

/** Stands for the old site where only a path is known. */
const placeholderOrigin = 'https://old.invalid';

/** Path and query of an address, or of a path as it is written, as a web server is asked for them. */
export const toPathAndQuery = (address: string): string => {
  if (!URL.canParse(address, placeholderOrigin)) return '/';
  const { pathname, search } = new URL(address, placeholderOrigin);
  return pathname + search;
};

const decodePart = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** What a slug may be made of; everything else is spelled by the publication's own rule. */
const slugPattern = /^[\p{L}\p{N}\p{M}]+(?:[-_][\p{L}\p{N}\p{M}]+)*$/u;

/** A slug that a seed may state; undefined for what is none. */
export const parseSlug = (written: string): string | undefined => {
  const slug = decodePart(written.trim()).normalize('NFC').toLowerCase();
  if (slugPattern.test(slug)) return slug;
  const plain = slug.replace(/[^\p{L}\p{N}\p{M}]+/gu, '-').replace(/^-+|-+$/g, '');
  return slugPattern.test(plain) ? plain : undefined;
};

/** The slug that the last part of an address is; undefined where it names nothing, as `/?p=12` does. */
export const parseSlugFromAddress = (address: string): string | undefined => {
  const name = /([^/]+)\/*$/.exec(toPathAndQuery(address).replace(/[?#].*$/, ''))?.[1] ?? '';
  return parseSlug(name.replace(/\.(?:html?|php|aspx?)$/i, ''));
};
