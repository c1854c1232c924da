import type { Entry, TopicOrAuthor } from '../entry.ts';
import { selectPageMessages } from '../messages.ts';
import { sitePaths } from '../site-paths.ts';
import { interpolate } from '../text/interpolate.ts';
import { findAuthorProfile } from './author-profile.ts';
import { buildEntryView, toTopicLink } from './entry-view.ts';
import type { PageContext } from './page-context.ts';
import { buildPartView, type PagePart } from './part-links.ts';
import { renderDocument, toHref } from './render-document.ts';

/** The latest articles of a topic or author, or with `year` a part of one year. */
export interface ListPage extends Partial<PagePart> {
  readonly kind: 'topic' | 'author';
  readonly topicOrAuthor: TopicOrAuthor;
  readonly entries: readonly Entry[];
  /** All years with articles, such as `2023`, newest first. */
  readonly years: readonly string[];
  readonly year?: string;
  /** Articles in all years. */
  readonly count?: number;
}

export const renderListPage = (
  context: PageContext,
  { kind, topicOrAuthor, entries, years, year, part = 1, parts = 1, count }: ListPage,
): string => {
  const { publication } = context;
  const messages = selectPageMessages(context);
  const toPath = kind === 'topic' ? sitePaths.topic : sitePaths.author;
  const toYearPath = kind === 'topic' ? sitePaths.topicYear : sitePaths.authorYear;
  /** The kicker does not repeat the topic of the page. */
  const findOtherTopic = (entry: Entry) => {
    const other = entry.topics.find(({ slug }) => kind !== 'topic' || slug !== topicOrAuthor.slug);
    return other && toTopicLink(other);
  };
  const view = buildPartView(context, { part, parts }, (other) => toYearPath(topicOrAuthor, year ?? '', other));
  const title = [topicOrAuthor.name, year, part > 1 ? view.label : undefined].filter(Boolean).join(', ');
  const profile = kind === 'author' ? findAuthorProfile(publication, topicOrAuthor.slug) : undefined;
  const paths = kind === 'topic' ? sitePaths.topicFeeds(topicOrAuthor) : sitePaths.authorFeeds(topicOrAuthor);
  const feeds =
    kind === 'topic' || profile ? { title: `${publication.title}: ${topicOrAuthor.name}`, paths } : undefined;
  return renderDocument(
    context,
    'list',
    {
      title,
      description: `${title} · ${publication.title}: ${publication.description}`,
      path: year === undefined ? toPath(topicOrAuthor) : toYearPath(topicOrAuthor, year, part),
      ...(feeds && { feeds }),
      ...(view.previous !== undefined && { previous: view.previous }),
      ...(view.next !== undefined && { next: view.next }),
    },
    {
      kind: kind === 'topic' ? messages.topics : messages.authors,
      kindLink: kind === 'topic' ? sitePaths.topics : sitePaths.authors,
      name: topicOrAuthor.name,
      year,
      part: view.label,
      parts: view.links,
      ownLink: toHref(toPath(topicOrAuthor)),
      feedLink: feeds && toHref(feeds.paths.rss),
      count: count && interpolate(messages.issueSize, { count: count.toLocaleString(publication.language) }),
      profile: year === undefined && profile && { biography: '', picture: '', url: '', ...profile },
      entries: entries.map((entry) => ({ ...buildEntryView(entry, publication), topic: findOtherTopic(entry) })),
      years: years.map((other) => ({
        name: other,
        href: toHref(toYearPath(topicOrAuthor, other)),
        isCurrent: other === year,
      })),
    },
  );
};
