import { DateTime } from 'luxon';
import type { Entry, TopicOrAuthor } from '../entry.ts';
import type { ArticleRecord, ListPosition } from './article-record.ts';

/** The site's lists. Each is a partition of the table, ordered by sort key. */
export const listNames = {
  /** Announced articles by arrival, after those that were announced elsewhere. */
  latest: 'LATEST',
  /** Announced articles that left the site and returned, by return number. */
  returned: 'RETURNED',
  /** Announced articles that were corrected, by correction number. */
  corrections: 'CORRECTIONS',
  /** Announced articles that were withdrawn, by time. */
  withdrawn: 'WITHDRAWN',
  /** Articles that are published, or leave the site, at a stated time, by that time. */
  scheduled: 'SCHEDULED',
  /** Pages of the publication, such as its imprint, by id. */
  pages: 'PAGES',
  month: (month: string): string => `MONTH#${month}`,
  topic: (slug: string): string => `TOPIC#${slug}`,
  author: (slug: string): string => `AUTHOR#${slug}`,
} as const;

export const parseListName = (list: string): { kind: 'month' | 'topic' | 'author' | 'siteWide'; name: string } => {
  const [prefix = '', ...rest] = list.split('#');
  const name = rest.join('#');
  if (prefix === 'MONTH') return { kind: 'month', name };
  if (prefix === 'TOPIC') return { kind: 'topic', name };
  if (prefix === 'AUTHOR') return { kind: 'author', name };
  return { kind: 'siteWide', name };
};

/** Above the arrival number of every announcement. */
export const maxArrival = 999_999_999_999;

/** Twelve digits, so that sort keys sort as the numbers do. */
export const formatArrivalSortKey = (arrival: number): string => String(arrival).padStart(12, '0');

type AnnouncementFields = Pick<ArticleRecord, 'id' | 'arrival' | 'announcedAt'>;

export const wasAnnounced = ({ arrival, announcedAt }: Omit<AnnouncementFields, 'id'>): boolean =>
  arrival !== undefined || announcedAt !== undefined;

export const toListPositions = (
  record: Omit<ArticleRecord, 'positions' | 'stalePositions'>,
  timeZone: string,
): ListPosition[] => {
  const { id, state, entry, withdrawnAt, dueAt } = record;
  const due = dueAt ? [{ list: listNames.scheduled, sortKey: `${dueAt}#${id}` }] : [];
  if (state === 'scheduled') return due;
  if (state === 'withdrawn') {
    if (!wasAnnounced(record) || !withdrawnAt) return [];
    return [{ list: listNames.withdrawn, sortKey: `${withdrawnAt}#${id}` }];
  }
  if (!entry) return [];
  if (entry.page) return [...due, { list: listNames.pages, sortKey: id }];
  return [...due, ...toReaderListPositions(entry, record, timeZone), ...toIssueListPositions(entry, record)];
};

/** Positions in the lists that issues read: what happened to an article after it was announced. */
const toIssueListPositions = (
  { correction }: Entry,
  { returnNumber, correctionNumber }: Pick<ArticleRecord, 'returnNumber' | 'correctionNumber'>,
): ListPosition[] => [
  ...(returnNumber === undefined ? [] : [{ list: listNames.returned, sortKey: formatArrivalSortKey(returnNumber) }]),
  ...(correctionNumber === undefined || !correction
    ? []
    : [{ list: listNames.corrections, sortKey: formatArrivalSortKey(correctionNumber) }]),
];

const toReaderListPositions = (entry: Entry, record: AnnouncementFields, timeZone: string): ListPosition[] => {
  const local = DateTime.fromISO(entry.published, { zone: timeZone });
  const sortKey = `${local.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS")}#${entry.id}`;
  const latest = formatLatestSortKey(record);
  const toPositions = (toList: (slug: string) => string, names: readonly TopicOrAuthor[]) =>
    [...new Set(names.map(({ slug }) => slug))].map((slug) => ({ list: toList(slug), sortKey }));
  return [
    { list: listNames.month(local.toFormat('yyyy-MM')), sortKey },
    ...toPositions(listNames.topic, entry.topics),
    ...toPositions(listNames.author, entry.authors),
    ...(latest === undefined ? [] : [{ list: listNames.latest, sortKey: latest }]),
  ];
};

/** `!` sorts before every digit, so no issue's range of arrivals holds an article that was announced elsewhere. */
const formatLatestSortKey = ({ id, arrival, announcedAt }: AnnouncementFields): string | undefined => {
  if (arrival !== undefined) return formatArrivalSortKey(arrival);
  return announcedAt === undefined ? undefined : `!${announcedAt}#${id}`;
};
