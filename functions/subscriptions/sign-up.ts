import type { Cap } from '../adapters/table/caps.ts';
import { toSubscriberKey } from '../adapters/table/subscribers.ts';
import type { EmailContent } from '../core/newsletter/email/render-email.ts';
import {
  renderAlreadySubscribedEmail,
  renderConfirmationEmail,
} from '../core/newsletter/email/sign-up-emails.ts';
import { renderInvalidSignUpNotice, renderNamedNotice } from '../core/newsletter/pages/render-notice.ts';
import { parseEmailAddress } from '../core/newsletter/subscriber/email-address.ts';
import type { Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import { signToken } from '../core/newsletter/subscriber/token.ts';
import { buildReaderLinks, buildTokenLink } from '../core/newsletter/subscriber/token-links.ts';
import { selectCadences } from '../core/publication.ts';
import { sitePaths } from '../core/site-paths.ts';
import { toNetwork } from './network.ts';
import { sendMail } from './send-mail.ts';
import type { Reply, RequestContext } from './services.ts';

const hourSeconds = 60 * 60;

/** Against list bombing: mails to one address, sign-ups from one network, and all of them. */
export const signUpCaps = {
  address: { limit: 3, windowSeconds: 24 * hourSeconds },
  network: { limit: 10, windowSeconds: hourSeconds },
  all: { limit: 500, windowSeconds: hourSeconds },
} as const;

/** What is echoed of an address that is none. */
const maxEchoedLength = 320;

/**
 * Takes a sign-up, and mails the owner of the address. The answer is the same bytes whoever is known, and whether or not
 * a mail was sent: only the inbox tells.
 */
export const signUp = async (visit: RequestContext): Promise<Reply> => {
  const { page, form } = visit;
  const sent: Reply = { status: 200, body: renderNamedNotice(page, 'checkMail') };
  // A field that people do not see; who fills it in is a machine, which is to learn nothing.
  if (form.get('website')) return sent;
  const written = form.get('email') ?? '';
  const email = parseEmailAddress(written);
  if (email === undefined) {
    const filledIn = { email: written.slice(0, maxEchoedLength), cadence: form.get('cadence') ?? undefined };
    return { status: 422, body: renderInvalidSignUpNotice(page, filledIn) };
  }
  if (!(await checkVisitorCaps(visit))) {
    const retry = { 'retry-after': String(signUpCaps.network.windowSeconds) };
    return { status: 429, body: renderNamedNotice(page, 'tooMany'), headers: retry };
  }
  const key = toSubscriberKey(email, visit.keyring);
  if (await incrementCap(visit, `address#${key}`, signUpCaps.address))
    await registerSubscriber(visit, key, email);
  return sent;
};

const incrementCap = (
  { services, now }: RequestContext,
  what: string,
  cap: Omit<Cap, 'name'>,
): Promise<boolean> => services.caps.increment({ name: what, ...cap }, now);

/** Both caps count before it is known whose address it is, so that neither tells anything of it. */
const checkVisitorCaps = async (visit: RequestContext): Promise<boolean> => {
  const { log } = visit.services;
  const network = toSubscriberKey(toNetwork(visit.clientAddress), visit.keyring);
  if (!(await incrementCap(visit, `network#${network}`, signUpCaps.network))) return false;
  if (await incrementCap(visit, 'all', signUpCaps.all)) return true;
  log.count('signUpsRefused', 1);
  log.warn('sign-ups are refused: there were too many in an hour');
  return false;
};

const registerSubscriber = async (visit: RequestContext, key: string, email: string): Promise<void> => {
  const { services, form, now } = visit;
  const [first, ...others] = selectCadences(services.publication);
  const cadence = others.find((other) => other === form.get('cadence')) ?? first;
  if (!cadence) return;
  const at = now.toISOString();
  const { before, after } = await services.subscribers.apply(key, {
    kind: 'signUp',
    key,
    email,
    cadence,
    at,
  });
  services.log.count('signUps', 1);
  services.log.info('sign-up', { subscriber: key, before: before?.state ?? 'unknown' });
  const note = after && buildSignUpMail(visit, after);
  if (note) await sendMail(services, email, note);
};

/** Whoever is subscribed is told so; whoever is not, is asked to confirm. */
const buildSignUpMail = (
  { services, page, keyring: { keys } }: RequestContext,
  subscriber: Subscriber,
): EmailContent | undefined => {
  const mailContext = { publication: services.publication, render: services.render, site: page.site };
  const { key } = subscriber;
  if (subscriber.state === 'active')
    return renderAlreadySubscribedEmail(mailContext, buildReaderLinks(page.site, key, keys).preferences);
  if (subscriber.state !== 'pending') return undefined;
  const token = signToken({ purpose: 'confirm', key, since: subscriber.since }, keys);
  return renderConfirmationEmail(
    mailContext,
    buildTokenLink(page.site, sitePaths.subscriptions.confirm, token),
  );
};
