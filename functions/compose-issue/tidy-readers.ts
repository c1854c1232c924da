import { movingPartition, recipientShards, toRecipientPartition } from '../adapters/table/subscribers.ts';
import { renderAddressChangedEmail } from '../core/newsletter/email/reader-emails.ts';
import { findRetentionStart, listLeftPartitions } from '../core/newsletter/subscriber/address-retention.ts';
import { redactEmailAddresses } from '../core/newsletter/subscriber/email-address.ts';
import type { Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import { type Cadence, cadences, findQuieterCadence } from '../core/publication.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { ComposeIssueServices } from './services.ts';
import { minTimeLeftMs } from './write-batches.ts';

const pageSize = 500;

/** What was done, or `later` where time ran out: a message goes on. */
export type TidyOutcome = 'tidy' | 'later';

type TidyServices = Pick<
  ComposeIssueServices,
  'subscribers' | 'publication' | 'site' | 'render' | 'mailer' | 'issuesQueue' | 'now' | 'log'
>;

/**
 * Removes the addresses of those who left long ago, completes changes of address that were interrupted, and moves
 * readers whose cadence is not offered any more. It reads the index alone, where all of them are listed until they are
 * done, so that nothing needs to know how far an earlier call came.
 */
export const tidyReaders = async (services: TidyServices, getTimeLeftMs: () => number): Promise<TidyOutcome> => {
  const { subscribers, publication, issuesQueue, now, log } = services;
  await mapPartition(
    services,
    movingPartition,
    () => true,
    (moving) => completeMove(services, moving),
  );
  if (!(await replaceCadences(services, getTimeLeftMs))) {
    await issuesQueue.send({ readers: 'tidy' });
    return 'later';
  }
  const leftBefore = findRetentionStart(publication, now());
  let forgotten = 0;
  for (const partition of listLeftPartitions(leftBefore)) {
    const isInTime = await mapPartition(
      services,
      partition,
      () => getTimeLeftMs() > minTimeLeftMs,
      async (left) => {
        const { before, after } = await subscribers.apply(
          left.key,
          { kind: 'forgetAddress', leftBefore },
          { found: left },
        );
        if (before !== after) forgotten += 1;
      },
    );
    if (isInTime) continue;
    await issuesQueue.send({ readers: 'tidy' });
    return 'later';
  }
  if (forgotten > 0) log.info('addresses of those who left were removed', { forgotten });
  return 'tidy';
};

/** @returns false where time ran out */
const replaceCadences = async (services: TidyServices, getTimeLeftMs: () => number): Promise<boolean> => {
  const { publication, log } = services;
  for (const former of cadences.filter((cadence) => publication.digest[cadence] === undefined)) {
    const cadence = findQuieterCadence(publication, former);
    let readers = 0;
    const replace = async (subscriber: Subscriber): Promise<void> => {
      readers += 1;
      if (cadence) await replaceCadence(services, subscriber, { former, cadence });
    };
    for (const shard of recipientShards) {
      const isInTime = () => getTimeLeftMs() > minTimeLeftMs;
      if (!(await mapPartition(services, toRecipientPartition(former, shard), isInTime, replace))) return false;
    }
    if (readers === 0) continue;
    if (cadence) log.info('readers of a cadence that is not offered get a quieter one', { former, cadence, readers });
    else log.warn('readers chose a cadence that is not offered, and there is no quieter one', { former, readers });
  }
  return true;
};

/** Where they are in the announcements is found when an issue lists them. */
const replaceCadence = async (
  { subscribers }: TidyServices,
  found: Subscriber,
  change: { readonly former: Cadence; readonly cadence: Cadence },
): Promise<void> => {
  await subscribers.apply(found.key, { kind: 'replaceCadence', ...change }, { found });
};

/** @returns false where it ended before the last page */
const mapPartition = async (
  { subscribers }: TidyServices,
  partition: string,
  goesOn: () => boolean,
  handle: (subscriber: Subscriber) => Promise<void>,
): Promise<boolean> => {
  for (let after: string | undefined; ; ) {
    const page = await subscribers.listPartition(partition, { after, limit: pageSize });
    await mapInParallel(page, handle);
    after = page.at(-1)?.key;
    if (page.length < pageSize) return true;
    if (!goesOn()) return false;
  }
};

const completeMove = async (services: TidyServices, found: Subscriber): Promise<void> => {
  const { subscribers, mailer, log } = services;
  // The index may list one who has moved by now.
  const [moving] = await subscribers.getMany([found.key]);
  if (moving?.state !== 'moving') return;
  await subscribers.completeMove(moving, async (to) => {
    try {
      await mailer.sendOne({ to, ...renderAddressChangedEmail(services) });
    } catch (error) {
      log.warn('a former address was not told', { error: redactEmailAddresses(String(error)) });
    }
  });
  log.info('address changed', { subscriber: moving.key, movedTo: moving.movedTo });
};
