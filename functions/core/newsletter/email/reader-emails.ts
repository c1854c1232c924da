import { selectEmailMessages } from '../../messages.ts';
import type { RenderContext } from '../../render.ts';
import { describeTopicChoice } from '../../site/describe-topic-choice.ts';
import { sitePaths, toSiteUrl } from '../../site-paths.ts';
import { interpolate } from '../../text/interpolate.ts';
import { type EmailContent, type EmailParts, renderEmail } from './render-email.ts';

/** Nothing in these mails is text of whoever filled in the form: it could be abuse. */
const renderReaderEmail = (
  context: RenderContext,
  { subject, before, button, after, reason }: Omit<EmailParts, 'headers'>,
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
      reason: fill(reason),
      // RFC 3834 section 5: not a reply, so that no other machine replies to it.
      headers: { 'Auto-Submitted': 'auto-generated' },
    },
    context,
  );
};

/**
 * @param confirm the address of the page with the button that confirms
 * @param topics what was chosen, of what the publication offers
 */
export const renderConfirmationEmail = (
  context: RenderContext,
  confirm: string,
  topics?: readonly string[],
): EmailContent => {
  const messages = selectEmailMessages(context);
  return renderReaderEmail(context, {
    subject: messages.confirmSubject,
    before: [messages.asked, ...describeTopicChoice(context, topics), messages.confirmDo],
    button: { name: messages.confirmButton, address: confirm },
    after: [messages.confirmLife, messages.confirmNot],
    reason: messages.signUpReason,
  });
};

/**
 * The mail that is sent instead where the address is subscribed already: only its owner learns that.
 * @param preferences the address of the reader's preferences
 */
export const renderAlreadySubscribedEmail = (context: RenderContext, preferences: string): EmailContent => {
  const messages = selectEmailMessages(context);
  return renderReaderEmail(context, {
    subject: messages.alreadySubject,
    before: [`${messages.asked} ${messages.already}`, messages.alreadyDo],
    button: { name: messages.preferencesButton, address: preferences },
    after: [messages.alreadyNot],
    reason: messages.signUpReason,
  });
};

/** @param link the address of the page that downloads and erases what is stored about the reader */
export const renderDataLinkEmail = (context: RenderContext, link: string): EmailContent => {
  const messages = selectEmailMessages(context);
  return renderReaderEmail(context, {
    subject: messages.dataSubject,
    before: [messages.dataAsked, messages.dataDo],
    button: { name: messages.dataButton, address: link },
    after: [messages.dataLife, messages.dataNot],
    reason: messages.welcomeReason,
  });
};

/** @param confirm the address of the page with the button that moves the subscription to this address */
export const renderConfirmAddressEmail = (context: RenderContext, confirm: string): EmailContent => {
  const messages = selectEmailMessages(context);
  return renderReaderEmail(context, {
    subject: messages.addressSubject,
    before: [messages.addressAsked, messages.addressDo],
    button: { name: messages.addressButton, address: confirm },
    after: [messages.confirmLife, messages.addressNot],
    reason: messages.signUpReason,
  });
};

/** Tells the old address of a change. It does not name the new one: another person may read that mailbox by now. */
export const renderAddressChangedEmail = (context: RenderContext): EmailContent => {
  const messages = selectEmailMessages(context);
  return renderReaderEmail(context, {
    subject: messages.movedSubject,
    before: [messages.moved, messages.movedNot],
    button: { name: messages.movedButton, address: toSiteUrl(context.site, sitePaths.subscribe) },
    after: [],
    reason: messages.movedReason,
  });
};
