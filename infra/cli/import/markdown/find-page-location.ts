import { posix } from 'node:path';
import { parseSlug } from '../source/old-address.ts';
import type { SiteKind } from './detect-site-kind.ts';
import type { PageFields } from './parse-page-fields.ts';

export interface PageLocation {
  /** Folder of its seed below the prefix, with a slash at its end. */
  readonly folder: string;
  readonly slug: string | undefined;
  readonly day: string | undefined;
  readonly language: string | undefined;
  /** Its old path, by its front matter or else by its system's own rule. */
  readonly oldPath: string | undefined;
}

const languageSuffix = /^(.+)\.([a-z]{2}(?:-[a-z]{2})?)$/i;
const datePrefix = /^(\d{4}-\d{1,2}-\d{1,2})-(.+)$/;

const addTrailingSlash = (path: string): string => (path === '' || path.endsWith('/') ? path : `${path}/`);

/**
 * `_posts/2024-05-01-name.md` stands at `/category/2024/05/01/name.html`, unless the settings say otherwise. A date in
 * the front matter counts more than that of the name.
 */
const formatJekyllPath = (place: Omit<PageLocation, 'oldPath'>, fields: PageFields, pattern: string) => {
  const day = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(fields.day ?? place.day ?? '');
  if (!day || place.slug === undefined) return undefined;
  const [, year = '', month = '', of = ''] = day;
  const categories = fields.categories.map((each) => parseSlug(each) ?? '').filter(Boolean);
  const parts: Readonly<Record<string, string>> = {
    year,
    month: month.padStart(2, '0'),
    day: of.padStart(2, '0'),
    i_month: String(Number(month)),
    i_day: String(Number(of)),
    short_year: year.slice(2),
    title: place.slug,
    slug: place.slug,
    categories: categories.join('/'),
    output_ext: '.html',
  };
  const placeholder = /:(\w+)/g;
  const known = Array.from(pattern.matchAll(placeholder)).every(([, name = '']) => Object.hasOwn(parts, name));
  return known
    ? `/${pattern.replace(placeholder, (_all, name) => parts[name] ?? '')}`.replace(/\/{2,}/g, '/')
    : undefined;
};

const permalinkStyles: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title.html',
  pretty: '/:categories/:year/:month/:day/:title/',
  none: '/:categories/:title.html',
};

const toOldPath = (address: string | undefined): string | undefined =>
  address === undefined || /[:{}[\]]|^false$/.test(address)
    ? undefined
    : `/${address.replace(/^\/+|index\.html$/g, '')}`;

export const findPageLocation = (
  path: string,
  fields: PageFields,
  { kind, permalink = 'date' }: { readonly kind: SiteKind; readonly permalink?: string | undefined },
): PageLocation => {
  const inside = kind === 'hugo' ? path.replace(/^content\//, '') : path;
  const { dir, name: written } = posix.parse(inside);
  // Hugo tells translations apart by the names of their files: post.pt.md
  const [, name = written, language] = (kind === 'hugo' && languageSuffix.exec(written)) || [];
  const folder = addTrailingSlash(dir);
  const isIndex = name === 'index';
  const bare = isIndex ? posix.basename(dir) : name;
  const [, day, rest = bare] = datePrefix.exec(bare) ?? [];
  // Hugo and Eleventy leave a date in the name of a file where it is, unless told otherwise.
  const slug = parseSlug(fields.slug ?? (day === undefined ? bare : rest));
  const place = { folder, slug, day, language };
  const address = toOldPath(fields.address);
  if (address !== undefined) return { ...place, oldPath: address };
  if (kind === 'plain') return { ...place, oldPath: undefined };
  if (kind === 'jekyll') {
    const pattern = fields.address?.startsWith('/:') ? fields.address : (permalinkStyles[permalink] ?? permalink);
    return { ...place, oldPath: formatJekyllPath(place, fields, pattern) };
  }
  const parent = isIndex ? posix.dirname(dir) : dir;
  const last = kind === 'hugo' ? (fields.slug ?? bare) : (rest ?? bare);
  return { ...place, oldPath: `/${addTrailingSlash(parent === '.' ? '' : parent)}${last}/` };
};
