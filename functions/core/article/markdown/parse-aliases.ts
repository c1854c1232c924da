import type { SeedWarning } from '../../article.ts';
import { isReservedPath } from '../../site-paths.ts';

/** The record of an article has as many, so that an export can state all of them. */
export const maxAliases = 200;
/** S3 takes 1,024 bytes of a key, and the table as many of a sort key. */
const maxAliasBytes = 500;

/**
 * Obsidian has other names of a note in the same field: "AC/DC" is a name, `old/name/` and `name.html` are addresses.
 */
export const looksLikeAddress = (written: string): boolean =>
  /^(?:https?:\/)?\//i.test(written) || /^[^\s:?#]+(?:\/|\.html?)$/i.test(written);

/**
 * The path as the site knows it: decoded, without a slash or `index.html` at its end; undefined where it can lead
 * nowhere.
 */
const parsePath = (written: string): string | undefined => {
  try {
    const path = written.replace(/^https?:\/\/[^/?#]*/i, '').replace(/#.*$/, '');
    const decoded = decodeURIComponent(path.startsWith('/') ? path : `/${path}`).normalize('NFC');
    const bare = decoded.replace(/\/index\.html?$/i, '/').replace(/\/+$/, '');
    const isPlain = !/[?#\p{C}\\]|\/\/|\/\.{1,2}(?:\/|$)/u.test(bare);
    return isPlain && bare !== '' && Buffer.byteLength(bare) <= maxAliasBytes ? bare : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Earlier addresses of an article, from `aliases` (Hugo) or `redirect_from` (Jekyll). Names among them are left out.
 */
export const parseAliases = (
  written: readonly string[],
  place: string | undefined,
): { readonly aliases: readonly string[]; readonly warnings: readonly SeedWarning[] } => {
  const aliases = new Set<string>();
  const warnings: SeedWarning[] = [];
  const warn = (message: string): void => {
    warnings.push({ message, ...(place && { place }) });
  };
  for (const alias of written.map((one) => one.trim()).filter(looksLikeAddress)) {
    const path = parsePath(alias);
    if (path === undefined)
      warn(`\`${alias.slice(0, 100)}\` cannot lead to this article: give a path such as /2020/05/story/, without “?”.`);
    else if (isReservedPath(path))
      warn(`\`${alias.slice(0, 100)}\` cannot lead to this article: the site has a page of its own there.`);
    else if (aliases.size < maxAliases) aliases.add(path);
    else if (!aliases.has(path)) {
      warn(`Only the first ${maxAliases} earlier addresses lead to this article.`);
      break;
    }
  }
  return { aliases: [...aliases], warnings };
};

/** How a path is written, so that it is read as the same. */
export const formatAlias = (path: string): string =>
  parsePath(path) === path ? path : path.split('/').map(encodeURIComponent).join('/');
