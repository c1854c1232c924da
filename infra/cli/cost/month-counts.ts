import { type Cadence, daysPerIssue } from '../../../functions/core/publication.ts';
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

export const kilobytesPerGigabyte = 1_000_000;

const daysPerMonth = 30;

export type KnownCounts = Partial<Omit<MonthCounts, 'subscribers'>> & {
  readonly subscribers?: Partial<MonthCounts['subscribers']>;
};

const buildDefaultCounts = (
  subscribers: MonthCounts['subscribers'],
  articles: number,
): Omit<MonthCounts, 'subscribers' | 'articles'> => {
  const perIssue = (cadence: Cadence): number =>
    subscribers[cadence] === 0 ? 0 : Math.min(articles, daysPerMonth / daysPerIssue[cadence]);
  return {
    issues: { daily: perIssue('daily'), weekly: perIssue('weekly') },
    archive: articles * 12,
    ledgerMonths: 12,
    issueKilobytes: 70,
    signUps: (subscribers.daily + subscribers.weekly) / 50,
    pageViews: 0,
    feedReaders: 100,
    mailsPerSecond: 14,
    mailer: 'ses',
  };
};

/**
 * Fills what is not known with what is usual: an article a day, an issue a day and a week, one sign-up a month for
 * fifty subscribers, the articles of a year in the archive, a year of issues in the table.
 */
export const addDefaultCounts = (known: KnownCounts): MonthCounts => {
  const subscribers = { daily: 0, weekly: 0, ...known.subscribers };
  const articles = known.articles ?? daysPerMonth;
  return { ...buildDefaultCounts(subscribers, articles), ...known, articles, subscribers };
};

/** What was counted, with what was said in its place. Other readers than were counted get the usual issues. */
export const mergeCounts = ({ issues, ...counted }: KnownCounts, stated: KnownCounts): KnownCounts => ({
  ...counted,
  ...(issues && !stated.subscribers && { issues }),
  ...stated,
  subscribers: { ...counted.subscribers, ...stated.subscribers },
});

export const countIssueEmails = ({ subscribers, issues }: MonthCounts): number =>
  subscribers.daily * issues.daily + subscribers.weekly * issues.weekly;

export const countIssues = ({ issues }: MonthCounts): number => issues.daily + issues.weekly;

/** Bounces and complaints, which SES alone tells of. */
export const countFeedback = (counts: MonthCounts): number =>
  counts.mailer === 'ses' ? countIssueEmails(counts) / mailsPerFeedback : 0;
