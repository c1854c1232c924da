import { toSubscriberKey } from '../../../functions/adapters/table/subscribers.ts';
import type { Subscriber } from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';

export const findSubscriber = async (
  { subscribers, tokenKeys }: Pick<CliServices, 'subscribers' | 'tokenKeys'>,
  address: string,
): Promise<Subscriber> => {
  const found = await subscribers.get(toSubscriberKey(address, await tokenKeys.getOrCreate()));
  if (found) return found;
  throw new CliError('No subscriber has this address.', exitCodes.notFound);
};
