import { isShortenedKey } from '../identity.ts';
import { toSiteUrl } from '../site-paths.ts';

/**
 * What a seed refers to among the other uploads: `path/` with a key, or `name/` with the name of a note, as in
 * `[[The ferry]]`, with folders before it or none. Where that is, only the builder knows, and it may change.
 */
export type SeedReference = string;

/** Stands in a body for the address of what a reference means. No upload is published there. */
const placeholderPath = '/.seeds/';

/** The markup of a body is written in one way alone. */
const address = / (?:href|src)="(https?:[^"]*)"/g;
const placeholderLink =
  /<a ((?:id="[^"]*" )?(?:lang="[^"]*" )?(?:dir="[^"]*" )?)href="https?:\/\/[^"/]+\/\.seeds\/((?:path|name)\/[^"#]*)(#[^"]*)?"[^<>]*>([\s\S]*?)<\/a>/g;
const placeholderImage =
  /(<p>)?<img src="https?:\/\/[^"/]+\/\.seeds\/((?:path|name)\/[^"#]*)(?:#[^"]*)?" alt="([^"]*)"([^<>]*)>(<\/p>\n?)?/g;

const decodeReference = (written: string): SeedReference => {
  try {
    return written.split('/').map(decodeURIComponent).join('/');
  } catch {
    return written;
  }
};

/** The address that stands for a reference; undefined where its names are those of no upload. */
export const toPlaceholderUrl = (
  site: string,
  mode: 'path' | 'name',
  { target, fragment }: { readonly target: string; readonly fragment: string },
): string | undefined => {
  const isName = (part: string): boolean => part !== '' && !/^\.{1,2}$|\p{Cc}/u.test(part);
  const names = target.normalize('NFC').split('/');
  return names.every(isName)
    ? `${toSiteUrl(site, `${placeholderPath}${mode}/${names.join('/')}`)}${fragment}`
    : undefined;
};

/** The reference that an address stands for, with the part of the page behind it. */
export const parsePlaceholderUrl = (
  url: string,
): { readonly reference: SeedReference; readonly fragment: string } | undefined => {
  const [, written, fragment = ''] = /^https?:\/\/[^"/]+\/\.seeds\/((?:path|name)\/[^"#]+)(#.*)?$/.exec(url) ?? [];
  return written === undefined ? undefined : { reference: decodeReference(written), fragment };
};

/** An article with more is a list of links. The table keeps each, with its address. */
const maxReferences = 100;
const maxReferenceLength = 20_000;

/**
 * What a body refers to, in order, each once, and pictures of the site, too. What is beyond the limits is left out.
 * @param image the address of the article's picture
 */
export const findReferences = (html: string, site: string, image = ''): SeedReference[] => {
  const start = `${site}/images/`;
  const toReference = (url: string): SeedReference | undefined => {
    const path = url.startsWith(start) ? url.slice(start.length).replace(/[?#].*$/, '') : '';
    return path === '' || isShortenedKey(path) ? parsePlaceholderUrl(url)?.reference : decodeReference(`path/${path}`);
  };
  const urls = [image, ...Array.from(html.matchAll(address), ([, url = '']) => url)];
  const found = new Set(urls.flatMap((url) => toReference(url) ?? []));
  let length = 0;
  return [...found].slice(0, maxReferences).filter((reference) => {
    length += reference.length;
    return length <= maxReferenceLength;
  });
};

/** Paths of the site by reference; what has none is not there. */
export type ResolvedLinks = Readonly<Record<SeedReference, string>>;

/** Gives a body the addresses of what it refers to. A link to what is not there is text, and so is a picture. */
export const resolveBodyLinks = (html: string, links: ResolvedLinks, site: string): string => {
  if (!html.includes(placeholderPath)) return html;
  const find = (written: string): string | undefined => {
    const path = links[decodeReference(written)];
    return path && toSiteUrl(site, path);
  };
  return html
    .replace(placeholderLink, (_, before: string, written: string, fragment: string | undefined, text: string) => {
      const url = find(written);
      const part = url?.includes('/articles/') ? (fragment ?? '') : '';
      return url ? `<a ${before}href="${url}${part}">${text}</a>` : text;
    })
    .replace(
      placeholderImage,
      (_, before = '', written: string, alt: string, rest: string, after: string | undefined = '') => {
        const url = find(written);
        const isAlone = before !== '' && after !== '';
        if (!url && alt === '' && isAlone) return '';
        return `${before}${url ? `<img src="${url}" alt="${alt}"${rest}>` : alt}${after}`;
      },
    );
};
