import { eraseSubscriber } from '../../../functions/subscriptions/erase-subscriber.ts';
import { connectServices } from '../connection/create-cli-services.ts';
import { type ChangeOptions, type Io, printResult, requireConfirmation } from '../output/io.ts';
import { findSubscriber } from '../subscribers/find-subscriber.ts';

export const runSubscribersErase = async (address: string, options: ChangeOptions, io: Io): Promise<void> => {
  const stores = await connectServices(options, io);
  const { key, state } = await findSubscriber(stores, address);
  if (state !== 'erased') await requireConfirmation(io, `Erase this ${state} subscriber for good?`, options);
  await eraseSubscriber(stores, key, stores.now().toISOString());
  printResult(io, options, { key, previousState: state }, 'The subscriber is erased.\n');
};
