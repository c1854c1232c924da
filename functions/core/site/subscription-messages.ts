import { z } from 'zod';
import { createMessageSelector } from '../messages.ts';

const message = z.string().min(1);

const messagesSchema = z.strictObject({
  checkMailHeading: message,
  checkMailLede: message,
  checkMailHelp: message,
  invalidAddressHeading: message,
  invalidAddress: message,
  confirmHeading: message,
  confirmLede: message,
  confirmButton: message,
  confirmedHeading: message,
  confirmedLede: message,
  managePreferences: message,
  expiredHeading: message,
  expiredLede: message,
  invalidLinkHeading: message,
  invalidLinkLede: message,
  preferencesHeading: message,
  pause: message,
  save: message,
  saved: message,
  notSubscribedHeading: message,
  notSubscribedLede: message,
  subscribeAgain: message,
  unsubscribeHeading: message,
  unsubscribeLede: message,
  unsubscribeButton: message,
  lessOften: message,
  unsubscribedHeading: message,
  unsubscribedLede: message,
  dataHeading: message,
  dataWhat: message,
  exportButton: message,
  eraseLink: message,
  eraseHeading: message,
  eraseLede: message,
  eraseButton: message,
  erasedHeading: message,
  erasedLede: message,
  tooManyHeading: message,
  tooManyLede: message,
  unreadableHeading: message,
  unreadableLede: message,
  failedHeading: message,
  failedLede: message,
});

/** The words of the pages that a reader's links lead to. */
export type SubscriptionMessages = z.infer<typeof messagesSchema>;

/** The words of the subscription pages in the publication's language. */
export const selectSubscriptionMessages = createMessageSelector(
  'page/subscription-words.json',
  z.record(z.string(), messagesSchema),
);
