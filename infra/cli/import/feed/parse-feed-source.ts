import { parseFeed } from 'feedsmith';
import { toPlainText } from '../../../../functions/core/article/body/plain-text.ts';
import { collapseWhitespace } from '../../../../functions/core/text/collapse-whitespace.ts';
import { parseLanguageTag } from '../../../../functions/core/text/language.ts';
import { CliError } from '../../output/cli-error.ts';
import type { SeedContent } from '../../seeds/format-seed.ts';
import { cleanSourceHtml } from '../source/clean-source-html.ts';
import { parseSiteAddress, parseSlugFromAddress, resolveWebAddress } from '../source/old-address.ts';
import { parseSourceTime, selectLaterChange } from '../source/parse-source-time.ts';
import { convertOrSkip, type SourceItem, type SourceSettings } from '../source/source-item.ts';
import { toEntryId } from '../source/to-entry-id.ts';
import { toTitle } from '../source/to-plain-line.ts';
import { convertAtomFeed } from './convert-atom-feed.ts';
import { convertJsonFeed } from './convert-json-feed.ts';
import { convertRdfFeed, convertRssFeed } from './convert-rss-feed.ts';
import type { FeedContents, FeedEntry } from './feed-entry.ts';

const parseFeedContents = (text: string): FeedContents => {
  try {
    const parsed = parseFeed(text);
    if (parsed.format === 'rss') return convertRssFeed(parsed.feed);
    if (parsed.format === 'atom') return convertAtomFeed(parsed.feed);
    return parsed.format === 'rdf' ? convertRdfFeed(parsed.feed) : convertJsonFeed(parsed.feed);
  } catch (cause) {
    throw new CliError('It cannot be read as an RSS, Atom or JSON feed.', undefined, { cause });
  }
};

interface FeedSettings extends SourceSettings {
  readonly site: string | undefined;
  readonly language: string | undefined;
  /** Of entries that name none. */
  readonly authors: readonly string[];
}

/** A teaser that the old system cut from the text says nothing that the text does not. */
const selectSummary = (written: string | undefined): string | undefined => {
  const text = written === undefined ? '' : collapseWhitespace(toPlainText(written));
  return text === '' || /(?:\[?…\]?|\[?\.\.\.\]?)$/.test(text) ? undefined : text;
};

const parseDates = (
  entry: FeedEntry,
  { timeZone }: FeedSettings,
): Pick<SeedContent, 'date' | 'updated'> & { readonly remarks: readonly string[] } => {
  const date = entry.published === undefined ? undefined : parseSourceTime(entry.published, timeZone);
  const updated = entry.updated === undefined ? undefined : parseSourceTime(entry.updated, timeZone);
  return {
    date,
    updated: selectLaterChange(date, updated),
    remarks: entry.published !== undefined && !date ? ['its date cannot be read and is left out'] : [],
  };
};

const selectId = (entry: FeedEntry, link: string | undefined, { site }: FeedSettings) => {
  // Where an entry has no id, readers take its address for one.
  const written = entry.id ?? link;
  const id = written === undefined ? undefined : toEntryId(written, site);
  const isKept = id === undefined ? written === undefined : id === written?.trim();
  return { id, remarks: isKept ? [] : ['its id is not an IRI and was turned into one'] };
};

const convertFeedEntry = (entry: FeedEntry, place: string, settings: FeedSettings): SourceItem => {
  const base = parseSiteAddress(resolveWebAddress(entry.base ?? '', settings.site)) ?? settings.site;
  const stated = collapseWhitespace(entry.title ?? '');
  if (!entry.content?.trim()) return { kind: 'left out', place, title: stated, reason: 'it has no text' };
  const title = stated || toTitle(toPlainText(entry.content));
  const link = entry.link === undefined ? undefined : resolveWebAddress(entry.link, base);
  const files = entry.enclosures.map((file) => `<p>${resolveWebAddress(file, base) ?? ''}</p>`).join('\n');
  const body = cleanSourceHtml(`${entry.content}\n${files}`, `${link ?? base ?? ''}` || undefined);
  const { id, remarks: ofId } = selectId(entry, link, settings);
  const { remarks: ofDates, ...dates } = parseDates(entry, settings);
  const image = entry.image === undefined ? undefined : resolveWebAddress(entry.image, base);
  return {
    kind: 'article',
    place,
    oldAddresses: link === undefined ? [] : [link],
    article: {
      title,
      ...dates,
      authors: entry.authors.length > 0 ? entry.authors : settings.authors,
      topics: entry.topics,
      summary: selectSummary(entry.summary),
      slug: link === undefined ? undefined : parseSlugFromAddress(link),
      id,
      image: image === undefined ? undefined : { url: image, alt: '' },
      language: parseLanguageTag(entry.language ?? settings.language ?? ''),
      body: { kind: 'html', html: body.html },
    },
    remarks: [
      ...(stated === '' ? ['it has no title: its first words are used'] : []),
      ...ofId,
      ...ofDates,
      ...body.remarks,
      ...(entry.enclosures.length > 0 ? ['an attached file was replaced by a link'] : []),
    ],
  };
};

export function* parseFeedSource(text: string, settings: SourceSettings): Generator<SourceItem> {
  const { site, language, authors = [], entries } = parseFeedContents(text);
  const known = { ...settings, site: settings.base ?? parseSiteAddress(site), language, authors };
  for (const [index, entry] of entries.entries()) {
    const place = `entry ${index + 1}`;
    yield convertOrSkip({ place, title: entry.title ?? '' }, () => convertFeedEntry(entry, place, known));
  }
}
