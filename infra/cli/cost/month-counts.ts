import { type Cadence, cadences, daysPerIssue } from '../../../functions/core/publication.ts';
import { mailsPerFeedback } from './assumptions.ts';

export interface MonthCounts {
  readonly subscribers: Readonly<Record<Cadence, number>>;
  readonly issues: Readonly<Record<Cadence, number>>;
  readonly articles: number;
  readonly archive: number;
  /** Months of issues whose delivery batches lie in the table. */
  readonly ledgerMonths: number;
  readonly issueKilobytes: number;
  readonly signUps: number;
  readonly pageViews: number;
  /** Feed readers and aggregators that ask for a feed, not their users. */
  readonly feedReaders: number;
  readonly mailsPerSecond: number;
  readonly mailer: 'ses' | 'smtp';
}

/** What is counted for each cadence. */
export const countByCadence = (count: (cadence: Cadence) => number): Record<Cadence, number> => ({
  immediately: count('immediately'),
  daily: count('daily'),
  weekly: count('weekly'),
  monthly: count('monthly'),
});

export const addCounts = (counts: Readonly<Record<Cadence, number>>): number =>
  cadences.reduce((sum, cadence) => sum + counts[cadence], 0);

export const kilobytesPerGigabyte = 1_000_000;

const daysPerMonth = 30;

export type KnownCounts = Partial<Omit<MonthCounts, 'subscribers' | 'issues'>> & {
  readonly [Counted in 'subscribers' | 'issues']?: Partial<MonthCounts[Counted]>;
};

const buildDefaultCounts = (
  subscribers: MonthCounts['subscribers'],
  articles: number,
): Omit<MonthCounts, 'subscribers' | 'articles'> => {
  const perIssue = (cadence: Cadence): number =>
    subscribers[cadence] === 0 ? 0 : Math.min(articles, daysPerMonth / daysPerIssue[cadence]);
  return {
    issues: countByCadence(perIssue),
    archive: articles * 12,
    ledgerMonths: 12,
    issueKilobytes: 70,
    signUps: addCounts(subscribers) / 50,
    pageViews: 0,
    feedReaders: 100,
    mailsPerSecond: 14,
    mailer: 'ses',
  };
};

/**
 * Fills what is not known with what is usual: an article a day, an issue each day, week and month, one sign-up a month for
 * fifty subscribers, the articles of a year in the archive, a year of issues in the table.
 */
export const addDefaultCounts = (known: KnownCounts): MonthCounts => {
  const subscribers = countByCadence((cadence) => known.subscribers?.[cadence] ?? 0);
  const articles = known.articles ?? daysPerMonth;
  const usual = buildDefaultCounts(subscribers, articles);
  const issues = known.issues ? countByCadence((cadence) => known.issues?.[cadence] ?? 0) : usual.issues;
  return { ...usual, ...known, articles, subscribers, issues };
};

/** What was counted, with what was said in its place. Other readers than were counted get the usual issues. */
export const mergeCounts = ({ issues, ...counted }: KnownCounts, stated: KnownCounts): KnownCounts => ({
  ...counted,
  ...(issues && !stated.subscribers && { issues }),
  ...stated,
  subscribers: { ...counted.subscribers, ...stated.subscribers },
});

export const countIssueEmails = ({ subscribers, issues }: MonthCounts): number =>
  addCounts(countByCadence((cadence) => subscribers[cadence] * issues[cadence]));

export const countIssues = ({ issues }: MonthCounts): number => addCounts(issues);

/** Bounces and complaints, which SES alone tells of. */
export const countFeedback = (counts: MonthCounts): number =>
  counts.mailer === 'ses' ? countIssueEmails(counts) / mailsPerFeedback : 0;
