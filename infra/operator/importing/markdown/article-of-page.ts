import { posix } from 'node:path';
import { SeedRejected, type StatedTime } from '../../../../functions/core/article/article.ts';
import { cleanLine } from '../../../../functions/core/article/clean-text.ts';
import { canonicalLanguage } from '../../../../functions/core/language.ts';
import type { MovedArticle } from '../../moving/format-seed.ts';
import type { Found, FoundArticle, SourceSettings } from '../found.ts';
import { keepId } from '../keep-id.ts';
import { addressFrom } from '../old-address.ts';
import { readTime } from '../read-time.ts';
import { settleHtml } from '../settle-html.ts';
import { type PageFields, readFields } from './page-fields.ts';
import { type PagePlace, placeOf } from './page-place.ts';
import { parsePage } from './parse-page.ts';
import { type Replaced, replaceHugo, replaceLiquid } from './replace-shortcodes.ts';
import { openSettling, type Settling } from './settle-addresses.ts';
import type { SiteKind } from './site-kind.ts';

/** The folder that a page stands in. */
export interface Site {
  readonly kind: SiteKind;
  readonly root: string;
  readonly files: ReadonlySet<string>;
  readonly permalink?: string | undefined;
  readonly settings: SourceSettings;
}

export interface PageFile {
  readonly path: string;
  /** Clean, with \n at the end of its lines. */
  readonly text: string;
  /** The instant of its last change. */
  readonly modified: string;
}

const withoutContent = (file: string): string => file.replace(/^content\//, '');

const replaceTags = (text: string, kind: SiteKind): Replaced => {
  if (kind === 'hugo') return replaceHugo(text);
  return kind === 'plain' ? { text, remarks: [] } : replaceLiquid(text);
};

/** Eleventy takes a date from the file, or from the repository, which is not asked here. */
const fromFile = /^(?:last modified|created|git (?:last modified|created))$/i;

const dateOf = (
  { date }: PageFields,
  { day }: PagePlace,
  { modified, site }: { readonly modified: string; readonly site: Site },
): { readonly date: StatedTime; readonly remarks: readonly string[] } | { readonly reason: string } => {
  const { timeZone } = site.settings;
  const written = date === undefined || fromFile.test(date) ? day : date;
  if (written !== undefined) {
    const read = readTime(written, timeZone);
    return read ? { date: read, remarks: [] } : { reason: 'its date cannot be read' };
  }
  if (date === undefined && (site.kind === 'hugo' || site.kind === 'jekyll'))
    return { reason: 'it has no date, as pages have none' };
  return {
    date: { at: modified, dateOnly: false },
    remarks: ["it has no date: that of its file's last change is taken"],
  };
};

const listOf = (words: string | readonly string[], separator: RegExp): readonly string[] =>
  typeof words === 'string' ? words.split(separator) : words;

const topicsOf = ({ categories, tags }: PageFields, kind: SiteKind): string[] => {
  const separator = kind === 'jekyll' ? /[\s,]+/ : /,/;
  const all = [...listOf(categories, separator), ...listOf(tags, separator)].map(cleanLine).filter(Boolean);
  // Eleventy gathers what it lists under these.
  const own = kind === 'eleventy' ? new Set(['post', 'posts', 'all']) : new Set<string>();
  return [...new Set(all)].filter((topic) => !own.has(topic));
};

/** By the rules of the feeds that each system makes: jekyll-feed leaves the ending out. */
const idOf = (
  fields: PageFields,
  { path, slug }: PagePlace,
  { kind, settings }: Site,
): string | undefined => {
  const stated = fields.id === undefined ? undefined : keepId(fields.id, undefined);
  if (stated !== undefined || settings.base === undefined || path === undefined) return stated;
  const isJekyll = kind === 'jekyll' && slug !== undefined;
  return keepId(settings.base + (isJekyll ? posix.join(posix.dirname(path), slug) : path), undefined);
};

const imageOf = ({ image }: PageFields, settling: Settling): Pick<MovedArticle, 'image'> => {
  const url = image && settling.picture(image.url);
  return image && url !== undefined ? { image: { ...image, url } } : {};
};

const headline = /^\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)/;

const whyNot = (fields: PageFields, path: string): string | undefined => {
  if (fields.isDraft || /(?:^|\/)_drafts\//.test(path)) return 'it is a draft';
  return fields.isPublished ? undefined : 'it is not published';
};

const bodyOf = (text: string, { path, settling }: { path: string; settling: Settling }, address?: string) => {
  if (!/\.html?$/i.test(path))
    return { body: { kind: 'markdown', text: settling.text(text) }, remarks: [] } as const;
  const { html, remarks } = settleHtml(text, address);
  return { body: { kind: 'html', html }, remarks } as const;
};

/** The article that a page is, or why it is none. @throws {SeedRejected} for front matter that cannot be read */
export const articleOfPage = ({ path, text, modified }: PageFile, site: Site): Found => {
  const page = parsePage(text);
  const fields = readFields(page.fields);
  const title = fields.title ?? cleanLine(headline.exec(page.body)?.[1] ?? '');
  const of = { place: path, title };
  const reason = whyNot(fields, path);
  if (reason !== undefined) return { kind: 'left out', ...of, reason };
  const place = placeOf(path, fields, site);
  const dated = dateOf(fields, place, { modified, site });
  if ('reason' in dated) return { kind: 'left out', ...of, reason: dated.reason };
  if (title === '') throw new SeedRejected('it has no title');
  return { kind: 'article', ...settlePage({ page, fields, title, place, dated, path }, site) };
};

interface ReadPage {
  readonly page: ReturnType<typeof parsePage>;
  readonly fields: PageFields;
  readonly title: string;
  readonly place: PagePlace;
  readonly dated: { readonly date: StatedTime; readonly remarks: readonly string[] };
  readonly path: string;
}

const settlePage = (
  { page, fields, title, place, dated, path }: ReadPage,
  site: Site,
): Omit<FoundArticle, 'kind'> => {
  const { base, prefix, timeZone } = site.settings;
  const old = [place.path, ...fields.aliases].filter((each) => each !== undefined);
  const addresses = old.map((each) => addressFrom(each, base) ?? each);
  const address = base === undefined ? undefined : addressFrom(addresses[0] ?? '/', base);
  const pathOf = site.kind === 'hugo' ? withoutContent : (file: string) => file;
  const from = posix.dirname(path) === '.' ? '' : posix.dirname(path);
  const settling = openSettling({ files: site.files, from, prefix, pathOf, address });
  const replaced = replaceTags(page.body, site.kind);
  const { body, remarks } = bodyOf(replaced.text, { path, settling }, address);
  const image = imageOf(fields, settling);
  const updated = fields.updated === undefined ? undefined : readTime(fields.updated, timeZone);
  const language = canonicalLanguage(fields.language ?? place.language ?? '');
  const canonical = addressFrom(fields.canonical ?? '', base);
  const id = idOf(fields, place, site);
  return {
    ...{
      place: path,
      folder: place.folder,
      oldAddresses: addresses.filter((each) => /^(?:https?:|\/)/.test(each)),
    },
    article: {
      ...{ title, date: dated.date, authors: fields.authors, topics: topicsOf(fields, site.kind), body },
      ...(updated && updated.at > dated.date.at && { updated: updated.at }),
      ...(fields.summary !== undefined && { summary: fields.summary }),
      ...(place.slug !== undefined && { slug: place.slug }),
      ...(id !== undefined && { id }),
      ...image,
      ...(language !== undefined && { language }),
      ...(canonical !== undefined && { canonical }),
    },
    pictures: [...settling.pictures].map((file) => ({
      file: posix.join(site.root, file),
      path: pathOf(file),
    })),
    remarks: [
      ...fields.unread.map((name) => `a field of its front matter cannot be read: ${name}`),
      ...dated.remarks,
      ...replaced.remarks,
      ...settling.remarks,
      ...remarks,
    ],
  };
};
