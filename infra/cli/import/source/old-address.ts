export const parseSiteAddress = (address: string | undefined): string | undefined =>
  address !== undefined && /^https?:\/\//i.test(address) && URL.canParse(address)
    ? new URL(address).href.replace(/\/+$/, '')
    : undefined;

export const resolveWebAddress = (written: string, base: string | undefined): string | undefined => {
  const text = written.trim().toWellFormed();
  if (text === '' || !URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  return /^https?:$/.test(url.protocol) ? url.href : undefined;
};

const placeholderOrigin = 'https://old.invalid';

export const toPathAndQuery = (address: string): string => {
  if (!URL.canParse(address, placeholderOrigin)) return '/';
  const { pathname, search } = new URL(address, placeholderOrigin);
  return pathname + search;
};

export const decodePath = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** What a slug may be made of; everything else is spelled by the publication's own rule. */
const slugPattern = /^[\p{L}\p{N}\p{M}]+(?:[-_][\p{L}\p{N}\p{M}]+)*$/u;

export const parseSlug = (written: string): string | undefined => {
  const slug = decodePath(written.trim()).normalize('NFC').toLowerCase();
  if (slugPattern.test(slug)) return slug;
  const plain = slug.replace(/[^\p{L}\p{N}\p{M}]+/gu, '-').replace(/^-+|-+$/g, '');
  return slugPattern.test(plain) ? plain : undefined;
};

/** The slug that the last part of an address is; undefined where it names nothing, as `/?p=12` does. */
export const parseSlugFromAddress = (address: string): string | undefined => {
  const name = /([^/]+)\/*$/.exec(toPathAndQuery(address).replace(/[?#].*$/, ''))?.[1] ?? '';
  return parseSlug(name.replace(/\.(?:html?|php|aspx?)$/i, ''));
};
