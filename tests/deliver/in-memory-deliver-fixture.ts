import type { Mailer, SendResult } from '../../functions/adapters/mailer.ts';
import { parsePublication } from '../../functions/core/publication.ts';
import { runUncorrelated } from '../../functions/platform/logger.ts';
import { createStores } from '../../functions/runtime/create-stores.ts';
import { decideMailboxOutcome } from '../../infra/local/ses/mailbox-simulator.ts';
import { createInMemoryTable } from '../in-memory-table.ts';
import { baseSettings } from '../publish/publish-fixture.ts';
import { createDeliverFixture, issueEmail, type SentMessage } from './deliver-fixture.ts';
import { observeRequest } from './observe-request.ts';

const refusals = { busy: 'retryable', rejected: 'refused' } as const;

interface InMemoryDeliverOptions {
  readonly perSecond: number;
  /** Runs before the mailer takes a call. */
  readonly beginCall?: () => Promise<void>;
}

/** A mailer that keeps what it accepts, and refuses by address as the local SES does. */
const createFixtureMailer = (
  sentMessages: SentMessage[],
  { perSecond, beginCall }: InMemoryDeliverOptions,
): Mailer => ({
  sendOne: async () => ({ messageId: 'one' }),
  liftSuppression: async () => {},
  listSuppressed: async function* () {},
  sendBulk: async (_, recipients) => {
    await beginCall?.();
    return observeRequest('SendBulk', async () =>
      recipients.map(({ email, tags = {} }): SendResult => {
        const mailbox = decideMailboxOutcome(email);
        if (mailbox === 'busy' || mailbox === 'rejected') return { outcome: refusals[mailbox], detail: mailbox };
        if (email.includes(' ')) return { outcome: 'failed', detail: 'not an address' };
        sentMessages.push({ issue: tags.issue ?? '', key: tags.key ?? '', to: email });
        return { outcome: 'sent', messageId: String(sentMessages.length) };
      }),
    );
  },
  readLimits: () => observeRequest('ReadLimits', async () => ({ perSecond, leftToday: 1000 })),
});

/** Delivery without servers: for a thousand of them. */
export const createInMemoryDeliverFixture = (options: InMemoryDeliverOptions) =>
  createDeliverFixture(async (givens) => {
    const table = createInMemoryTable(observeRequest);
    const sentMessages: SentMessage[] = [];
    return {
      table,
      listSentMessages: () => sentMessages,
      writeIssueEmail: async () => {},
      services: {
        ...createStores(table, givens.now),
        ...givens,
        publication: parsePublication(baseSettings),
        site: 'https://news.example',
        issueMails: { read: () => observeRequest('ReadIssueEmail', async () => issueEmail) },
        mailer: createFixtureMailer(sentMessages, options),
        runCorrelated: runUncorrelated,
      },
    };
  });
