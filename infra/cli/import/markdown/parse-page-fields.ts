import { selectPublished, selectTopics } from '../../../../functions/core/article/markdown/apply-front-matter.ts';
import { readFields } from '../../../../functions/core/article/markdown/check-front-matter.ts';
import { isJekyllPage, selectKnownFields } from '../../../../functions/core/article/markdown/select-known-fields.ts';
import { collapseWhitespace } from '../../../../functions/core/text/collapse-whitespace.ts';
import { formatIsoDay } from '../../../../functions/core/text/format-date.ts';
import type { SiteKind } from './detect-site-kind.ts';

type Fields = Readonly<Record<string, unknown>>;

interface PageOrigin {
  readonly path: string;
  readonly kind: SiteKind;
  readonly timeZone: string;
  readonly modified: string;
}

const toLine = (value: unknown): string | undefined =>
  typeof value === 'string' ? collapseWhitespace(value) || undefined : undefined;

/** Addresses and pictures stay as they are written: they stand for places of the old site. */
export const parsePageFields = (fields: Fields, { path, kind, timeZone, modified }: PageOrigin) => {
  const { values, spellings } = selectKnownFields(fields);
  const partsTagsAtBlanks = kind === 'jekyll' || (kind === 'plain' && isJekyllPage(fields, path));
  const origin = {
    key: path,
    timeZone,
    uploadedAt: modified,
    tagSeparator: partsTagsAtBlanks ? ('blank' as const) : ('comma' as const),
    resolve: (written: string) => written,
  };
  const { slug, id, canonical, permalink, ...others } = values;
  const found = readFields(origin, others, () => true);
  const { fields: read, skipped } = 'wrong' in found ? { fields: {}, skipped: found.wrong } : found;
  const published = selectPublished(read);
  return {
    title: read.title || undefined,
    published,
    day: published && formatIsoDay(published.at, { language: 'en', timeZone }),
    isDateInvalid: published === undefined && (skipped.includes('date') || skipped.includes('publishDate')),
    expires: read.expires?.at,
    updated: read.updated?.at,
    slug: toLine(slug)?.replace(/\/+$/, '').split('/').at(-1),
    // Hugo's name for the address, which is another thing in other files.
    address: toLine(fields.url) ?? toLine(permalink),
    aliases: [...(read.aliases ?? []), ...(read.redirectFrom ?? [])],
    categories: read.categories ?? [],
    topics: selectTopics(read),
    authors: read.authors ?? [],
    editors: read.editors,
    summary: read.summary || undefined,
    image: read.image && { ...read.image, alt: read.image.alt || (read.imageAlt ?? '') },
    language: read.lang,
    canonical: toLine(canonical),
    // The one that exports of WordPress for Jekyll have.
    id: toLine(id) ?? toLine(fields.guid),
    source: read.source ?? read.agency,
    dateline: read.place ? { place: read.place, ...(read.agency && { agency: read.agency }) } : undefined,
    correction: read.correction
      ? { text: read.correction, ...(read.corrected && { at: read.corrected.at }) }
      : undefined,
    email: read.email,
    featured: read.featured,
    invalidFields: skipped.map((name) => spellings.get(name) ?? name),
  };
};

export type PageFields = ReturnType<typeof parsePageFields>;
