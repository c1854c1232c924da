import { createBatchStore } from '../../functions/adapters/table/batches.ts';
import type { TableClient } from '../../functions/adapters/table/client.ts';
import { createSubscriberStore, keyOf } from '../../functions/adapters/table/subscribers.ts';
import type { DeliveryBatch } from '../../functions/core/newsletter/records.ts';
import { deliverMessages } from '../../functions/delivering/deliver-messages.ts';
import { recordFeedback } from '../../functions/delivering/record-feedback.ts';
import type { DeliveringServices } from '../../functions/delivering/services.ts';
import { type Fault, type Invocation, invocations, observed } from './faults.ts';

/** A message of the deliveries queue and when it is due, in milliseconds since 1970. */
export interface Pending {
  readonly id: string;
  readonly body: string;
  readonly due: number;
}

/** A copy of an issue that left the house. */
export interface Copy {
  readonly issue: string;
  readonly key: string;
  readonly to: string;
}

/** What an office is opened with: the test's own clock, queue and log, to be wired in. */
export type Givens = Pick<DeliveringServices, 'deliveries' | 'now' | 'sleep' | 'log'>;

export interface Premises {
  readonly services: DeliveringServices;
  readonly table: TableClient;
  /** Every copy that was taken by the mailer. */
  readonly copies: () => readonly Copy[];
  readonly putLetter: (issue: string) => Promise<void>;
}

export const letter = {
  subject: 'News of {{braces}}',
  html: '<html lang="en"><body><p>News</p><a href="{{unsubscribe}}">Leave</a> <a href="{{preferences}}">Choose</a></body></html>',
  text: 'News\n\nLeave: {{unsubscribe}}\nChoose: {{preferences}}\n',
};

/** Delivery with a clock and a queue in the test's hands. */
export const openOffice = async <P extends Premises>(start: (givens: Givens) => Promise<P>) => {
  let clock = Date.parse('2026-11-02T12:00:00Z');
  const now = () => new Date(clock);
  const logged: { level: string; message: string; fields: unknown }[] = [];
  const counts: Partial<Record<string, number>> = {};
  const pending: Pending[] = [];
  let messages = 0;
  const send = (message: object, seconds = 0): void => {
    messages += 1;
    pending.push({ id: String(messages), body: JSON.stringify(message), due: clock + seconds * 1000 });
  };
  const premises = await start({
    now,
    sleep: async (milliseconds) => {
      clock += milliseconds;
    },
    deliveries: {
      send: (message, seconds) => observed('SendMessage', async () => send(message, seconds)),
    },
    log: {
      info: (message, fields) => logged.push({ level: 'info', message, fields }),
      warn: (message, fields) => logged.push({ level: 'warn', message, fields }),
      error: (message, error) => logged.push({ level: 'error', message, fields: String(error) }),
      count: (metric, times) => {
        counts[metric] = (counts[metric] ?? 0) + times;
      },
    },
  });
  const { services, table } = premises;
  const batches = createBatchStore(table);
  const subscribers = createSubscriberStore(table);
  const keyring = await services.keys.get();

  const office = {
    ...premises,
    batches,
    subscribers,
    pending,
    logged,
    counts,
    send,
    now,
    pass: (seconds: number): void => {
      clock += seconds * 1000;
    },
    keyOf: (email: string): string => keyOf(email, keyring),
    addReader: async (email: string): Promise<string> => {
      const key = keyOf(email, keyring);
      const at = now().toISOString();
      await subscribers.apply(key, { kind: 'signUp', key, email, cadence: 'daily', at });
      await subscribers.apply(key, { kind: 'confirm', since: at, at });
      return key;
    },
    /** Writes an issue's letter and its batches, and queues them. */
    issue: async (issue: string, emails: readonly (readonly string[])[]): Promise<void> => {
      await premises.putLetter(issue);
      for (const [index, recipients] of emails.entries()) {
        const batch = index + 1;
        await batches.add({
          issue,
          batch,
          state: 'queued',
          attempt: 0,
          recipients: recipients.map((email) => ({
            key: keyOf(email, keyring),
            email,
            outcome: 'waiting',
          })),
        });
        send({ issue, batch });
      }
    },
    /** One invocation for one message; true where the message is done with. Gives the names of its requests too. */
    deliver: async (message: Pending, fault?: Fault, timeLeft = 60_000) => {
      const invocation: Invocation = { fault, requests: [] };
      const begun = clock;
      const failed = await invocations.run(invocation, () =>
        deliverMessages(services, [message], () => timeLeft - (clock - begun)),
      );
      const isKilled = fault?.how === 'killed' && invocation.requests.length >= fault.at;
      return { done: failed.length === 0 && !isKilled, requests: invocation.requests };
    },
    /** Delivers whatever waits, when it is due, until nothing waits. Gives the names of the requests. */
    settle: async (): Promise<string[]> => {
      const requests: string[] = [];
      for (let rounds = 0; pending.length > 0; rounds += 1) {
        if (rounds > 500) throw new Error('delivery does not come to an end');
        pending.sort((a, b) => a.due - b.due);
        const [message] = pending.splice(0, 1);
        if (!message) break;
        clock = Math.max(clock, message.due);
        const delivered = await office.deliver(message);
        requests.push(...delivered.requests);
        if (!delivered.done) throw new Error(`a message failed: ${JSON.stringify(logged.at(-1))}`);
      }
      return requests;
    },
    /** Tells of what became of mails. */
    feed: async (events: readonly unknown[]): Promise<void> => {
      for (const event of events) await recordFeedback(services, event);
    },
    ledger: (issue: string): Promise<DeliveryBatch[]> => batches.some(issue, 1, 999_999),
  };
  return office;
};

export type Office = Awaited<ReturnType<typeof openOffice<Premises>>>;
