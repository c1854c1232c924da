import { parseFeed } from 'feedsmith';
import { toPlainText } from '../../../../functions/core/article/body/plain-text.ts';
import { SeedRejected } from '../../../../functions/core/article.ts';
import { collapseWhitespace } from '../../../../functions/core/text/collapse-whitespace.ts';
import { parseLanguageTag } from '../../../../functions/core/text/language.ts';
import { CliError } from '../../output/cli-error.ts';
import type { SeedContent } from '../../seeds/format-seed.ts';
import { cleanSourceHtml } from '../source/clean-source-html.ts';
import { parseSiteAddress, parseSlugFromAddress, resolveWebAddress } from '../source/old-address.ts';
import { parseSourceTime, selectLaterChange } from '../source/parse-source-time.ts';
import { readJsonParts } from '../source/read-json-parts.ts';
import { readStart } from '../source/read-source-text.ts';
import { readXmlParts } from '../source/read-xml-parts.ts';
import { convertOrSkip, type SourceItem, type SourceSettings } from '../source/source-item.ts';
import { toEntryId } from '../source/to-entry-id.ts';
import { toTitle } from '../source/to-plain-line.ts';
import { addBloggerParagraphs, readEntryFacts } from './blogger-entry.ts';
import { convertAtomFeed } from './convert-atom-feed.ts';
import { convertJsonFeed } from './convert-json-feed.ts';
import { convertRdfFeed, convertRssFeed } from './convert-rss-feed.ts';
import type { FeedContents, FeedEntry } from './feed-entry.ts';

/** Characters. */
const maxFrameLength = 4 * 1024 * 1024;

const parseFeedContents = (text: string): FeedContents => {
  const parsed = parseFeed(text);
  if (parsed.format === 'rss') return convertRssFeed(parsed.feed);
  if (parsed.format === 'atom') return convertAtomFeed(parsed.feed);
  return parsed.format === 'rdf' ? convertRdfFeed(parsed.feed) : convertJsonFeed(parsed.feed);
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
    oldAddresses: [link ?? entry.link ?? ''].filter((each) => /^(?:https?:|\/)/.test(each)),
    article: {
      title,
      ...dates,
      authors: entry.authors.length > 0 ? entry.authors : settings.authors,
      topics: entry.topics,
      summary: selectSummary(entry.summary),
      slug: entry.link === undefined ? undefined : parseSlugFromAddress(link ?? entry.link),
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

/** What a feed has besides its entries, and what makes a feed of one entry. */
interface FeedFrame {
  readonly contents: FeedContents;
  readonly wrap: (entry: string) => string;
  readonly isBlogger: boolean;
}

/** A parser takes no feed that has nothing. */
const wrapJsonItem = (item: string): string =>
  `{"version":"https://jsonfeed.org/version/1.1","title":"-","items":[${item}]}`;

const createXmlWrapper = (frame: string): FeedFrame['wrap'] => {
  const [root = '', name = ''] = /<((?:[\w.-]{1,40}:)?(?:rss|feed|RDF))(?:\s[^>]{0,20000})?>/.exec(frame) ?? [];
  const [channel = ''] = name === 'rss' ? (/<channel(?:\s[^>]{0,20000})?>/.exec(frame) ?? []) : [];
  return (entry) => `${root}${channel}<title>-</title>${entry}${channel === '' ? '' : '</channel>'}</${name}>`;
};

const parseFrame = (frame: string, isJson: boolean): FeedFrame => {
  try {
    const isBlogger =
      /<generator[^>]{0,500}>\s*Blogger\s*</.test(frame) || frame.includes('schemas.google.com/blogger');
    return { contents: parseFeedContents(frame), wrap: isJson ? wrapJsonItem : createXmlWrapper(frame), isBlogger };
  } catch (cause) {
    throw new CliError('It cannot be read as an RSS, Atom or JSON feed.', undefined, { cause });
  }
};

interface FeedPart {
  readonly kind: 'item' | 'frame';
  readonly text: string;
}

/** The parts of a feed, an entry at a time. */
async function* readFeedParts(chunks: AsyncIterable<string>): AsyncGenerator<FeedPart> {
  const { start, all } = await readStart(chunks);
  if (/^\ufeff?\s*\{/.test(start))
    for await (const { kind, json } of readJsonParts(all, (path) => (path === 'items' ? 'items' : 'keep')))
      yield { kind, text: json };
  else
    for await (const { kind, xml } of readXmlParts(all, /<(?:[\w.-]{1,40}:)?feed[\s>]/.test(start) ? 'entry' : 'item'))
      yield { kind, text: xml };
}

const readFrame = async (chunks: AsyncIterable<string>): Promise<FeedFrame> => {
  let frame = '';
  for await (const { kind, text } of readFeedParts(chunks)) {
    if (kind === 'frame') frame += text;
    if (frame.length > maxFrameLength)
      throw new CliError('It has more than 4 MB outside of its entries: it is no feed.');
  }
  return parseFrame(frame, /^\ufeff?\s*\{/.test(frame));
};

const addParagraphsTo = (entry: FeedEntry): FeedEntry => ({
  ...entry,
  content: entry.content && addBloggerParagraphs(entry.content),
});

const parseEntry = (text: string): FeedEntry => {
  try {
    const [entry] = parseFeedContents(text).entries;
    if (entry) return entry;
  } catch (cause) {
    throw new SeedRejected('it cannot be read as an entry of a feed', undefined, { cause });
  }
  throw new SeedRejected('it has no text');
};

/**
 * An entry at a time.
 * @param open reads the file from its beginning: what the feed says of itself may stand behind its entries
 */
export async function* readFeed(
  open: () => AsyncIterable<string>,
  settings: SourceSettings,
): AsyncGenerator<SourceItem> {
  const { contents, wrap, isBlogger } = await readFrame(open());
  const { site, language, authors = [] } = contents;
  const known = { ...settings, site: settings.base ?? parseSiteAddress(site), language, authors };
  let count = 0;
  for await (const { kind, text } of readFeedParts(open())) {
    if (kind === 'frame') continue;
    count += 1;
    const place = `entry ${count}`;
    yield convertOrSkip({ place, title: '' }, () => {
      const { skipReason: reason, path } = readEntryFacts(text);
      const parsed = parseEntry(wrap(text));
      const entry = { ...parsed, link: parsed.link ?? path };
      if (reason !== undefined)
        return { kind: 'left out', place, title: collapseWhitespace(entry.title ?? ''), reason };
      return convertFeedEntry(isBlogger ? addParagraphsTo(entry) : entry, place, known);
    });
  }
}
