import type { Entry, TopicOrAuthor } from '../entry.ts';
import { selectPageMessages } from '../messages.ts';
import { sitePaths } from '../site-paths.ts';
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
}

export const renderListPage = (
  context: PageContext,
  { kind, topicOrAuthor, entries, years, year, part = 1, parts = 1 }: ListPage,
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
  const feeds = { title: `${publication.title}: ${topicOrAuthor.name}`, paths: sitePaths.topicFeeds(topicOrAuthor) };
  return renderDocument(
    context,
    'list',
    {
      title,
      description: `${title} · ${publication.title}: ${publication.description}`,
      path: year === undefined ? toPath(topicOrAuthor) : toYearPath(topicOrAuthor, year, part),
      ...(kind === 'topic' ? { feeds } : {}),
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
      feedLink: kind === 'topic' ? toHref(feeds.paths.rss) : undefined,
      entries: entries.map((entry) => ({ ...buildEntryView(entry, publication), topic: findOtherTopic(entry) })),
      years: years.map((other) => ({
        name: other,
        href: toHref(toYearPath(topicOrAuthor, other)),
        isCurrent: other === year,
      })),
    },
  );
};
