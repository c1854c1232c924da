import type { Recipient, SendResult } from '../adapters/mailer.ts';
import { beginCall, endCall } from '../core/newsletter/delivery/delivery-batch.ts';
import type { DeliveryBatch } from '../core/newsletter/delivery/delivery-batch-record.ts';
import { buildIssueHeaders, buildUnsubscribeHeaders } from '../core/newsletter/email/email-headers.ts';
import { findPreviousIssueName, parseIssueCadence } from '../core/newsletter/issue/issue-record.ts';
import type { Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import type { TokenKey } from '../core/newsletter/subscriber/token.ts';
import { buildReaderLinks } from '../core/newsletter/subscriber/token-links.ts';
import { countOutcomeChanges } from './count-outcomes.ts';
import type { DeliverServices } from './services.ts';

/** How often the outcome of a call is written, before those who may have their mail become uncertain. */
const maxWriteAttempts = 3;

/** What a call came to: the batch as it stands now, and why the mailer takes nothing for a while, if so. */
export interface MailerCallResult {
  readonly batch: DeliveryBatch;
  readonly deferReason?: string;
}

/**
 * Calls the mailer for some recipients of a batch, once. The ledger says so before and after: whatever is interrupted
 * in between is uncertain, and is not called again.
 * @param until when this call is over in any case
 * @returns undefined where somebody else changed the batch meanwhile
 */
export const callMailer = async (
  services: DeliverServices,
  batch: DeliveryBatch,
  { places, until }: { readonly places: readonly number[]; readonly until: string },
): Promise<MailerCallResult | undefined> => {
  const entries = places.flatMap((place) => batch.recipients[place] ?? []);
  const letter = await services.issueMails.read(batch.issue);
  const { keys } = await services.tokenKeys.getOrCreate();
  const found = await services.subscribers.getMany(entries.map(({ key }) => key));
  const subscribers = new Map(found.map((subscriber) => [subscriber.key, subscriber]));
  const cadence = parseIssueCadence(batch.issue);
  const begun = beginCall(batch, { indexes: places, subscribers, cadence, until });
  if (!(await services.batches.replace(batch, begun))) return undefined;
  countOutcomeChanges(services.log, batch, begun);
  const called = (begun.call?.indexes ?? []).flatMap((place) => begun.recipients[place] ?? []);
  if (called.length === 0) return { batch: begun };

  const headers = buildIssueHeaders(services.publication, services.site, batch.issue);
  const copies = called.map((entry) => buildRecipient(services, batch.issue, entry, keys));
  const results = await sendMessages(services, { ...letter, headers }, copies);
  const ended = await writeResults(services, begun, results);
  if (!ended) return undefined;
  countOutcomeChanges(services.log, begun, ended);
  const sent = results.filter(({ outcome }) => outcome === 'sent').length;
  services.log.info('delivered', { issue: batch.issue, batch: batch.batch, copies: called.length, sent });
  await applyResults(services, ended, { results, called, subscribers });
  const later = results.find(({ outcome }) => outcome === 'deferred');
  return { batch: ended, ...(later?.outcome === 'deferred' && { deferReason: later.detail }) };
};

const buildRecipient = (
  { site }: DeliverServices,
  issue: string,
  { key, email }: DeliveryBatch['recipients'][number],
  keys: readonly TokenKey[],
): Recipient => {
  if (email === undefined) throw new Error(`${key} waits for ${issue} without an address`);
  const links = buildReaderLinks(site, key, keys);
  return {
    email,
    replacements: links,
    headers: buildUnsubscribeHeaders(links.unsubscribe),
    tags: { issue, key },
  };
};

const sendMessages = async (
  { mailer, log }: DeliverServices,
  letter: Parameters<DeliverServices['mailer']['sendBulk']>[0],
  copies: readonly Recipient[],
): Promise<readonly SendResult[]> => {
  try {
    return await mailer.sendBulk(letter, copies);
  } catch (error) {
    log.error('the result of a mailer call is unknown', error);
    return copies.map(() => ({ outcome: 'uncertain', detail: String(error) }));
  }
};

/** Writes the outcomes, and insists: they are known nowhere else. */
const writeResults = async (
  { batches, log }: DeliverServices,
  begun: DeliveryBatch,
  results: readonly SendResult[],
): Promise<DeliveryBatch | undefined> => {
  const ended = endCall(begun, results);
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (await batches.replace(begun, ended)) return ended;
      // A write that failed may have been heard: then it stands there.
      const found = await batches.get(begun.issue, begun.batch);
      return found?.attempt === ended.attempt && found.state === ended.state ? ended : undefined;
    } catch (error) {
      log.error('the outcome of a call was not written', error);
      if (attempt === maxWriteAttempts) throw error;
    }
  }
};

/** What follows from a call, once the ledger has it: the day's count, and readers whose mail arrives again. */
const applyResults = async (
  services: DeliverServices,
  { issue }: DeliveryBatch,
  {
    results,
    called,
    subscribers,
  }: {
    readonly results: readonly SendResult[];
    readonly called: DeliveryBatch['recipients'];
    readonly subscribers: ReadonlyMap<string, Subscriber>;
  },
): Promise<void> => {
  const { dayCounts, now } = services;
  const sent = called.filter((_, index) => results[index]?.outcome === 'sent');
  if (sent.length === 0) return;
  await dayCounts.add(now().toISOString().slice(0, 10), 'sent', sent.length);
  await resetSoftBounces(
    services,
    issue,
    sent.flatMap(({ key }) => subscribers.get(key) ?? []),
  );
};

/**
 * Forgets the soft bounces of readers to whom the issue before came through: only bounces in a row tell that an
 * address is gone. SES could tell of every delivery, but that would be an event for every mail; this costs a look for
 * those alone who have bounced.
 */
const resetSoftBounces = async (
  { feedback, subscribers }: DeliverServices,
  issue: string,
  readers: readonly Subscriber[],
): Promise<void> => {
  const doubtful = readers.flatMap((reader) =>
    reader.state === 'active' && reader.softBounces > 0 ? [reader.key] : [],
  );
  const previous = findPreviousIssueName(issue);
  if (doubtful.length === 0 || previous === undefined) return;
  const bounced = await feedback.listSoftBounced(previous, doubtful);
  for (const key of doubtful) {
    if (!bounced.has(key)) await subscribers.apply(key, { kind: 'delivered' });
  }
};
