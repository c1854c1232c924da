import type { BulkMail, Recipient, SendResult } from '../adapters/mailer.ts';
import { decideRecipient } from '../core/newsletter/delivery/decide-recipient.ts';
import { beginCall, endCall } from '../core/newsletter/delivery/delivery-batch.ts';
import type { DeliveryBatch } from '../core/newsletter/delivery/delivery-batch-record.ts';
import { buildIssueHeaders, buildUnsubscribeHeaders } from '../core/newsletter/email/email-headers.ts';
import type { Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import type { TokenKey } from '../core/newsletter/subscriber/token.ts';
import { buildReaderLinks } from '../core/newsletter/subscriber/token-links.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import { countOutcomeChanges } from './count-outcome-changes.ts';
import { resetSoftBounces } from './reset-soft-bounces.ts';
import type { DeliverServices } from './services.ts';
import type { CallReaders, Delivery } from './shared-requests.ts';

const maxWriteAttempts = 3;

export interface MailerCallResult {
  readonly batch: DeliveryBatch;
  readonly deferReason?: string;
}

/**
 * Calls the mailer once for some recipients of a batch. The batch is written before and after the call, so that the
 * recipients of an interrupted call are known to be uncertain and are not mailed again.
 * @param call.until when the call has ended in any case
 * @returns undefined when another invocation changed the batch meanwhile
 */
export const callMailer = async (
  services: Delivery,
  batch: DeliveryBatch,
  { keys, ...call }: CallReaders & { readonly indexes: readonly number[]; readonly until: string },
): Promise<MailerCallResult | undefined> => {
  const { batches, issueMails, log, publication, site } = services;
  const { issue } = batch;
  const mail = await issueMails.read(issue, batch.letter);
  const wanted = await claimRecipients(services, batch, call.indexes, call.subscribers);
  const begun = beginCall(batch, { ...call, wanted });
  if (!(await batches.replace(batch, begun))) return undefined;
  countOutcomeChanges(log, batch, begun);
  const called = (begun.call?.indexes ?? []).flatMap((index) => begun.recipients[index] ?? []);
  if (called.length === 0) return { batch: begun };

  const results = await sendMails(
    services,
    { ...mail, headers: buildIssueHeaders(publication, site, issue) },
    called.map((recipient) => buildRecipient(services, issue, recipient, keys)),
  );
  const ended = await writeResults(services, begun, results);
  if (!ended) return undefined;
  countOutcomeChanges(log, begun, ended);
  const sentKeys = called.flatMap(({ key }, index) => (results[index]?.outcome === 'sent' ? [key] : []));
  log.info('delivered', { issue, batch: batch.batch, messages: called.length, sent: sentKeys.length });
  services.shared.noteSent(sentKeys.length);
  await resetSoftBounces(
    services,
    issue,
    sentKeys.flatMap((key) => call.subscribers.get(key) ?? []),
  );
  const deferReason = results.flatMap((result) => (result.outcome === 'deferred' ? [result.detail] : []))[0];
  return { batch: ended, ...(deferReason !== undefined && { deferReason }) };
};

/**
 * The keys of those who get the letter. A reader who is not in step is moved by it first, so that no other has the
 * same.
 */
const claimRecipients = async (
  { now, subscribers: store }: DeliverServices,
  batch: DeliveryBatch,
  indexes: readonly number[],
  subscribers: ReadonlyMap<string, Subscriber>,
): Promise<ReadonlySet<string>> => {
  const at = now().toISOString();
  const { issue, batch: number, upTo } = batch;
  const isWanted = async (recipient: DeliveryBatch['recipients'][number]): Promise<boolean> => {
    const { key, position } = recipient;
    const found = subscribers.get(key);
    const decision = decideRecipient(found, batch, recipient, at);
    if (decision === 'loseStep') await store.apply(key, { kind: 'loseStep' }, { found });
    if (decision !== 'claim' || position === undefined || upTo === undefined) return decision === 'send';
    const delivery = { issue, batch: number };
    const { after } = await store.apply(key, { kind: 'claim', position, delivery, upTo }, { found });
    return decideRecipient(after, batch, recipient, at) === 'send';
  };
  const recipients = indexes.flatMap((index) => batch.recipients[index] ?? []);
  const wanted = await mapInParallel(recipients, async (each) => ((await isWanted(each)) ? [each.key] : []));
  return new Set(wanted.flat());
};

const buildRecipient = (
  { publication, site }: DeliverServices,
  issue: string,
  { key, email }: DeliveryBatch['recipients'][number],
  keys: readonly TokenKey[],
): Recipient => {
  if (email === undefined) throw new Error(`${key} waits for ${issue} without an address`);
  const links = buildReaderLinks(site, key, keys);
  return {
    email,
    replacements: links,
    headers: buildUnsubscribeHeaders(publication, links.unsubscribe),
    tags: { issue, key },
  };
};

const sendMails = async (
  { mailer, log }: DeliverServices,
  mail: BulkMail,
  recipients: readonly Recipient[],
): Promise<readonly SendResult[]> => {
  try {
    return await mailer.sendBulk(mail, recipients);
  } catch (error) {
    log.error('the result of a mailer call is unknown', error);
    return recipients.map(() => ({ outcome: 'uncertain', detail: String(error) }));
  }
};

/** Retries a failed write, because the results are known nowhere else: without it, all are uncertain. */
const writeResults = async (
  { batches, log }: DeliverServices,
  begun: DeliveryBatch,
  results: readonly SendResult[],
): Promise<DeliveryBatch | undefined> => {
  const ended = endCall(begun, results);
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (await batches.replace(begun, ended)) return ended;
      // An earlier attempt that seemed to fail may have been written.
      const found = await batches.get(begun.issue, begun.batch);
      return found?.attempt === ended.attempt && found.state === ended.state ? ended : undefined;
    } catch (error) {
      log.error('the outcome of a call was not written', error);
      if (attempt === maxWriteAttempts) throw error;
    }
  }
};
