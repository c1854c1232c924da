import type { SeedInput } from '../../article.ts';
import { isOwnName } from '../../links/find-candidates.ts';
import { toPlaceholderUrl } from '../../links/seed-references.ts';
import { findFileType, findImageType, isPageKey, isSeedName, parseExtension } from '../../seed-kind.ts';
import { sitePaths, toSiteUrl } from '../../site-paths.ts';
import { toHeadingId } from '../../text/heading-id.ts';
import { decodeFragment, toSeedElementId } from './element-ids.ts';

/** Gives the absolute address of what a seed refers to; undefined where that must not or cannot be reached. */
export type UrlResolver = (url: string, kind: 'link' | 'image') => string | undefined;

/** Stands for the seeds bucket while an address is resolved; an address that leaves it was absolute. */
const bucketOrigin = 'https://seeds.invalid';

const isWebUrl = ({ protocol }: URL): boolean => protocol === 'http:' || protocol === 'https:';

/** An absolute http or https address; undefined for all else. */
export const parseWebUrl = (written: string): URL | undefined => {
  const text = written.trim().toWellFormed();
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return isWebUrl(url) ? url : undefined;
};

/** Addresses of services that only lead on, by host and path, with the parameters that hold the real one. */
const redirections: readonly (readonly [service: RegExp, parameters: readonly string[]])[] = [
  [/^(?:www\.)?google\.[a-z.]{2,6}\/url$/, ['q', 'url']],
  [/^[a-z0-9.-]+\.safelinks\.protection\.outlook\.com\/$/, ['url']],
  [/^lm?\.facebook\.com\/l\.php$/, ['u']],
];

/** Where a link leads that a word processor or mail program wrapped in one to its maker. */
const unwrapRedirection = (url: URL): URL => {
  const [, parameters = []] = redirections.find(([service]) => service.test(url.hostname + url.pathname)) ?? [];
  const [target] = parameters.flatMap((name) => parseWebUrl(url.searchParams.get(name) ?? '') ?? []);
  return target ?? url;
};

export const toAllowedUrl = (written: URL, kind: 'link' | 'image'): string | undefined => {
  const url = unwrapRedirection(written);
  return isWebUrl(url) || (url.protocol === 'mailto:' && kind === 'link') ? url.href : undefined;
};

/** The key that a path in the bucket means; undefined where the decoded path could leave the folder. */
const toObjectKey = (path: string): string | undefined => {
  try {
    const segments = path.slice(1).split('/').map(decodeURIComponent);
    const isPlain = !segments.some((segment) => /^\.{1,2}$|\/|\p{Cc}/u.test(segment));
    return isPlain ? segments.join('/') : undefined;
  } catch {
    return undefined;
  }
};

/** The address of a file whose name has a number sign or a question mark, or that is written as Windows does. */
const escapeNameMarks = (url: string): string => {
  if (!/[#?\\]/.test(url) || /^(?:[a-z][a-z\d+.-]*:|[\\/]{2})/i.test(url)) return url;
  const path = url.replaceAll('\\', '/');
  const [name = ''] = path.split(/[#?]/, 1);
  return findImageType(path) !== undefined && parseExtension(name) === ''
    ? path.replaceAll('#', '%23').replaceAll('?', '%3F')
    : path;
};

/** Pages and documents of the site itself that have the extension of a seed. */
const siteDocument = /^\/(?:digest|issues|files|images)\/|^\/(?:404\.html|robots\.txt)$/;

/** What Markdown makes of `[[note]]`, and of tags that name another seed. */
const nameScheme = 'seed-name:';

/** Pelican's `{filename}second.md` and `{static}/images/quay.jpg`, and Zola's `@/second.md`. */
const toolMark =
  /^(?:(?:\{|%7B)(?:filename|static|attach|index)(?:\}|%7D)|\|(?:filename|static|attach)\||(?:@|%40)(?=\/))/i;

const toFragment = (hash: string): string => (hash.length > 1 ? `#${toSeedElementId(decodeFragment(hash))}` : '');

/** To a heading of another seed, whose ids follow one rule on its page. */
const toHeadingFragment = (hash: string): string => {
  const id = toHeadingId(decodeFragment(hash));
  return id === '' ? '' : `#${toSeedElementId(id)}`;
};

const decodeName = (written: string): string => {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
};

const resolveName = (written: string, { key, site }: Pick<SeedInput, 'key' | 'site'>): string | undefined => {
  const [path = '', heading = ''] = written.slice(nameScheme.length).split('#', 2);
  const fragment = toFragment(`#${heading}`).toLowerCase();
  const target = path.split('/').map(decodeName).join('/');
  return fragment !== '' && isOwnName(target, key)
    ? fragment
    : toPlaceholderUrl(site, 'name', { target, fragment: toHeadingFragment(`#${heading}`) });
};

/**
 * Resolves what one seed refers to. Absolute http(s) addresses pass, and mailto in links. An image is looked up beside
 * the seed, or from the bucket's root where the path starts with a slash; so is a link to an image. A link to another
 * seed or a file beside it, and what is found by its name, gets a placeholder, which the builder resolves. A link to a
 * part of the seed itself stays in the page. Other relative links resolve on the site, as seen from the article's page. All else (`javascript:`, `data:`, `#part`) is
 * undefined.
 */
export const createUrlResolver = ({ key, site }: Pick<SeedInput, 'key' | 'site'>): UrlResolver => {
  const besideSeed = toSiteUrl(bucketOrigin, `/${key.toWellFormed()}`);
  const besidePage = toSiteUrl(
    site,
    sitePaths.article({ slug: '-', ...(isPageKey(key) && { page: { name: '', menu: 'none' } }) }),
  );
  return (written, kind) => {
    const text = written.trim().toWellFormed();
    const marked = text.replace(toolMark, '');
    // From the folder of the tool's content, which may be any here.
    if (marked !== text && marked.startsWith('/')) return resolveName(nameScheme + marked.slice(1), { key, site });
    const url = escapeNameMarks(marked);
    if (url.startsWith(nameScheme)) return resolveName(url, { key, site });
    if (url === '' || url.startsWith('#') || !URL.canParse(url, besideSeed)) return undefined;
    const found = new URL(url, besideSeed);
    if (found.origin !== bucketOrigin) return toAllowedUrl(found, kind);
    const onSite = new URL(url, besidePage);
    const isImage = findImageType(found.pathname) !== undefined;
    const isUpload = isImage || isSeedName(found.pathname) || findFileType(found.pathname) !== undefined;
    if ((/^[\\/]/.test(url) || !isImage) && siteDocument.test(onSite.pathname)) return onSite.href;
    if (kind === 'link' && !isUpload) return onSite.href;
    const target = toObjectKey(found.pathname);
    if (target === undefined) return undefined;
    if (isImage) return toSiteUrl(site, sitePaths.image(target));
    if (kind === 'image') return undefined;
    const fragment = toFragment(found.hash);
    return fragment !== '' && target.normalize('NFC') === key.normalize('NFC')
      ? fragment
      : toPlaceholderUrl(site, 'path', { target, fragment: toHeadingFragment(found.hash) });
  };
};
