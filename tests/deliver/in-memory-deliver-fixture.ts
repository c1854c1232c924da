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

/** A mailer that keeps what it is given, and refuses by address as the local SES does. */
const createFixtureMailer = (copies: SentMessage[], perSecond: number): Mailer => ({
  sendOne: async () => ({ messageId: 'one' }),
  sendBulk: (_, recipients) =>
    observeRequest('SendBulk', async () =>
      recipients.map(({ email, tags = {} }): SendResult => {
        const fate = decideMailboxOutcome(email);
        if (fate === 'busy' || fate === 'rejected') return { outcome: refusals[fate], detail: fate };
        if (email.includes(' ')) return { outcome: 'failed', detail: 'not an address' };
        copies.push({ issue: tags.issue ?? '', key: tags.key ?? '', to: email });
        return { outcome: 'sent', messageId: String(copies.length) };
      }),
    ),
  readLimits: () => observeRequest('Limits', async () => ({ perSecond, leftToday: 1000 })),
});

/** Delivery without servers: for a thousand of them. */
export const createInMemoryDeliverFixture = (perSecond: number) =>
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
        issueMails: { read: () => observeRequest('Letter', async () => issueEmail) },
        mailer: createFixtureMailer(sentMessages, perSecond),
        runCorrelated: runUncorrelated,
      },
    };
  });
