import { z } from 'zod';
import { wordsFrom } from '../words-from.ts';

const word = z.string().min(1);

const wordsSchema = z.strictObject({
  confirmSubject: word,
  alreadySubject: word,
  welcomeSubject: word,
  asked: word,
  confirmDo: word,
  confirmButton: word,
  confirmLife: word,
  confirmNot: word,
  already: word,
  alreadyDo: word,
  preferencesButton: word,
  alreadyNot: word,
  welcome: word,
  welcomeNext: word,
  latest: word,
  unsubscribe: word,
  preferences: word,
  whyAsked: word,
  whyWelcome: word,
});

/** The words of the mails that answer a reader, in the publication's language. */
export const readMailWords = wordsFrom('mail/words.json', z.record(z.string(), wordsSchema));
