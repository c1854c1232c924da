import { deliveriesAtOnce } from '../../infra/operator/cost/assumptions.ts';
import { dollarsFor, readPriceList } from '../../infra/operator/cost/price-list.ts';
import { type PerRecipient, sendingUsage } from '../../infra/operator/cost/sending-usage.ts';

const list = readPriceList();

/** Deliveries at a time, as the stack lets them. */
export const mostAtOnce = deliveriesAtOnce;

/** Counted for one recipient. */
export type Counted = PerRecipient;

/** Dollars of an issue, at the prices that `seedpress cost` has. Lambda at most. */
export const priceOf = (readers: number, rate: number, counted: Counted) => {
  const used = sendingUsage(readers, rate, counted);
  const dollars = (price: string, quantity: number): number => dollarsFor(list, price, quantity);
  return {
    calls: readers * counted.calls,
    dynamo: dollars('dynamodb.read', used.read) + dollars('dynamodb.written', used.written),
    lambda: dollars('lambda.call', used.calls) + dollars('lambda.gigabyteSecond', used.gigabyteSeconds),
    sqs: dollars('sqs.request', used.queueRequests),
    ses: dollars('ses.mail', readers),
  };
};
