/** Prices of an issue. As listed for us-east-1 in mid-2025, from memory and to be checked; no free tier. Dollars. */
const million = 1_000_000;
const prices = {
  /** DynamoDB on demand. */
  readUnit: 0.125 / million,
  writtenUnit: 0.625 / million,
  /** Lambda on ARM. */
  gigabyteSecond: 0.0000133334,
  invocation: 0.2 / million,
  /** A standard queue. */
  queueRequest: 0.4 / million,
  mail: 0.1 / 1000,
};

/** What the stack says: deliveries at a time, and the memory of both functions in gigabytes. */
export const mostAtOnce = 5;
const memory = { deliver: 0.5, compose: 1 };
/** Recipients of a message. */
const batchSize = 50;

/** Counted for one recipient. */
export interface Counted {
  readonly read: number;
  readonly written: number;
  /** Requests that send messages to a queue. */
  readonly sends: number;
  /** Calls to SES. */
  readonly calls: number;
  readonly composeSeconds: number;
}

/**
 * Dollars of an issue. Lambda at most: as many deliveries as may be at a time run from the first mail to the last, most
 * of the time waiting for the rate.
 */
export const priceOf = (readers: number, rate: number, counted: Counted) => {
  const messages = readers / batchSize;
  const deliverSeconds = (readers / rate) * mostAtOnce;
  // A function is called again for a batch that is held, at most once for each minute of its time.
  const invocations = messages + deliverSeconds / 60;
  return {
    calls: readers * counted.calls,
    dynamo: readers * (counted.read * prices.readUnit + counted.written * prices.writtenUnit),
    lambda:
      invocations * prices.invocation +
      (deliverSeconds * memory.deliver + readers * counted.composeSeconds * memory.compose) *
        prices.gigabyteSecond,
    // Each message is also received and deleted.
    sqs: (readers * counted.sends + 2 * invocations) * prices.queueRequest,
    ses: readers * prices.mail,
  };
};
