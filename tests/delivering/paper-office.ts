import { randomBytes } from 'node:crypto';
import type { Mailer, SendResult } from '../../functions/adapters/mailer.ts';
import { createBatchStore } from '../../functions/adapters/table/batches.ts';
import { createFeedbackStore } from '../../functions/adapters/table/feedback.ts';
import { createPaceStore } from '../../functions/adapters/table/pace.ts';
import { createSubscriberStore } from '../../functions/adapters/table/subscribers.ts';
import { createTokenKeyStore } from '../../functions/adapters/table/token-keys.ts';
import { parsePublication } from '../../functions/core/publication.ts';
import { aboutNothing } from '../../functions/publishing/services.ts';
import { fateOf } from '../../infra/local/ses/simulator.ts';
import { createMemoryTable } from '../memory-table.ts';
import { settings } from '../publishing/press.ts';
import { observed } from './faults.ts';
import { type Copy, letter, openOffice } from './office.ts';

const refusals = { busy: 'again', rejected: 'refused' } as const;

/** A mailer that keeps what it is given, and refuses by address as the local SES does. */
const createPaperMailer = (copies: Copy[], perSecond: number): Mailer => ({
  sendOne: async () => ({ messageId: 'one' }),
  sendBulk: (_, recipients) =>
    observed('SendBulk', async () =>
      recipients.map(({ email, tags = {} }): SendResult => {
        const fate = fateOf(email);
        if (fate === 'busy' || fate === 'rejected') return { outcome: refusals[fate], detail: fate };
        if (email.includes(' ')) return { outcome: 'failed', detail: 'not an address' };
        copies.push({ issue: tags.issue ?? '', key: tags.key ?? '', to: email });
        return { outcome: 'sent', messageId: String(copies.length) };
      }),
    ),
  limits: () => observed('Limits', async () => ({ perSecond, leftToday: 1000 })),
});

/** Delivery without servers: for a thousand of them. */
export const openPaperOffice = (perSecond: number) =>
  openOffice(async (givens) => {
    const table = createMemoryTable(observed);
    const copies: Copy[] = [];
    return {
      table,
      copies: () => copies,
      putLetter: async () => {},
      services: {
        ...givens,
        publication: parsePublication(settings),
        site: 'https://news.example',
        letters: { read: () => observed('Letter', async () => letter) },
        batches: createBatchStore(table),
        subscribers: createSubscriberStore(table),
        keys: createTokenKeyStore(table, {
          random: (bytes) => randomBytes(bytes).toString('hex'),
          now: givens.now,
        }),
        pace: createPaceStore(table),
        feedback: createFeedbackStore(table),
        mailer: createPaperMailer(copies, perSecond),
        about: aboutNothing,
      },
    };
  });
