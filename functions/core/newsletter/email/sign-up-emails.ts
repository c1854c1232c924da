import { selectEmailMessages } from '../../messages.ts';
import type { RenderContext } from '../../render.ts';
import { interpolate } from '../../text/interpolate.ts';
import { type EmailContent, renderEmail } from './render-email.ts';

/** RFC 3834 section 5: not a reply, so that no other machine replies to it. */
const autoSubmittedHeader = { 'Auto-Submitted': 'auto-generated' } as const;

/** Nothing in these mails is text of whoever filled in the form: it could be abuse. */
const buildMessageValues = ({ publication, site }: RenderContext) => ({
  publication: publication.title,
  site: new URL(site).host,
});

/**
 * The mail that asks the owner of an address to confirm.
 * @param confirm the address of the page with the button
 */
export const renderConfirmationEmail = (context: RenderContext, confirm: string): EmailContent => {
  const messages = selectEmailMessages(context);
  const values = buildMessageValues(context);
  return renderEmail(
    {
      subject: interpolate(messages.confirmSubject, values),
      before: [interpolate(messages.asked, values), messages.confirmDo],
      button: { name: messages.confirmButton, address: confirm },
      after: [messages.confirmLife, messages.confirmNot],
      reason: interpolate(messages.signUpReason, values),
      headers: autoSubmittedHeader,
    },
    context,
  );
};

/**
 * The mail that is sent instead where the address is subscribed already: only its owner learns that.
 * @param preferences the address of the reader's preferences
 */
export const renderAlreadySubscribedEmail = (context: RenderContext, preferences: string): EmailContent => {
  const messages = selectEmailMessages(context);
  const values = buildMessageValues(context);
  return renderEmail(
    {
      subject: interpolate(messages.alreadySubject, values),
      before: [`${interpolate(messages.asked, values)} ${messages.already}`, messages.alreadyDo],
      button: { name: messages.preferencesButton, address: preferences },
      after: [messages.alreadyNot],
      reason: interpolate(messages.signUpReason, values),
      headers: autoSubmittedHeader,
    },
    context,
  );
};
