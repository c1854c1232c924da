import { parseFeed } from 'feedsmith';
import { bodyText } from '../../../../functions/core/article/body-text.ts';
import { canonicalLanguage } from '../../../../functions/core/language.ts';
import { OperatorError } from '../../failures.ts';
import type { MovedArticle } from '../../moving/format-seed.ts';
import { firstWords } from '../first-words.ts';
import type { Found, SourceSettings } from '../found.ts';
import { keepId } from '../keep-id.ts';
import { addressFrom, siteOf, slugOfAddress } from '../old-address.ts';
import { orLeftOut } from '../or-left-out.ts';
import { readTime } from '../read-time.ts';
import { settleHtml } from '../settle-html.ts';
import { atomEntries } from './atom-entries.ts';
import type { FeedContents, FeedEntry } from './feed-entry.ts';
import { jsonEntries } from './json-entries.ts';
import { rdfEntries, rssEntries } from './rss-entries.ts';

const parse = (text: string): FeedContents => {
  try {
    const parsed = parseFeed(text);
    if (parsed.format === 'rss') return rssEntries(parsed.feed);
    if (parsed.format === 'atom') return atomEntries(parsed.feed);
    return parsed.format === 'rdf' ? rdfEntries(parsed.feed) : jsonEntries(parsed.feed);
  } catch (cause) {
    throw new OperatorError('It cannot be read as an RSS, Atom or JSON feed.', undefined, { cause });
  }
};

interface FeedSettings extends SourceSettings {
  readonly site: string | undefined;
  readonly language: string | undefined;
}

/** A teaser that the old system cut from the text says nothing that the text does not. */
const summaryOf = (written: string | undefined): string | undefined => {
  const text = written === undefined ? '' : bodyText(written).replace(/\s+/g, ' ').trim();
  return text === '' || /(?:\[?…\]?|\[?\.\.\.\]?)$/.test(text) ? undefined : text;
};

const datesOf = (
  entry: FeedEntry,
  { timeZone }: FeedSettings,
): Pick<MovedArticle, 'date' | 'updated'> & { readonly remarks: readonly string[] } => {
  const date = entry.published === undefined ? undefined : readTime(entry.published, timeZone);
  const updated = entry.updated === undefined ? undefined : readTime(entry.updated, timeZone);
  return {
    ...(date && { date }),
    ...(date && updated && updated.at > date.at && { updated: updated.at }),
    remarks: entry.published !== undefined && !date ? ['its date cannot be read, and it has none now'] : [],
  };
};

const idOf = (entry: FeedEntry, link: string | undefined, { site }: FeedSettings) => {
  // Where an entry has no id, readers take its address for one.
  const written = entry.id ?? link;
  const id = written === undefined ? undefined : keepId(written, site);
  const isKept = id === undefined ? written === undefined : id === written?.trim();
  return { id, remarks: isKept ? [] : ['its id is no IRI, and is written as one'] };
};

const articleOf = (entry: FeedEntry, place: string, settings: FeedSettings): Found => {
  const base = siteOf(addressFrom(entry.base ?? '', settings.site)) ?? settings.site;
  const stated = entry.title?.replace(/\s+/g, ' ').trim() ?? '';
  if (!entry.content?.trim()) return { kind: 'left out', place, title: stated, reason: 'it has no text' };
  const title = stated || firstWords(bodyText(entry.content));
  const link = entry.link === undefined ? undefined : addressFrom(entry.link, base);
  const files = entry.enclosures.map((file) => `<p>${addressFrom(file, base) ?? ''}</p>`).join('\n');
  const body = settleHtml(`${entry.content}\n${files}`, `${link ?? base ?? ''}` || undefined);
  const { id, remarks: ofId } = idOf(entry, link, settings);
  const { remarks: ofDates, ...dates } = datesOf(entry, settings);
  const summary = summaryOf(entry.summary);
  const image = entry.image === undefined ? undefined : addressFrom(entry.image, base);
  const language = canonicalLanguage(entry.language ?? settings.language ?? '');
  const slug = link === undefined ? undefined : slugOfAddress(link);
  return {
    ...{ kind: 'article', place, folder: '', pictures: [], oldAddresses: link === undefined ? [] : [link] },
    article: {
      ...{ title, ...dates, authors: entry.authors, topics: entry.topics },
      ...(summary !== undefined && { summary }),
      ...(slug !== undefined && { slug }),
      ...(id !== undefined && { id }),
      ...(image !== undefined && { image: { url: image, alt: '' } }),
      ...(language !== undefined && { language }),
      body: { kind: 'html', html: body.html },
    },
    remarks: [
      ...(stated === '' ? ['it has no title: its first words are one'] : []),
      ...ofId,
      ...ofDates,
      ...body.remarks,
      ...(entry.enclosures.length > 0 ? ['a file that it carries is a link now'] : []),
    ],
  };
};

/**
 * Reads the file of an RSS, Atom or JSON feed: each entry keeps its id, its dates and the last part of its address.
 * @throws {OperatorError} where it is none of them
 */
export function* readFeed(text: string, settings: SourceSettings): Generator<Found> {
  const { site, language, entries } = parse(text);
  const known = { ...settings, site: settings.base ?? siteOf(site), language };
  for (const [index, entry] of entries.entries()) {
    const place = `entry ${index + 1}`;
    yield orLeftOut({ place, title: entry.title ?? '' }, () => articleOf(entry, place, known));
  }
}
