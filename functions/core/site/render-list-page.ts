import type { Entry, TopicOrAuthor } from '../entry.ts';
import { selectPageMessages } from '../messages.ts';
import { sitePaths } from '../site-paths.ts';
import { buildEntryView, toTopicLink } from './entry-view.ts';
import type { PageContext } from './page-context.ts';
import { renderDocument, toHref } from './render-document.ts';

/** What a topic or an author has: the latest of it, or with `year` all of one year. */
export interface ListPage {
  readonly kind: 'topic' | 'author';
  readonly topicOrAuthor: TopicOrAuthor;
  readonly entries: readonly Entry[];
  /** All years with articles, such as `2023`, newest first. */
  readonly years: readonly string[];
  /** The year this page is for; absent on the page of the latest. */
  readonly year?: string;
}

/** The page of a topic or an author: the latest of it and the list of its years, or one whole year. */
export const renderListPage = (
  context: PageContext,
  { kind, topicOrAuthor: named, entries, years, year }: ListPage,
): string => {
  const { publication } = context;
  const messages = selectPageMessages(context);
  const own = kind === 'topic' ? sitePaths.topic : sitePaths.author;
  const ofYear = kind === 'topic' ? sitePaths.topicYear : sitePaths.authorYear;
  // The page says its own topic once.
  const otherTopic = (entry: Entry) => {
    const other = entry.topics.find(({ slug }) => kind !== 'topic' || slug !== named.slug);
    return other && toTopicLink(other);
  };
  const title = year === undefined ? named.name : `${named.name}, ${year}`;
  const feeds = { title: `${publication.title}: ${named.name}`, paths: sitePaths.topicFeeds(named) };
  return renderDocument(
    context,
    'list',
    {
      title,
      description: `${title} · ${publication.title}: ${publication.description}`,
      path: year === undefined ? own(named) : ofYear(named, year),
      ...(kind === 'topic' ? { feeds } : {}),
    },
    {
      kind: kind === 'topic' ? messages.topics : messages.authors,
      kindLink: kind === 'topic' ? sitePaths.topics : sitePaths.authors,
      name: named.name,
      year,
      ownLink: toHref(own(named)),
      feedLink: kind === 'topic' ? toHref(feeds.paths.rss) : undefined,
      entries: entries.map((entry) => ({ ...buildEntryView(entry, publication), topic: otherTopic(entry) })),
      years: years.map((other) => ({
        name: other,
        href: toHref(ofYear(named, other)),
        isCurrent: other === year,
      })),
    },
  );
};
