import { createBatchStore } from '../../functions/adapters/table/batches.ts';
import type { TableClient } from '../../functions/adapters/table/client.ts';
import { createSubscriberStore, toSubscriberKey } from '../../functions/adapters/table/subscribers.ts';
import type { DeliveryBatch } from '../../functions/core/newsletter/delivery/delivery-batch-record.ts';
import { createDeliveryHandler } from '../../functions/deliver/create-delivery-handler.ts';
import type { DeliverServices } from '../../functions/deliver/services.ts';
import { batchesPerInvocation } from '../../functions/platform/contract.ts';
import { recordFeedback } from '../../functions/record-feedback/record-feedback.ts';
import { invokeSqsHandler, type TestMessage } from '../invoke-sqs-handler.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { type Fault, type Invocation, invocationStorage, observeRequest } from './observe-request.ts';

/** A message of the deliveries queue and when it is due, in milliseconds since 1970. */
export interface DeliveriesMessage extends TestMessage {
  readonly due: number;
}

/** A message of an issue that was sent. */
export interface SentMessage {
  readonly issue: string;
  readonly key: string;
  readonly to: string;
}

/** The test's own clock, queue and log. */
export type ControlledServices = Pick<DeliverServices, 'deliveriesQueue' | 'now' | 'sleep' | 'log'>;

export interface DeliverBackend {
  readonly services: DeliverServices;
  readonly table: TableClient;
  /** Every message that the mailer accepted. */
  readonly listSentMessages: () => readonly SentMessage[];
  readonly writeIssueEmail: (issue: string) => Promise<void>;
}

export const issueEmail = {
  subject: 'News of {{braces}}',
  html: '<html lang="en"><body><p>News</p><a href="{{unsubscribe}}">Leave</a> <a href="{{preferences}}">Choose</a></body></html>',
  text: 'News\n\nLeave: {{unsubscribe}}\nChoose: {{preferences}}\n',
};

/** Delivery with a clock and a queue that the test controls. */
export const createDeliverFixture = async <P extends DeliverBackend>(
  start: (controlled: ControlledServices) => Promise<P>,
) => {
  const clock = createVirtualClock(Date.parse('2026-11-02T12:00:00Z'));
  const { now, sleep } = clock;
  const logged: { level: string; message: string; fields: unknown }[] = [];
  const counts: Partial<Record<string, number>> = {};
  const pending: DeliveriesMessage[] = [];
  let messages = 0;
  const send = (message: object, seconds = 0): void => {
    messages += 1;
    pending.push({ id: String(messages), body: JSON.stringify(message), due: now().getTime() + seconds * 1000 });
  };
  const backend = await start({
    now,
    sleep,
    deliveriesQueue: {
      send: (message, seconds) => observeRequest('SendMessage', async () => send(message, seconds)),
      sendMany: (messages, seconds) =>
        observeRequest('SendMessageBatch', async () => {
          for (const message of messages) send(message, seconds);
        }),
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
  const { services, table } = backend;
  const batches = createBatchStore(table);
  const subscribers = createSubscriberStore(table, now);
  const tokenKeys = await services.tokenKeys.getOrCreate();

  const fixture = {
    ...backend,
    batches,
    subscribers,
    pending,
    logged,
    counts,
    send,
    now,
    advanceClock: (seconds: number): void => {
      clock.passTo(now().getTime() + seconds * 1000);
    },
    toSubscriberKey: (email: string): string => toSubscriberKey(email, tokenKeys),
    addReader: async (email: string): Promise<string> => {
      const key = toSubscriberKey(email, tokenKeys);
      const at = now().toISOString();
      await subscribers.apply(key, { kind: 'signUp', key, email, cadence: 'daily', at });
      await subscribers.apply(key, { kind: 'confirm', since: at, at });
      return key;
    },
    /** Writes an issue's email and its batches, and queues them. */
    queueIssue: async (issue: string, emails: readonly (readonly string[])[]): Promise<void> => {
      await backend.writeIssueEmail(issue);
      for (const [index, recipients] of emails.entries()) {
        const batch = index + 1;
        await batches.add(
          {
            issue,
            batch,
            state: 'queued',
            attempt: 0,
            recipients: recipients.map((email) => ({
              key: toSubscriberKey(email, tokenKeys),
              email,
              outcome: 'waiting',
            })),
          },
          now().toISOString(),
        );
        send({ issue, batch });
      }
    },
    /** One invocation for some messages; gives those that failed, and the names of its requests. */
    deliver: async (messages: DeliveriesMessage | readonly DeliveriesMessage[], fault?: Fault, timeLeftMs = 60_000) => {
      const received = [messages].flat();
      const invocation: Invocation = { fault, requests: [] };
      const begun = now().getTime();
      const failed = await invocationStorage
        .run(invocation, () =>
          invokeSqsHandler(
            { log: services.log, ...createDeliveryHandler(services) },
            received,
            () => timeLeftMs - (now().getTime() - begun),
          ),
        )
        // A function that throws has failed for all of its messages.
        .catch(() => received.map(({ id }) => id));
      const isKilled = fault?.how === 'killed' && invocation.requests.length >= fault.at;
      const lost = received.filter(({ id }) => isKilled || failed.includes(id));
      return { done: lost.length === 0, lost, requests: invocation.requests };
    },
    /** Delivers all messages, when they are due, until none is left. Gives the names of the requests. */
    deliverAll: async (): Promise<string[]> => {
      const requests: string[] = [];
      for (let rounds = 0; pending.length > 0; rounds += 1) {
        if (rounds > 500) throw new Error('delivery does not come to an end');
        pending.sort((a, b) => a.due - b.due);
        clock.passTo(pending[0]?.due ?? 0);
        const due = pending.filter((message) => message.due <= now().getTime()).slice(0, batchesPerInvocation);
        pending.splice(0, due.length);
        const delivered = await fixture.deliver(due);
        requests.push(...delivered.requests);
        if (!delivered.done) throw new Error(`a message failed: ${JSON.stringify(logged.at(-1))}`);
      }
      return requests;
    },
    /** Records feedback on mails. */
    recordFeedbackEvents: async (events: readonly unknown[]): Promise<void> => {
      for (const event of events) await recordFeedback(services, event);
    },
    readLedger: (issue: string): Promise<DeliveryBatch[]> => batches.listRange(issue, 1, 999_999),
  };
  return fixture;
};

export type DeliverFixture = Awaited<ReturnType<typeof createDeliverFixture<DeliverBackend>>>;
