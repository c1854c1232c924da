import type { UploadedSeed } from './import-articles.ts';
import { toPathAndQuery } from './old-address.ts';

/**
 * Where each old path leads now, a line for each: `/2020/05/story/ https://news.example/articles/story 301`. Netlify and
 * Cloudflare Pages read it as it is. What stands where it stood is left out.
 */
export const formatRedirects = (
  arrived: readonly Pick<UploadedSeed, 'key' | 'oldAddresses'>[],
  addresses: ReadonlyMap<string, string>,
): string => {
  const lines = new Map<string, string>();
  for (const { key, oldAddresses } of arrived) {
    const address = addresses.get(key);
    if (address === undefined) continue;
    for (const old of oldAddresses) {
      const path = toPathAndQuery(old);
      if (old !== address && path !== '/') lines.set(path, `${path} ${address} 301\n`);
    }
  }
  return [...lines.values()].join('');
};
