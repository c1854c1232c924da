import type { Cap } from '../adapters/table/caps.ts';
import { toSubscriberKey } from '../adapters/table/subscribers.ts';
import { renderAlreadySubscribedEmail, renderConfirmationEmail } from '../core/newsletter/email/reader-emails.ts';
import type { EmailContent } from '../core/newsletter/email/render-email.ts';
import { renderInvalidSignUpNotice, renderUnknownTopicNotice } from '../core/newsletter/pages/render-notice.ts';
import { type SignUpConsent, signUpForms } from '../core/newsletter/subscriber/consent.ts';
import { parseEmailAddress } from '../core/newsletter/subscriber/email-address.ts';
import { toMailbox } from '../core/newsletter/subscriber/mailbox.ts';
import type { Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import { signToken } from '../core/newsletter/subscriber/token.ts';
import { buildReaderLinks, buildTokenLink } from '../core/newsletter/subscriber/token-links.ts';
import { nameTopicInLink, parseTopicChoice } from '../core/newsletter/subscriber/topic-choice.ts';
import { type Cadence, selectCadences, selectDefaultCadence } from '../core/publication.ts';
import { describeSignUpForm } from '../core/site/sign-up-form.ts';
import { sitePaths } from '../core/site-paths.ts';
import { toNetworks } from './client-address.ts';
import { hourSeconds, incrementCap } from './increment-cap.ts';
import { type RequestContext, type RequestHandler, replyWithNotice } from './request-handler.ts';
import { sendMail, sendRequestedMail } from './send-mail.ts';

/** Against list bombing: limits on the mails to one mailbox, the sign-ups from one network, and all sign-ups. */
export const signUpCaps = {
  mailbox: { limit: 3, windowSeconds: 24 * hourSeconds },
  household: { limit: 10, windowSeconds: hourSeconds },
  site: { limit: 40, windowSeconds: hourSeconds },
  all: { limit: 500, windowSeconds: hourSeconds },
} as const;

export const maxEchoedLength = 320;

/**
 * Signs an address up, and mails its owner. The reply is the same bytes whether the address is known or not, and
 * whether a mail was sent or not: only the inbox shows it.
 */
export const signUp: RequestHandler = async (context) => {
  const { page, form } = context;
  const accepted = replyWithNotice(page, 'checkMail');
  // People do not see this field, so only bots fill it in. The reply does not tell them.
  if (form.get('website')) return accepted;
  const written = form.get('email') ?? '';
  const filledIn = {
    email: written.slice(0, maxEchoedLength),
    cadence: form.get('cadence') ?? undefined,
    topics: form.getAll('topics').filter((slug) => slug !== ''),
  };
  const email = parseEmailAddress(written);
  if (email === undefined) {
    return { status: 422, body: renderInvalidSignUpNotice(page, filledIn) };
  }
  const chosen = parseTopicChoice(filledIn.topics, page.publication);
  if (chosen === 'unknown') return { status: 422, body: renderUnknownTopicNotice(page, filledIn) };
  if (!(await incrementClientCaps(context))) {
    const headers = { 'retry-after': String(signUpCaps.household.windowSeconds) };
    return { ...replyWithNotice(page, 'tooMany', 429), headers };
  }
  const key = toSubscriberKey(email, context.keyring);
  const mailbox = toSubscriberKey(toMailbox(email), context.keyring);
  if (await incrementCap(context, `mailbox#${mailbox}`, signUpCaps.mailbox))
    await registerSubscriber(context, { key, email, ...chosen });
  return accepted;
};

/** Counts before the subscriber is read, so that a refusal reveals nothing about the address. */
const incrementClientCaps = async (context: RequestContext): Promise<boolean> => {
  const { log } = context.services;
  const { household, site } = toNetworks(context.clientAddress);
  const incrementNetwork = (network: string, cap: Omit<Cap, 'name'>): Promise<boolean> =>
    incrementCap(context, `network#${toSubscriberKey(network, context.keyring)}`, cap);
  if (!(await incrementNetwork(household, signUpCaps.household))) return false;
  if (site !== undefined && !(await incrementNetwork(site, signUpCaps.site))) return false;
  if (await incrementCap(context, 'all', signUpCaps.all)) return true;
  log.count('signUpsRefused', 1);
  log.warn('sign-ups are refused: there were too many in an hour');
  return false;
};

interface SignedUp {
  readonly key: string;
  readonly email: string;
  readonly topics?: readonly string[];
}

const registerSubscriber = async (context: RequestContext, signedUp: SignedUp): Promise<void> => {
  const { key, email } = signedUp;
  const { services, form, now } = context;
  const { publication } = services;
  const cadence =
    selectCadences(publication).find((offered) => offered === form.get('cadence')) ?? selectDefaultCadence(publication);
  const consent = await readSignUpConsent(context);
  const { before, after } = await services.subscribers.apply(key, {
    ...signedUp,
    kind: 'signUp',
    cadence,
    at: now.toISOString(),
    ...consent,
  });
  services.log.count('signUps', 1);
  services.log.info('sign-up', { subscriber: key, before: before?.state ?? 'unknown' });
  if (!after) return;
  const send = after.state === 'active' ? sendMail : sendRequestedMail;
  await send(services, email, buildSignUpMail(context, after, { ...signedUp, cadence, ...consent }));
};

/**
 * Which form was filled in, and which words it showed. Words that no form of the site has ever shown are left out: a
 * page elsewhere can post anything.
 */
const readSignUpConsent = async ({ services, page, form }: RequestContext): Promise<SignUpConsent> => {
  const stated = { form: signUpForms.find((known) => known === form.get('form')) ?? 'other' };
  const words = form.get('words') ?? '';
  if (!/^[0-9a-f]{20}$/.test(words)) return stated;
  if ((await services.consentWords.find(words)) !== undefined) return { ...stated, words };
  const current = describeSignUpForm(page);
  if (current.name !== words) return stated;
  await services.consentWords.add(current);
  return { ...stated, words };
};

const buildSignUpMail = (
  { services, page, keyring: { keys }, now }: RequestContext,
  subscriber: Subscriber,
  signedUp: SignUpConsent & SignedUp & { readonly cadence: Cadence },
): EmailContent => {
  const mailContext = { publication: services.publication, render: services.render, site: page.site };
  const { key } = subscriber;
  const { topics } = signedUp;
  if (subscriber.state === 'active')
    return renderAlreadySubscribedEmail(mailContext, buildReaderLinks(page.site, key, keys).preferences);
  const claim =
    subscriber.state === 'pending'
      ? ({ purpose: 'confirm', key, since: subscriber.since } as const)
      : ({
          ...signedUp,
          purpose: 'return',
          since: now.toISOString(),
          topics: topics?.map(nameTopicInLink) ?? [],
        } as const);
  const link = buildTokenLink(page.site, sitePaths.subscriptions.confirm, signToken(claim, keys));
  return renderConfirmationEmail(mailContext, link, topics);
};
