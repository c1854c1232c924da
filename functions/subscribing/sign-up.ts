import type { Cap } from '../adapters/table/caps.ts';
import { keyOf } from '../adapters/table/subscribers.ts';
import { writeAlreadyMail, writeConfirmationMail } from '../core/mail/sign-up-mails.ts';
import type { Note } from '../core/mail/write-note.ts';
import { parseAddress } from '../core/newsletter/address.ts';
import { readerLinks, tokenLink } from '../core/newsletter/links.ts';
import { newsletterPaths } from '../core/newsletter/paths.ts';
import type { Subscriber } from '../core/newsletter/records.ts';
import { signToken } from '../core/newsletter/token.ts';
import { renderInvalidSignUp, renderPlainNotice } from '../core/page/render-notice.ts';
import { cadencesOf } from '../core/publication.ts';
import { networkOf } from './network.ts';
import { sendMail } from './send-mail.ts';
import type { Answer, Visit } from './services.ts';

const hour = 60 * 60;

/** Against list bombing: mails to one address, sign-ups from one network, and all of them. */
export const signUpCaps = {
  address: { limit: 3, window: 24 * hour },
  network: { limit: 10, window: hour },
  all: { limit: 500, window: hour },
} as const;

/** What is echoed of an address that is none. */
const echoed = 320;

/**
 * Takes a sign-up, and mails the owner of the address. The answer is the same bytes whoever is known, and whether or not
 * a mail was sent: only the inbox tells.
 */
export const signUp = async (visit: Visit): Promise<Answer> => {
  const { page, form } = visit;
  const sent: Answer = { status: 200, body: renderPlainNotice(page, 'checkMail') };
  // A field that people do not see; who fills it in is a machine, which is to learn nothing.
  if (form.get('website')) return sent;
  const written = form.get('email') ?? '';
  const email = parseAddress(written);
  if (email === undefined) {
    const filledIn = { email: written.slice(0, echoed), cadence: form.get('cadence') ?? undefined };
    return { status: 422, body: renderInvalidSignUp(page, filledIn) };
  }
  if (!(await admitVisitor(visit))) {
    const retry = { 'retry-after': String(signUpCaps.network.window) };
    return { status: 429, body: renderPlainNotice(page, 'tooMany'), headers: retry };
  }
  const key = keyOf(email, visit.keyring);
  if (await take(visit, `address#${key}`, signUpCaps.address)) await register(visit, key, email);
  return sent;
};

const take = ({ services, now }: Visit, what: string, cap: Omit<Cap, 'what'>): Promise<boolean> =>
  services.caps.take({ what, ...cap }, now);

/** Both caps count before it is known whose address it is, so that neither tells anything of it. */
const admitVisitor = async (visit: Visit): Promise<boolean> => {
  const { log } = visit.services;
  const network = keyOf(networkOf(visit.from), visit.keyring);
  if (!(await take(visit, `network#${network}`, signUpCaps.network))) return false;
  if (await take(visit, 'all', signUpCaps.all)) return true;
  log.count('signUpsRefused', 1);
  log.warn('sign-ups are refused: there were too many in an hour');
  return false;
};

const register = async (visit: Visit, key: string, email: string): Promise<void> => {
  const { services, form, now } = visit;
  const [first, ...others] = cadencesOf(services.publication);
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
  const note = after && noteFor(visit, after);
  if (note) await sendMail(services, email, note);
};

/** Whoever is subscribed is told so; whoever is not, is asked to confirm. */
const noteFor = ({ services, page, keyring: { keys } }: Visit, subscriber: Subscriber): Note | undefined => {
  const desk = { publication: services.publication, render: services.render, site: page.site };
  const { key } = subscriber;
  if (subscriber.state === 'active')
    return writeAlreadyMail(desk, readerLinks(page.site, key, keys).preferences);
  if (subscriber.state !== 'pending') return undefined;
  const token = signToken({ purpose: 'confirm', key, since: subscriber.since }, keys);
  return writeConfirmationMail(desk, tokenLink(page.site, newsletterPaths.confirm, token));
};
