import { formatSummary } from '../ai-notice.ts';
import type { Entry, TopicOrAuthor } from '../entry.ts';
import { formatDatelineSource } from '../entry.ts';
import type { Publication } from '../publication.ts';
import { sitePaths } from '../site-paths.ts';
import { formatDate } from '../text/format-date.ts';
import { detectTextDirection, findTextDirection } from '../text/language.ts';
import { memoize } from '../text/memoize.ts';
import { toHref } from './render-document.ts';
import { buildPictureView } from './render-picture.ts';

/** A part of a phrase such as "Ana Reis, Bo Lind and Cy Moss"; `href` is undefined for plain text. */
export interface PhrasePart {
  readonly text: string;
  readonly href: string | undefined;
  /** A name: its own writing direction must not disturb its neighbours. */
  readonly name: boolean;
}

const createListFormat = memoize((language: string) => new Intl.ListFormat(language));

export const formatNames = (
  names: readonly { readonly name: string; readonly href?: string }[],
  language: string,
): PhrasePart[] => {
  // Formats positions instead of names, so that a name cannot be mistaken for a separator.
  const parts = createListFormat(language).formatToParts(names.map((_, position) => String(position)));
  return parts.map(({ type, value }) => {
    const named = type === 'element' ? names[Number(value)] : undefined;
    return { text: named?.name ?? value, href: named?.href, name: named !== undefined };
  });
};

export const toTopicLink = (topic: TopicOrAuthor) => ({ name: topic.name, href: toHref(sitePaths.topic(topic)) });
export const toAuthorLink = (author: TopicOrAuthor) => ({ name: author.name, href: toHref(sitePaths.author(author)) });

/** Language and direction of an article where they differ from the site's. */
const findLanguageDifference = (entry: Entry, publication: Publication) => {
  const own = findTextDirection(publication.language);
  const direction =
    entry.language === undefined ? (detectTextDirection(entry.title) ?? own) : findTextDirection(entry.language);
  const isSameLanguage = (entry.language ?? publication.language).toLowerCase() === publication.language.toLowerCase();
  return isSameLanguage && direction === own
    ? undefined
    : { language: entry.language, direction, mirrored: direction !== own };
};

export const buildEntryView = (entry: Entry, publication: Publication) => ({
  title: entry.title,
  href: toHref(sitePaths.article(entry)),
  summary: formatSummary(entry, publication),
  foreign: findLanguageDifference(entry, publication),
  topic: entry.topics[0] && toTopicLink(entry.topics[0]),
  authors: formatNames(entry.authors.map(toAuthorLink), publication.language),
  place: formatDatelineSource(entry),
  date: formatDate(entry.published, publication, true),
  image: buildPictureView(entry.image, entry),
});
