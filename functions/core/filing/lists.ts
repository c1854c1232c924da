import { DateTime } from 'luxon';
import type { Entry, Named } from '../entry.ts';
import type { ArticleRecord, Placement } from './records.ts';

/** The site's lists: each is one partition of the table, in the order of its sort keys. */
export const lists = {
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
export const listKind = (list: string): { kind: 'month' | 'topic' | 'author' | 'front'; name: string } => {
  const [prefix = '', ...rest] = list.split('#');
  const name = rest.join('#');
  if (prefix === 'MONTH') return { kind: 'month', name };
  if (prefix === 'TOPIC') return { kind: 'topic', name };
  if (prefix === 'AUTHOR') return { kind: 'author', name };
  return { kind: 'front', name };
};

/** The calendar month of an instant in the publication's zone, such as `2023-12`. */
const monthOf = (instant: string, timeZone: string): string =>
  DateTime.fromISO(instant, { zone: timeZone }).toFormat('yyyy-MM');

/** No announcement comes behind it. */
export const lastArrival = 999_999_999_999;

/** Sort key of the nth announcement; twelve digits sort as numbers do. */
export const arrivalSort = (arrival: number): string => String(arrival).padStart(12, '0');

/** Sort key of an article that was announced elsewhere: before every number, so that no issue's range holds it. */
const elsewhereSort = (announced: string, id: string): string => `!${announced}#${id}`;

/** Every list a record stands in, given its state; an article that waits or is gone stands in none of readers' lists. */
export const placementsOf = (
  record: Omit<ArticleRecord, 'placements' | 'left'>,
  timeZone: string,
): Placement[] => {
  const { entry, withdrawnAt, due } = record;
  if (record.state === 'scheduled' && due) return [{ list: lists.scheduled, sort: `${due}#${record.id}` }];
  if (record.state === 'withdrawn') {
    if (!wasAnnounced(record) || !withdrawnAt) return [];
    return [{ list: lists.withdrawn, sort: `${withdrawnAt}#${record.id}` }];
  }
  if (!entry) return [];
  return [...readersPlacements(entry, record, timeZone), ...issuesPlacements(record)];
};

/** Where issues look for what happened to an article after it was announced. */
const issuesPlacements = ({
  entry,
  returned,
  corrected,
}: Pick<ArticleRecord, 'entry' | 'returned' | 'corrected'>): Placement[] => [
  ...(returned === undefined ? [] : [{ list: lists.returned, sort: arrivalSort(returned) }]),
  ...(corrected === undefined || !entry?.correction
    ? []
    : [{ list: lists.corrections, sort: arrivalSort(corrected) }]),
];

/** Whether readers were told of an article, here or elsewhere. */
export const wasAnnounced = ({ arrival, announced }: Pick<ArticleRecord, 'arrival' | 'announced'>): boolean =>
  arrival !== undefined || announced !== undefined;

const latestSort = ({ id, arrival, announced }: Announced): string | undefined => {
  if (arrival !== undefined) return arrivalSort(arrival);
  return announced === undefined ? undefined : elsewhereSort(announced, id);
};

type Announced = Pick<ArticleRecord, 'id' | 'arrival' | 'announced'>;

const readersPlacements = (entry: Entry, record: Announced, timeZone: string): Placement[] => {
  const latest = latestSort(record);
  const local = DateTime.fromISO(entry.published, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS");
  const sort = `${local}#${entry.id}`;
  const named = (list: (slug: string) => string, names: readonly Named[]) =>
    [...new Set(names.map(({ slug }) => slug))].map((slug) => ({ list: list(slug), sort }));
  return [
    { list: lists.month(monthOf(entry.published, timeZone)), sort },
    ...named(lists.topic, entry.topics),
    ...named(lists.author, entry.authors),
    ...(latest === undefined ? [] : [{ list: lists.latest, sort: latest }]),
  ];
};
