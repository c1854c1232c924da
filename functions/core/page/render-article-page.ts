import type { Entry, FullEntry } from '../entry.ts';
import { directionOf } from '../language.ts';
import { addressOf, sitePaths } from '../site-paths.ts';
import { prepareBody } from './article-body.ts';
import { type Property, renderDocument } from './document.ts';
import { joinNames, linkTopic, viewEntry } from './entry-view.ts';
import { buildJsonLd } from './json-ld.ts';
import { dayOf, formatMoment, formatReadingTime } from './moment.ts';
import type { SitePage } from './site-page.ts';
import { fillPhrase, readWords } from './words.ts';

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A summary taken from the opening would only say it twice. */
const opens = ({ summary, text }: FullEntry): boolean =>
  flat(text).startsWith(flat(summary).replace(/\s*(…|\.\.\.)$/, ''));

const escapedAddress = (url: string): string => url.replaceAll('&', '&amp;');

/** A change that readers should be told of: later than the shown time of publication. */
const isRevised = ({ published, updated, dateOnly }: Entry, { publication }: SitePage): boolean =>
  dateOnly
    ? dayOf(updated, publication) > dayOf(published, publication)
    : Date.parse(updated) - Date.parse(published) > 60_000;

const propertiesOf = (entry: Entry, { site, publication }: SitePage): Property[] => [
  {
    property: 'article:published_time',
    content: entry.dateOnly ? dayOf(entry.published, publication) : entry.published,
  },
  { property: 'article:modified_time', content: entry.updated },
  ...entry.authors.map((author) => ({
    property: 'article:author',
    content: addressOf(site, sitePaths.author(author)),
  })),
  ...entry.topics.map(({ name }) => ({ property: 'article:tag', content: name })),
  ...(entry.image
    ? [
        { property: 'og:image', content: entry.image.url },
        ...(entry.image.alt ? [{ property: 'og:image:alt', content: entry.image.alt }] : []),
      ]
    : []),
];

/** Where an article first stood, for the credit; undefined for what is no address on the web. */
const viewOriginal = ({ canonical }: Entry) =>
  canonical !== undefined && /^https?:/i.test(canonical) && URL.canParse(canonical)
    ? { href: canonical, host: new URL(canonical).host.replace(/^www\./, '') }
    : undefined;

/** The page of one article. */
export const renderArticlePage = (context: SitePage, entry: FullEntry): string => {
  const { publication } = context;
  const { language } = publication;
  const words = readWords(context);
  const original = viewOriginal(entry);
  const view = viewEntry(entry, publication);
  return renderDocument(
    context,
    'article',
    {
      title: entry.title,
      description: entry.summary,
      path: sitePaths.article(entry),
      ...(original ? { canonical: original.href } : {}),
      type: 'article',
      properties: propertiesOf(entry, context),
      jsonLd: buildJsonLd(entry, context),
    },
    {
      ...view,
      standfirst: opens(entry) ? undefined : entry.summary,
      image: entry.image && !entry.html.includes(escapedAddress(entry.image.url)) ? entry.image : undefined,
      moment: formatMoment(entry.published, publication, entry.dateOnly),
      revised: isRevised(entry, context)
        ? formatMoment(entry.updated, publication, entry.dateOnly)
        : undefined,
      correction: entry.correction && {
        text: entry.correction.text,
        moment: formatMoment(entry.correction.at, publication, true),
      },
      readingTime: fillPhrase(words.readingTime, { time: formatReadingTime(entry.words, language) }),
      editors: joinNames(
        entry.editors.map((name) => ({ name })),
        language,
      ),
      source: entry.source === entry.dateline?.agency ? undefined : entry.source,
      original,
      topics: entry.topics.map(linkTopic),
      body: prepareBody(entry.html, words),
      // The article may be in another language; what the page says about it is in the site's.
      siteLanguage: language,
      siteDirection: directionOf(language),
      subscribeLink: sitePaths.subscribe,
    },
  );
};
