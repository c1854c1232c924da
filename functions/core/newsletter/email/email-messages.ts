import { z } from 'zod';
import { createMessageSelector } from '../../messages.ts';

const message = z.string().min(1);

const messagesSchema = z.strictObject({
  confirmSubject: message,
  alreadySubject: message,
  welcomeSubject: message,
  asked: message,
  confirmDo: message,
  confirmButton: message,
  confirmLife: message,
  confirmNot: message,
  already: message,
  alreadyDo: message,
  preferencesButton: message,
  alreadyNot: message,
  welcome: message,
  welcomeNext: message,
  latest: message,
  unsubscribe: message,
  preferences: message,
  whyAsked: message,
  whyWelcome: message,
});

/** The words of the mails that answer a reader, in the publication's language. */
export const selectEmailMessages = createMessageSelector(
  'mail/words.json',
  z.record(z.string(), messagesSchema),
);
