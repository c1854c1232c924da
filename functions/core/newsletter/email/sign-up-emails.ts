import { selectEmailMessages } from '../../messages.ts';
import { interpolate } from '../../text/interpolate.ts';
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
  const messages = selectEmailMessages(desk);
  const names = buildPlaceholderValues(desk);
  return renderEmail(
    {
      subject: interpolate(messages.confirmSubject, names),
      before: [interpolate(messages.asked, names), messages.confirmDo],
      button: { name: messages.confirmButton, address: confirm },
      after: [messages.confirmLife, messages.confirmNot],
      reason: interpolate(messages.signUpReason, names),
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
  const messages = selectEmailMessages(desk);
  const names = buildPlaceholderValues(desk);
  return renderEmail(
    {
      subject: interpolate(messages.alreadySubject, names),
      before: [`${interpolate(messages.asked, names)} ${messages.already}`, messages.alreadyDo],
      button: { name: messages.preferencesButton, address: preferences },
      after: [messages.alreadyNot],
      reason: interpolate(messages.signUpReason, names),
      headers: autoSubmittedHeader,
    },
    desk,
  );
};
