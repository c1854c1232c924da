import { posix } from 'node:path';
import { imageType } from '../../../functions/core/article/seed-kind.ts';
import { sitePaths } from '../../../functions/core/site-paths.ts';

const encoded = (key: string): string => key.split('/').map(encodeURIComponent).join('/');

/**
 * An address of the site as a seed would write it, so that it holds at any site: a picture beside the seeds from where
 * the seed lies, a page from the site's root. Any other address is as it was.
 */
export const portableAddress = (address: string, site: string, key: string): string => {
  if (!address.startsWith(`${site}/`)) return address;
  const path = address.slice(site.length);
  const images = sitePaths.image('');
  if (path.startsWith(images))
    return posix.relative(posix.dirname(`/${encoded(key)}`), `/${path.slice(images.length)}`);
  return imageType(path) === undefined ? path : address;
};

/** Sanitized HTML, of whose addresses those of the site are portable. */
export const portableAddresses = (html: string, site: string, key: string): string =>
  html.replace(
    / (src|href)="([^"]*)"/g,
    (_, name: string, address: string) => ` ${name}="${portableAddress(address, site, key)}"`,
  );
