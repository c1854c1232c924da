import { DateTime } from 'luxon';
import type { Entry, TopicOrAuthor } from '../entry.ts';
import type { ArticleRecord, ListPosition } from './records.ts';

/** The site's lists: each is one partition of the table, in the order of its sort keys. */
export const listNames = {
  /** Announced articles in the order of their arrival, before them those announced elsewhere, by the instant. */
  latest: 'LATEST',
  /** Announced articles that had left the site and came back, in the order of their return. */
  returned: 'RETURNED',
  /** Announced articles that were corrected, in the order of the corrections. */
  corrections: 'CORRECTIONS',
  /** Announced articles that were withdrawn, by the instant. */
  withdrawn: 'WITHDRAWN',
  /** Articles that wait for their stated time. */
  scheduled: 'SCHEDULED',
  month: (month: string): string => `MONTH#${month}`,
  topic: (slug: string): string => `TOPIC#${slug}`,
  author: (slug: string): string => `AUTHOR#${slug}`,
} as const;

/** Kinds of list that have documents of their own, by the prefix of the list's name. */
export const parseListName = (
  list: string,
): { kind: 'month' | 'topic' | 'author' | 'siteWide'; name: string } => {
  const [prefix = '', ...rest] = list.split('#');
  const name = rest.join('#');
  if (prefix === 'MONTH') return { kind: 'month', name };
  if (prefix === 'TOPIC') return { kind: 'topic', name };
  if (prefix === 'AUTHOR') return { kind: 'author', name };
  return { kind: 'siteWide', name };
};

/** The calendar month of an instant in the publication's zone, such as `2023-12`. */
const toMonth = (instant: string, timeZone: string): string =>
  DateTime.fromISO(instant, { zone: timeZone }).toFormat('yyyy-MM');

/** No announcement comes behind it. */
export const maxArrival = 999_999_999_999;

/** Sort key of the nth announcement; twelve digits sort as numbers do. */
export const formatArrivalSortKey = (arrival: number): string => String(arrival).padStart(12, '0');

/** Sort key of an article that was announced elsewhere: before every number, so that no issue's range holds it. */
const formatElsewhereSortKey = (announced: string, id: string): string => `!${announced}#${id}`;

/** Every list a record stands in, given its state; an article that waits or is gone stands in none of readers' lists. */
export const toListPositions = (
  record: Omit<ArticleRecord, 'positions' | 'stalePositions'>,
  timeZone: string,
): ListPosition[] => {
  const { entry, withdrawnAt, dueAt: due } = record;
  if (record.state === 'scheduled' && due)
    return [{ list: listNames.scheduled, sortKey: `${due}#${record.id}` }];
  if (record.state === 'withdrawn') {
    if (!wasAnnounced(record) || !withdrawnAt) return [];
    return [{ list: listNames.withdrawn, sortKey: `${withdrawnAt}#${record.id}` }];
  }
  if (!entry) return [];
  return [...toReaderListPositions(entry, record, timeZone), ...toIssueListPositions(record)];
};

/** Where issues look for what happened to an article after it was announced. */
const toIssueListPositions = ({
  entry,
  returned,
  corrected,
}: Pick<ArticleRecord, 'entry' | 'returned' | 'corrected'>): ListPosition[] => [
  ...(returned === undefined ? [] : [{ list: listNames.returned, sortKey: formatArrivalSortKey(returned) }]),
  ...(corrected === undefined || !entry?.correction
    ? []
    : [{ list: listNames.corrections, sortKey: formatArrivalSortKey(corrected) }]),
];

/** Whether readers were told of an article, here or elsewhere. */
export const wasAnnounced = ({ arrival, announced }: Pick<ArticleRecord, 'arrival' | 'announced'>): boolean =>
  arrival !== undefined || announced !== undefined;

const formatLatestSortKey = ({ id, arrival, announced }: AnnouncementFields): string | undefined => {
  if (arrival !== undefined) return formatArrivalSortKey(arrival);
  return announced === undefined ? undefined : formatElsewhereSortKey(announced, id);
};

type AnnouncementFields = Pick<ArticleRecord, 'id' | 'arrival' | 'announced'>;

const toReaderListPositions = (
  entry: Entry,
  record: AnnouncementFields,
  timeZone: string,
): ListPosition[] => {
  const latest = formatLatestSortKey(record);
  const local = DateTime.fromISO(entry.published, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS");
  const sortKey = `${local}#${entry.id}`;
  const named = (list: (slug: string) => string, names: readonly TopicOrAuthor[]) =>
    [...new Set(names.map(({ slug }) => slug))].map((slug) => ({ list: list(slug), sortKey }));
  return [
    { list: listNames.month(toMonth(entry.published, timeZone)), sortKey },
    ...named(listNames.topic, entry.topics),
    ...named(listNames.author, entry.authors),
    ...(latest === undefined ? [] : [{ list: listNames.latest, sortKey: latest }]),
  ];
};
