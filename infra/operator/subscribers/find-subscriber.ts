import { keyOf } from '../../../functions/adapters/table/subscribers.ts';
import type { Subscriber } from '../../../functions/core/newsletter/records.ts';
import { exitCodes, OperatorError } from '../failures.ts';
import type { Ledger } from '../newsletter/open-ledger.ts';

/** The subscriber of an address. @throws {OperatorError} where nobody is known by it */
export const findSubscriber = async (
  { subscribers, tokenKeys }: Pick<Ledger, 'subscribers' | 'tokenKeys'>,
  address: string,
): Promise<Subscriber> => {
  const found = await subscribers.get(keyOf(address, await tokenKeys.get()));
  if (found) return found;
  throw new OperatorError('Nobody is known by this address.', exitCodes.notFound);
};
