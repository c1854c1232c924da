import { cardSize, describeCard, toCardId } from '../card/card.ts';
import type { Entry, FullEntry } from '../entry.ts';
import { selectPageMessages } from '../messages.ts';
import { sitePaths, toSiteUrl } from '../site-paths.ts';
import { findLeadImage } from '../site-pictures.ts';
import { collapseWhitespace } from '../text/collapse-whitespace.ts';
import { formatDate, formatIsoDay, formatMonth, formatReadingTime } from '../text/format-date.ts';
import { interpolate } from '../text/interpolate.ts';
import { findTextDirection } from '../text/language.ts';
import { addHeadingTargets } from './add-heading-targets.ts';
import { buildEntryView, formatNames, toTopicLink } from './entry-view.ts';
import { buildJsonLd } from './json-ld.ts';
import type { PageContext } from './page-context.ts';
import { renderArticleBody } from './render-article-body.ts';
import { type MetaProperty, type PreviewBar, type PreviewImage, renderDocument, toHref } from './render-document.ts';
import { buildPictureView, findPreviewImage, renderBodyPictures } from './render-picture.ts';
import { buildSignUpFormView } from './sign-up-form.ts';

const isOpening = ({ summary, text }: FullEntry): boolean =>
  collapseWhitespace(text).startsWith(collapseWhitespace(summary).replace(/\s*(…|\.\.\.)$/, ''));

/** Whether the page shows the date of a change: where it is later than the shown date of publication. */
const isRevised = ({ published, updated, dateOnly }: Entry, { publication }: PageContext): boolean =>
  dateOnly
    ? formatIsoDay(updated, publication) > formatIsoDay(published, publication)
    : Date.parse(updated) - Date.parse(published) > 60_000;

const buildMetaProperties = (entry: Entry, { site, publication }: PageContext): MetaProperty[] => [
  {
    property: 'article:published_time',
    content: entry.dateOnly ? formatIsoDay(entry.published, publication) : entry.published,
  },
  { property: 'article:modified_time', content: entry.updated },
  ...entry.authors.map((author) => ({
    property: 'article:author',
    content: toSiteUrl(site, sitePaths.author(author)),
  })),
  ...entry.topics.map(({ name }) => ({ property: 'article:tag', content: name })),
];

/** Its picture, or a card with its title. */
const findShownImage = (entry: Entry, { site, publication }: PageContext): PreviewImage => {
  const image = findPreviewImage(entry);
  if (image) return { ...image, alt: entry.image?.alt };
  const path = sitePaths.card(toCardId(entry.id, describeCard(entry.title, publication)));
  return { url: toSiteUrl(site, path), ...cardSize, alt: entry.title };
};

/** Where an article was first published; undefined for what is no web address. */
const findOriginal = ({ canonical }: Entry) =>
  canonical !== undefined && /^https?:/i.test(canonical) && URL.canParse(canonical)
    ? { href: canonical, host: new URL(canonical).host.replace(/^www\./, '') }
    : undefined;

const buildArticleView = (entry: FullEntry, context: PageContext) => {
  const { publication } = context;
  const { language } = publication;
  const messages = selectPageMessages(context);
  const month = formatIsoDay(entry.published, publication).slice(0, 'yyyy-mm'.length);
  return {
    ...buildEntryView(entry, publication),
    standfirst: isOpening(entry) ? undefined : entry.summary,
    image: buildPictureView(findLeadImage(entry), entry),
    date: formatDate(entry.published, publication, entry.dateOnly),
    revised: isRevised(entry, context) ? formatDate(entry.updated, publication, entry.dateOnly) : undefined,
    correction: entry.correction && {
      text: entry.correction.text,
      date: formatDate(entry.correction.at, publication, true),
    },
    readingTime: interpolate(messages.readingTime, { time: formatReadingTime(entry.wordCount, language) }),
    editors: formatNames(
      entry.editors.map((name) => ({ name })),
      language,
    ),
    source: entry.source === entry.dateline?.agency ? undefined : entry.source,
    original: findOriginal(entry),
    topics: entry.topics.map(toTopicLink),
    body: renderArticleBody(addHeadingTargets(renderBodyPictures(entry.html, entry)), messages),
    // The article may be in another language; what the page says about it is in the site's.
    siteLanguage: language,
    siteDirection: findTextDirection(language),
    subscribeLink: sitePaths.subscribe,
    month: { name: formatMonth(month, language, true), href: toHref(sitePaths.month(month)) },
    related: [],
    share: undefined,
    form: undefined,
  };
};

/** The page of an article that is not published: it has no address, and tells machines nothing. */
export const renderPreviewPage = (context: PageContext, entry: FullEntry, preview: PreviewBar): string =>
  renderDocument(
    context,
    'article',
    { title: entry.title, description: entry.summary, type: 'article', preview },
    buildArticleView(entry, context),
  );

/** Without script: an address that can be copied, and a mail. */
const buildShareLinks = (entry: Entry, { site }: PageContext) => {
  const address = toSiteUrl(site, sitePaths.article(entry));
  const [subject, body] = [entry.title, address].map(encodeURIComponent);
  return { address, mailLink: `mailto:?subject=${subject}&body=${body}` };
};

/** @param related earlier articles, from `selectRelated` */
export const renderArticlePage = (context: PageContext, entry: FullEntry, related: readonly Entry[] = []): string => {
  const view = {
    ...buildArticleView(entry, context),
    related: related.map((other) => buildEntryView(other, context.publication)),
    share: buildShareLinks(entry, context),
    form: context.hasSignUp ? buildSignUpFormView(context, 'article') : undefined,
  };
  return renderDocument(
    context,
    'article',
    {
      title: entry.title,
      description: entry.summary,
      path: sitePaths.article(entry),
      ...(view.original ? { canonical: view.original.href } : {}),
      type: 'article',
      properties: buildMetaProperties(entry, context),
      image: findShownImage(entry, context),
      jsonLd: buildJsonLd(entry, context),
    },
    view,
  );
};
