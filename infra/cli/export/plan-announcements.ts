import type { z } from 'zod';
import { articleRecordSchema } from '../../../functions/core/lifecycle/article-record.ts';
import type { ArrivalNumbers } from './export-files.ts';

export const announcementFactsSchema = articleRecordSchema.pick({
  id: true,
  state: true,
  arrival: true,
  announcedAt: true,
  returnNumber: true,
  correctionNumber: true,
  firstUpload: true,
});
export type AnnouncementFacts = z.infer<typeof announcementFactsSchema>;

export interface AnnouncementPlan {
  /** By id, the instant that stands for the place in the list of arrivals. */
  readonly announcedAt: ReadonlyMap<string, string>;
  /** By id, what is to be numbered anew, since some cadence has not heard of it yet. */
  readonly waiting: ReadonlyMap<string, ArrivalNumbers>;
}

const addMillisecond = (instant: string): string => new Date(Date.parse(instant) + 1).toISOString();

/**
 * Instants that keep the order of announcements stand for the numbers that every cadence has covered, so that no issue
 * carries those articles again. What is numbered higher still waits somewhere, and keeps its number.
 */
export const planAnnouncements = (articles: readonly AnnouncementFacts[], covered: number): AnnouncementPlan => {
  const announcedAt = new Map<string, string>();
  for (const article of articles)
    if (article.announcedAt !== undefined) announcedAt.set(article.id, article.announcedAt);
  // What came from elsewhere stands below all that was announced here.
  let last = [...announcedAt.values()].reduce((a, b) => (a > b ? a : b), '');
  const numbered = articles
    .filter(({ arrival }) => arrival !== undefined)
    .toSorted((a, b) => (a.arrival ?? 0) - (b.arrival ?? 0));
  for (const { id, state, arrival = 0, firstUpload = '' } of numbered) {
    if (arrival > covered && state !== 'withdrawn') continue;
    const after = last === '' ? '' : addMillisecond(last);
    last = firstUpload > after ? firstUpload : after;
    announcedAt.set(id, last);
  }
  const waiting = new Map<string, ArrivalNumbers>();
  for (const article of articles) {
    const numbers = selectPendingNumbers(article, covered);
    if (numbers) waiting.set(article.id, numbers);
  }
  return { announcedAt, waiting };
};

const selectPendingNumbers = (article: AnnouncementFacts, covered: number): ArrivalNumbers | undefined => {
  const { id, state, arrival, returnNumber, correctionNumber, firstUpload } = article;
  if (state === 'withdrawn') return undefined;
  const isOpen = (number: number | undefined): number is number => number !== undefined && number > covered;
  if (![arrival, returnNumber, correctionNumber].some(isOpen)) return undefined;
  return {
    id,
    ...(firstUpload && { firstUpload }),
    ...(isOpen(arrival) && { arrival }),
    ...(isOpen(returnNumber) && { returnNumber }),
    ...(isOpen(correctionNumber) && { correctionNumber }),
  };
};
