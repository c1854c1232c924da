import { maxConcurrentDeliveries } from '../../infra/cli/cost/assumptions.ts';
import { countSendingUsage, type RecipientUsage } from '../../infra/cli/cost/count-sending-usage.ts';
import { readPriceList, toDollars } from '../../infra/cli/cost/price-list.ts';

const list = readPriceList();

/** Deliveries at a time, as the stack lets them. */
export const concurrentDeliveries = maxConcurrentDeliveries;

/** Counted for one recipient. */
export type MeasuredPerRecipient = RecipientUsage;

/** Dollars of an issue, at the prices that `seedpress cost` has. Lambda at most. */
export const computeIssuePrice = (readers: number, rate: number, counted: MeasuredPerRecipient) => {
  const used = countSendingUsage(readers, rate, counted);
  const dollars = (price: string, quantity: number): number => toDollars(list, price, quantity);
  return {
    calls: readers * counted.sesCalls,
    dynamo: dollars('dynamodb.read', used.read) + dollars('dynamodb.written', used.written),
    lambda: dollars('lambda.call', used.calls) + dollars('lambda.gigabyteSecond', used.gigabyteSeconds),
    sqs: dollars('sqs.request', used.queueRequests),
    ses: dollars('ses.mail', readers),
  };
};
