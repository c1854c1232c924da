import { renderRefusalEmail } from '../core/newsletter/email/refusal-email.ts';
import type { ComposeIssueServices } from './services.ts';

export type RefusalOutcome = 'mailed' | 'nothing' | 'later';

/** Refusals in one mail, which lists some and counts the rest. */
const maxRefusalsPerMail = 10_000;

/**
 * Mails that tell of refusals. Shorter than the time between two calls, the first window keeps two from sending at
 * once.
 */
const caps = [
  { name: 'refusals', limit: 1, windowSeconds: 4 * 60 },
  { name: 'refusals-hour', limit: 3, windowSeconds: 60 * 60 },
] as const;

/**
 * Tells the publisher by mail of the uploads that were refused since the last such mail. The mail is sent before they
 * are forgotten, so that it may come twice after a failure, but always comes.
 */
export const mailRefusals = async (services: ComposeIssueServices): Promise<RefusalOutcome> => {
  const { caps: capStore, log, mailer, now, publication, refusals } = services;
  const refused = await refusals.list(maxRefusalsPerMail);
  if (refused.length === 0) return 'nothing';
  for (const cap of caps) if (!(await capStore.increment(cap, now()))) return 'later';
  const to = publication.editor ?? publication.sender.email;
  try {
    await mailer.sendOne({ to, ...renderRefusalEmail(services, refused) });
  } catch (error) {
    // As in the sandbox of SES. They are tried again with the next, and are in the list of rejections anyway.
    log.warn('the mail about refused uploads was not sent', { error: String(error), refused: refused.length });
    return 'later';
  }
  await refusals.remove(refused.map(({ id }) => id));
  log.info('refusals mailed', { refused: refused.length });
  return 'mailed';
};
