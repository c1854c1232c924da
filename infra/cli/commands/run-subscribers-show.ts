import { toSubscriberKey } from '../../../functions/adapters/table/subscribers.ts';
import type { Subscriber } from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import { eraseSubscriber } from '../../../functions/subscriptions/erase-subscriber.ts';
import { type CliServices, connectServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatCount, formatTable, formatTime } from '../output/format-values.ts';
import { type ChangeOptions, type GlobalOptions, type Io, printResult, requireConfirmation } from '../output/io.ts';
import { restoreErasures } from '../rebuild/restore-erasures.ts';

export const runSubscribersShow = async (address: string, options: GlobalOptions, io: Io): Promise<void> => {
  const stores = await connectServices(options, io);
  const found = await findSubscriber(stores, address);
  const consentWords = await readConsentWords(stores, found);
  const rows = Object.entries(found).map(([name, value]) => [
    name,
    times.has(name) ? formatTime(String(value), stores.publication.timeZone) : formatFact(value),
  ]);
  const shown = consentWords === undefined ? rows : [...rows, ['consentWords', consentWords]];
  printResult(io, options, { ...found, consentWords }, formatTable(shown));
};

const times = new Set(['since', 'signedUpAt', 'confirmedAt', 'pausedUntil']);

const formatFact = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

const readConsentWords = async (
  { consentWords }: Pick<CliServices, 'consentWords'>,
  subscriber: Subscriber,
): Promise<string | undefined> =>
  subscriber.state === 'erased' || subscriber.words === undefined ? undefined : consentWords.find(subscriber.words);

export const findSubscriber = async (
  { subscribers, tokenKeys }: Pick<CliServices, 'subscribers' | 'tokenKeys'>,
  address: string,
): Promise<Subscriber> => {
  const found = await subscribers.get(toSubscriberKey(address, await tokenKeys.getOrCreate()));
  if (found) return found;
  throw new CliError('No subscriber has this address.', exitCodes.notFound);
};

export const runSubscribersErase = async (address: string, options: ChangeOptions, io: Io): Promise<void> => {
  const stores = await connectServices(options, io);
  const { key, state } = await findSubscriber(stores, address);
  if (state !== 'erased') await requireConfirmation(io, `Erase this ${state} subscriber for good?`, options);
  await eraseSubscriber(stores, key, stores.now().toISOString());
  printResult(io, options, { key, previousState: state }, ['The subscriber is erased.']);
};

export const runSubscribersRestoreErasures = async (options: GlobalOptions, io: Io): Promise<void> => {
  const counts = await restoreErasures(await connectServices(options, io));
  const recorded = formatCount(counts.recorded, 'recorded erasure');
  printResult(io, options, counts, [`${recorded}, of which ${counts.restored} had to be applied again.`]);
};
