import { eraseSubscriber } from '../../../functions/subscriptions/erase-subscriber.ts';
import { connect, type GlobalOptions } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import type { Io } from '../output/io.ts';
import { printResult } from '../output/print-result.ts';
import { requireConfirmation } from '../output/require-confirmation.ts';
import { findSubscriber } from '../subscribers/find-subscriber.ts';

interface Options extends GlobalOptions {
  readonly yes?: boolean;
}

export const runSubscribersErase = async (address: string, options: Options, io: Io): Promise<void> => {
  const stores = createCliServices(await connect(options, io));
  const { key, state } = await findSubscriber(stores, address);
  if (state !== 'erased') await requireConfirmation(io, `Erase this ${state} subscriber for good?`, options.yes);
  await eraseSubscriber(stores, key, stores.now().toISOString());
  printResult(io, options, { key, previousState: state }, 'The subscriber is erased.\n');
};
