import { z } from 'zod';
import { wordsFrom } from '../words-from.ts';

const word = z.string().min(1);

const wordsSchema = z.strictObject({
  checkMailHeading: word,
  checkMailLede: word,
  checkMailHelp: word,
  invalidAddressHeading: word,
  invalidAddress: word,
  confirmHeading: word,
  confirmLede: word,
  confirmButton: word,
  confirmedHeading: word,
  confirmedLede: word,
  managePreferences: word,
  expiredHeading: word,
  expiredLede: word,
  invalidLinkHeading: word,
  invalidLinkLede: word,
  preferencesHeading: word,
  pause: word,
  save: word,
  saved: word,
  notSubscribedHeading: word,
  notSubscribedLede: word,
  subscribeAgain: word,
  unsubscribeHeading: word,
  unsubscribeLede: word,
  unsubscribeButton: word,
  lessOften: word,
  unsubscribedHeading: word,
  unsubscribedLede: word,
  dataHeading: word,
  dataWhat: word,
  exportButton: word,
  eraseLink: word,
  eraseHeading: word,
  eraseLede: word,
  eraseButton: word,
  erasedHeading: word,
  erasedLede: word,
  tooManyHeading: word,
  tooManyLede: word,
  unreadableHeading: word,
  unreadableLede: word,
  failedHeading: word,
  failedLede: word,
});

/** The words of the pages that a reader's links lead to. */
export type SubscriptionWords = z.infer<typeof wordsSchema>;

/** The words of the subscription pages in the publication's language. */
export const readSubscriptionWords = wordsFrom(
  'page/subscription-words.json',
  z.record(z.string(), wordsSchema),
);
