import { countSendingUsage, type RecipientUsage } from '../../infra/cli/cost/count-sending-usage.ts';
import { readPriceList, toDollars } from '../../infra/cli/cost/price-list.ts';

const list = readPriceList();

/** The parts of the stack that decide what an issue costs: infra/constructs/newsletter.ts. */
const stack = {
  memoryGigabytes: { resizePicture: 0, publish: 0, composeIssue: 1, deliver: 0.5, subscriptions: 0, recordFeedback: 0 },
  maxConcurrentDeliveries: 3,
};
export const concurrentDeliveries = stack.maxConcurrentDeliveries;

/** Counted for one recipient. */
export type MeasuredPerRecipient = RecipientUsage;

/** Dollars of an issue, at the prices that `seedpress cost` has. Lambda at most. */
export const computeIssuePrice = (readers: number, rate: number, counted: MeasuredPerRecipient) => {
  const used = countSendingUsage(readers, rate, counted, stack);
  const dollars = (price: string, quantity: number): number => toDollars(list, price, quantity);
  return {
    calls: readers * counted.sesCalls,
    dynamo: dollars('dynamodb.read', used.read) + dollars('dynamodb.written', used.written),
    lambda: dollars('lambda.call', used.calls) + dollars('lambda.gigabyteSecond', used.gigabyteSeconds),
    sqs: dollars('sqs.request', used.queueRequests),
    ses: dollars('ses.mail', readers),
  };
};
