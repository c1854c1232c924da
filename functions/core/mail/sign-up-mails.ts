import { fillPhrase } from '../page/words.ts';
import { readMailWords } from './mail-words.ts';
import { type MailDesk, type Note, writeNote } from './write-note.ts';

/** RFC 3834 section 5: not an answer to a mail, so that no other machine answers it. */
const automatic = { 'Auto-Submitted': 'auto-generated' } as const;

/** What both mails that answer a sign-up begin and end with. Nothing in them is the requester's own text. */
const frameOf = ({ publication, site }: MailDesk) => ({
  publication: publication.title,
  site: new URL(site).host,
});

/**
 * The mail that asks the owner of an address to confirm.
 * @param confirm the address of the page with the button
 */
export const writeConfirmationMail = (desk: MailDesk, confirm: string): Note => {
  const words = readMailWords(desk);
  const names = frameOf(desk);
  return writeNote(
    {
      subject: fillPhrase(words.confirmSubject, names),
      before: [fillPhrase(words.asked, names), words.confirmDo],
      button: { name: words.confirmButton, address: confirm },
      after: [words.confirmLife, words.confirmNot],
      why: fillPhrase(words.whyAsked, names),
      headers: automatic,
    },
    desk,
  );
};

/**
 * The mail that goes in its stead to who is subscribed already: only the owner of the address learns that.
 * @param preferences the address of the reader's preferences
 */
export const writeAlreadyMail = (desk: MailDesk, preferences: string): Note => {
  const words = readMailWords(desk);
  const names = frameOf(desk);
  return writeNote(
    {
      subject: fillPhrase(words.alreadySubject, names),
      before: [`${fillPhrase(words.asked, names)} ${words.already}`, words.alreadyDo],
      button: { name: words.preferencesButton, address: preferences },
      after: [words.alreadyNot],
      why: fillPhrase(words.whyAsked, names),
      headers: automatic,
    },
    desk,
  );
};
