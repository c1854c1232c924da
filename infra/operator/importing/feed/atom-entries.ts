import type { parseFeed } from 'feedsmith';
import { plainText } from '../plain-text.ts';
import { type FeedContents, type FeedEntry, htmlOfText, present } from './feed-entry.ts';

type Atom = Extract<ReturnType<typeof parseFeed<string>>, { format: 'atom' }>['feed'];
type Entry = NonNullable<Atom['entries']>[number];

/** A text construct of RFC 4287, 3.1: without a type it is text. */
interface Construct {
  readonly type?: string | undefined;
  readonly value?: string | undefined;
}

const isMarkup = (type: string | undefined): boolean => /html|xml/i.test(type ?? '');

const htmlOf = (construct: Construct | undefined): string | undefined => {
  if (construct?.value === undefined) return undefined;
  return isMarkup(construct.type) ? construct.value : htmlOfText(construct.value);
};

const lineOf = (construct: Construct | undefined): string | undefined => {
  if (construct?.value === undefined) return undefined;
  return isMarkup(construct.type) ? plainText(construct.value) : construct.value;
};

const linkOf = ({ links = [] }: Pick<Entry, 'links'>): string | undefined =>
  links.find(({ rel }) => rel === undefined || rel === 'alternate')?.href;

const entryOf = (entry: Entry): FeedEntry => {
  const { links = [], authors = [], categories = [], media, xml } = entry;
  const content = htmlOf(entry.content);
  const summary = htmlOf(entry.summary);
  const files = links.filter(({ rel }) => rel === 'enclosure');
  const isPicture = (type: string | undefined): boolean => /^image\//i.test(type ?? '');
  return {
    id: entry.id,
    link: linkOf(entry),
    title: lineOf(entry.title),
    published: entry.published ?? entry.updated,
    updated: entry.updated,
    authors: present(...authors.map(({ name }) => name)),
    topics: present(...categories.map(({ label, term }) => label ?? term)),
    content: content ?? summary,
    summary: content === undefined ? undefined : summary,
    image: files.find(({ type }) => isPicture(type))?.href ?? media?.thumbnails?.[0]?.url,
    language: xml?.lang,
    enclosures: present(...files.map(({ type, href }) => (isPicture(type) ? undefined : href))),
    base: entry.content?.xml?.base ?? xml?.base,
  };
};

/** The entries of an Atom feed (RFC 4287). Who names no author has the feed's. */
export const atomEntries = (feed: Atom): FeedContents => {
  const common = present(...(feed.authors ?? []).map(({ name }) => name));
  const entries = (feed.entries ?? []).map(entryOf);
  return {
    site: feed.xml?.base ?? linkOf(feed),
    language: feed.xml?.lang,
    entries: entries.map((entry) => (entry.authors.length > 0 ? entry : { ...entry, authors: common })),
  };
};
