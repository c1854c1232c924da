import { selectEmailMessages } from '../../messages.ts';
import type { RenderContext } from '../../render.ts';
import { interpolate } from '../../text/interpolate.ts';
import { type EmailContent, type EmailParts, renderEmail } from './render-email.ts';

/** Nothing in these mails is text of whoever filled in the form: it could be abuse. */
const renderSignUpEmail = (
  context: RenderContext,
  { subject, before, button, after }: Pick<EmailParts, 'subject' | 'before' | 'button' | 'after'>,
): EmailContent => {
  const { publication, site } = context;
  const fill = (text: string): string =>
    interpolate(text, { publication: publication.title, site: new URL(site).host });
  return renderEmail(
    {
      subject: fill(subject),
      before: before.map(fill),
      button,
      after,
      reason: fill(selectEmailMessages(context).signUpReason),
      // RFC 3834 section 5: not a reply, so that no other machine replies to it.
      headers: { 'Auto-Submitted': 'auto-generated' },
    },
    context,
  );
};

/** @param confirm the address of the page with the button that confirms */
export const renderConfirmationEmail = (context: RenderContext, confirm: string): EmailContent => {
  const { confirmSubject, asked, confirmDo, confirmButton, confirmLife, confirmNot } = selectEmailMessages(context);
  return renderSignUpEmail(context, {
    subject: confirmSubject,
    before: [asked, confirmDo],
    button: { name: confirmButton, address: confirm },
    after: [confirmLife, confirmNot],
  });
};

/**
 * The mail that is sent instead where the address is subscribed already: only its owner learns that.
 * @param preferences the address of the reader's preferences
 */
export const renderAlreadySubscribedEmail = (context: RenderContext, preferences: string): EmailContent => {
  const { alreadySubject, asked, already, alreadyDo, preferencesButton, alreadyNot } = selectEmailMessages(context);
  return renderSignUpEmail(context, {
    subject: alreadySubject,
    before: [`${asked} ${already}`, alreadyDo],
    button: { name: preferencesButton, address: preferences },
    after: [alreadyNot],
  });
};
