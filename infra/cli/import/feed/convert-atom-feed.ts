import type { parseFeed } from 'feedsmith';
import { toPlainLine } from '../source/to-plain-line.ts';
import { isKindScheme } from './blogger-entry.ts';
import { type FeedContents, type FeedEntry, selectPresent, textToHtml } from './feed-entry.ts';

type Atom = Extract<ReturnType<typeof parseFeed<string>>, { format: 'atom' }>['feed'];
type AtomEntry = NonNullable<Atom['entries']>[number];

/** A text construct of RFC 4287, 3.1: without a type it is text. */
interface AtomText {
  readonly type?: string | undefined;
  readonly value?: string | undefined;
}

const isMarkup = (type: string | undefined): boolean => /html|xml/i.test(type ?? '');

const toHtml = (construct: AtomText | undefined): string | undefined => {
  if (construct?.value === undefined) return undefined;
  return isMarkup(construct.type) ? construct.value : textToHtml(construct.value);
};

const toLine = (construct: AtomText | undefined): string | undefined => {
  if (construct?.value === undefined) return undefined;
  return isMarkup(construct.type) ? toPlainLine(construct.value) : construct.value;
};

const findLink = ({ links = [] }: Pick<AtomEntry, 'links'>): string | undefined =>
  links.find(({ rel }) => rel === undefined || rel === 'alternate')?.href;

const convertAtomEntry = (entry: AtomEntry): FeedEntry => {
  const { links = [], authors = [], categories = [], media, xml } = entry;
  const content = toHtml(entry.content);
  const summary = toHtml(entry.summary);
  const files = links.filter(({ rel }) => rel === 'enclosure');
  const isImageType = (type: string | undefined): boolean => /^image\//i.test(type ?? '');
  return {
    id: entry.id,
    link: findLink(entry),
    title: toLine(entry.title),
    published: entry.published ?? entry.updated,
    updated: entry.updated,
    authors: selectPresent(...authors.map(({ name }) => name)),
    topics: selectPresent(
      ...categories.map(({ label, term, scheme }) => (isKindScheme(scheme) ? undefined : (label ?? term))),
    ),
    content: content ?? summary,
    summary: content === undefined ? undefined : summary,
    image: files.find(({ type }) => isImageType(type))?.href ?? media?.thumbnails?.[0]?.url,
    language: xml?.lang,
    enclosures: selectPresent(...files.map(({ type, href }) => (isImageType(type) ? undefined : href))),
    base: entry.content?.xml?.base ?? xml?.base,
  };
};

/** The entries of an Atom feed (RFC 4287). */
export const convertAtomFeed = (feed: Atom): FeedContents => ({
  site: feed.xml?.base ?? findLink(feed),
  language: feed.xml?.lang,
  authors: selectPresent(...(feed.authors ?? []).map(({ name }) => name)),
  entries: (feed.entries ?? []).map(convertAtomEntry),
});
