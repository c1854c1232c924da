import { posix } from 'node:path';
import { findImageType } from '../../../functions/core/article/seed-kind.ts';
import { sitePaths } from '../../../functions/core/site-paths.ts';

const encodeKey = (key: string): string => key.split('/').map(encodeURIComponent).join('/');

/**
 * An address of the site as a seed would write it, so that it holds at any site: a picture beside the seeds from where
 * the seed lies, a page from the site's root. Any other address is as it was.
 */
export const toPortableAddress = (address: string, site: string, key: string): string => {
  if (!address.startsWith(`${site}/`)) return address;
  const path = address.slice(site.length);
  const images = sitePaths.image('');
  if (path.startsWith(images))
    return posix.relative(posix.dirname(`/${encodeKey(key)}`), `/${path.slice(images.length)}`);
  return findImageType(path) === undefined ? path : address;
};

/** Sanitized HTML, of whose addresses those of the site are portable. */
export const rewritePortableAddresses = (html: string, site: string, key: string): string =>
  html.replace(
    / (src|href)="([^"]*)"/g,
    (_, name: string, address: string) => ` ${name}="${toPortableAddress(address, site, key)}"`,
  );
