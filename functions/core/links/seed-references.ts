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

const decodeReference = (written: string): SeedReference => {
  try {
    return written.split('/').map(decodeURIComponent).join('/');
  } catch {
    return written;
  }
};

/** What an address of a body means: a picture of the site, or what a placeholder stands for; undefined for others. */
export const findReference = (url: string, site: string): SeedReference | undefined => {
  const start = `${site}/images/`;
  const path = url.startsWith(start) ? url.slice(start.length).replace(/[?#].*$/, '') : '';
  return path === '' || isShortenedKey(path) ? parsePlaceholderUrl(url)?.reference : decodeReference(`path/${path}`);
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
  const urls = [image, ...Array.from(html.matchAll(address), ([, url = '']) => url)];
  const found = new Set(urls.flatMap((url) => findReference(url, site) ?? []));
  let length = 0;
  return [...found].slice(0, maxReferences).filter((reference) => {
    length += reference.length;
    return length <= maxReferenceLength;
  });
};

/** Of an entry: what its body refers to, and the paths of what is on the site. */
interface ResolvedReferences {
  readonly references?: readonly SeedReference[];
  readonly links?: Readonly<Record<SeedReference, string>>;
}

const linkElement = /<a ((?:id="[^"]*" )?(?:lang="[^"]*" )?(?:dir="[^"]*" )?)href="([^"]*)"[^<>]*>([\s\S]*?)<\/a>/g;
const imageElement = /(<p(?: [^<>]*)?>)?<img src="([^"]*)" alt="([^"]*)"([^<>]*)>(<\/p>\n?)?/g;

/** The address of what a body refers to; null where it is not there; undefined where the body has the address itself. */
const createReferenceResolver = ({ references = [], links = {} }: ResolvedReferences, site: string) => {
  const known = new Set(references);
  return (written: string): { readonly url: string; readonly fragment: string } | null | undefined => {
    const reference = findReference(written, site);
    if (reference === undefined) return undefined;
    const path = links[reference];
    const placeholder = parsePlaceholderUrl(written);
    if (!placeholder) return path === undefined && known.has(reference) ? null : undefined;
    return path === undefined ? null : { url: toSiteUrl(site, path), fragment: placeholder.fragment };
  };
};

/** Gives a body the addresses of what it refers to. A link to what is not there is text, and so is a picture. */
export const resolveBodyLinks = (html: string, entry: ResolvedReferences, site: string): string => {
  const resolve = createReferenceResolver(entry, site);
  return html
    .replace(linkElement, (element, before: string, written: string, text: string) => {
      const found = resolve(written);
      if (found === undefined) return element;
      if (found === null) return text;
      const part = /\/(?:files|images)\//.test(found.url) ? '' : found.fragment;
      return `<a ${before}href="${found.url}${part}">${text}</a>`;
    })
    .replace(
      imageElement,
      (element, before = '', written: string, alt: string, rest: string, after: string | undefined = '') => {
        const found = resolve(written);
        if (found === undefined) return element;
        const isAlone = before !== '' && after !== '';
        if (found === null && alt === '' && isAlone) return '';
        return `${before}${found ? `<img src="${found.url}" alt="${alt}"${rest}>` : alt}${after}`;
      },
    );
};
