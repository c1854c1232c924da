import { interpolate } from '../../site/page-messages.ts';
import { selectEmailMessages } from './email-messages.ts';
import { type EmailContent, type EmailContext, renderEmail } from './render-email.ts';

/** RFC 3834 section 5: not an answer to a mail, so that no other machine answers it. */
const autoSubmittedHeader = { 'Auto-Submitted': 'auto-generated' } as const;

/** What both mails that answer a sign-up begin and end with. Nothing in them is the requester's own text. */
const buildPlaceholderValues = ({ publication, site }: EmailContext) => ({
  publication: publication.title,
  site: new URL(site).host,
});

/**
 * The mail that asks the owner of an address to confirm.
 * @param confirm the address of the page with the button
 */
export const renderConfirmationEmail = (desk: EmailContext, confirm: string): EmailContent => {
  const words = selectEmailMessages(desk);
  const names = buildPlaceholderValues(desk);
  return renderEmail(
    {
      subject: interpolate(words.confirmSubject, names),
      before: [interpolate(words.asked, names), words.confirmDo],
      button: { name: words.confirmButton, address: confirm },
      after: [words.confirmLife, words.confirmNot],
      why: interpolate(words.whyAsked, names),
      headers: autoSubmittedHeader,
    },
    desk,
  );
};

/**
 * The mail that goes in its stead to who is subscribed already: only the owner of the address learns that.
 * @param preferences the address of the reader's preferences
 */
export const renderAlreadySubscribedEmail = (desk: EmailContext, preferences: string): EmailContent => {
  const words = selectEmailMessages(desk);
  const names = buildPlaceholderValues(desk);
  return renderEmail(
    {
      subject: interpolate(words.alreadySubject, names),
      before: [`${interpolate(words.asked, names)} ${words.already}`, words.alreadyDo],
      button: { name: words.preferencesButton, address: preferences },
      after: [words.alreadyNot],
      why: interpolate(words.whyAsked, names),
      headers: autoSubmittedHeader,
    },
    desk,
  );
};
