import { type ComposeRequest, composeIssue } from '../../functions/compose-issue/compose-issue.ts';
import { requestWaitingIssue } from '../../functions/compose-issue/request-waiting-issue.ts';
import type { ComposeIssueServices } from '../../functions/compose-issue/services.ts';
import { tidyReaders } from '../../functions/compose-issue/tidy-readers.ts';
import type { Entry } from '../../functions/core/entry.ts';
import { formatArrivalSortKey, listNames } from '../../functions/core/lifecycle/list-positions.ts';
import { formatIssueName } from '../../functions/core/newsletter/issue/issue-record.ts';
import type { SubscriberEvent } from '../../functions/core/newsletter/subscriber/apply-subscriber-event.ts';
import { type Cadence, cadences, parsePublication } from '../../functions/core/publication.ts';
import type { Render } from '../../functions/core/render.ts';
import { createDeliveryHandler } from '../../functions/deliver/create-delivery-handler.ts';
import { createIssueMailReader } from '../../functions/deliver/issue-mail-reader.ts';
import type { DeliverServices } from '../../functions/deliver/services.ts';
import { formatLetterKey } from '../../functions/platform/contract.ts';
import { runUncorrelated } from '../../functions/platform/logger.ts';
import { createStores } from '../../functions/runtime/create-stores.ts';
import { digestInput, sampleEntry } from '../core/newsletter/digest/digest-fixture.ts';
import { createInMemoryBuckets } from '../in-memory-buckets.ts';
import { createInMemoryMailer } from '../in-memory-mailer.ts';
import { createInMemoryTable } from '../in-memory-table.ts';
import { baseSettings } from '../publish/publish-fixture.ts';

/** A mail lists the ids of its articles in brackets, and nothing else. */
const renderIds: Render = (name, data) => {
  if (name === 'digest/article.html') return 'title' in data ? `[${data.title}]` : '';
  if (name === 'digest/digest.html' && 'articles' in data && 'titles' in data) return `${data.articles}${data.titles}`;
  return name.endsWith('.json') ? digestInput.render(name, data) : '';
};
const parseIds = (html: string): string[] => [...html.matchAll(/\[([\w-]+)\]/g)].map(([, id = '']) => id);

class Crash extends Error {}

export interface ReaderWorldOptions {
  readonly settings?: object;
  /** Whether the next request fails, and whether it takes effect before. */
  readonly planCrash: () => 'before' | 'after' | undefined;
}

/** A list of readers, the issues that are composed for them, and their mailboxes, in memory. */
export const createReaderWorld = ({ settings = {}, planCrash }: ReaderWorldOptions) => {
  let clock = Date.parse('2026-11-02T06:00:00.000Z');
  let isCrashing = false;
  const now = (): Date => new Date(clock);
  const observe = async <T>(_: string, request: () => Promise<T>): Promise<T> => {
    const crash = isCrashing ? planCrash() : undefined;
    if (crash === 'before') throw new Crash();
    const answer = await request();
    if (crash === 'after') throw new Crash();
    return answer;
  };
  const table = createInMemoryTable(observe);
  const buckets = createInMemoryBuckets(observe);
  const { mailer, mails } = createInMemoryMailer();
  const queue: { readonly issue: string; readonly batch: number; due: number }[] = [];
  const requested: ComposeRequest[] = [];
  const publication = { ...parsePublication({ ...baseSettings, ...settings }) };
  const stores = createStores(table, now);
  const warnings: string[] = [];
  const warn = (message: string, fields: object = {}) => void warnings.push(`${message} ${JSON.stringify(fields)}`);
  const log = { info: () => {}, warn, error: () => {}, count: () => {} };
  const shared = { ...stores, publication, site: 'https://news.example', now, log, runCorrelated: runUncorrelated };
  const queueBatch = (message: object, seconds: number): void => {
    if ('issue' in message && 'batch' in message)
      queue.push({ issue: String(message.issue), batch: Number(message.batch), due: clock + seconds * 1000 });
  };
  const composeServices: ComposeIssueServices = {
    ...shared,
    render: renderIds,
    buckets: { site: buckets.bucket('site'), internal: buckets.bucket('internal') },
    issuesQueue: { send: async (message) => void requested.push({ cadence: 'daily', ...message }) },
    deliveriesQueue: {
      send: async () => {},
      sendMany: async (messages) => {
        for (const message of messages) queueBatch(message, 0);
      },
    },
    uploadsQueue: { send: async () => {} },
    mailer,
  };
  const deliverServices: DeliverServices = {
    ...shared,
    issueMails: createIssueMailReader(buckets.bucket('internal')),
    deliveriesQueue: {
      send: async (message, seconds = 0) => queueBatch(message, seconds),
      sendMany: async (messages, seconds = 0) => {
        for (const message of messages) queueBatch(message, seconds);
      },
    },
    mailer: { ...mailer, sendBulk: (mail, recipients) => observe('SendBulk', () => mailer.sendBulk(mail, recipients)) },
    sleep: async (milliseconds) => {
      clock += milliseconds;
    },
  };
  buckets.put(
    'internal',
    'bodies/shared',
    JSON.stringify({ html: '<p>Text</p>', text: 'Text', cut: [], mail: { html: '<p>Text</p>' } }),
  );

  /** Runs what may crash; true where it came to an end. */
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    isCrashing = true;
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof Crash) return false;
      throw error;
    } finally {
      isCrashing = false;
    }
  };
  const announceAll = async (): Promise<void> => {
    const { requested: seen } = await stores.build.get();
    await stores.build.acquireLease({ holder: 'test', now: 0, until: 0, since: '' });
    await stores.build.finish('test', seen);
  };

  return {
    stores,
    table,
    warnings,
    publication,
    mails,
    queue,
    now,
    advance: (milliseconds: number): void => {
      clock += milliseconds;
    },
    /** New settings, in which a cadence is missing. */
    stopOffering: (cadence: Cadence): void => {
      const { [cadence]: _, ...digest } = publication.digest;
      publication.digest = digest;
    },
    tidy: () => attempt(() => tidyReaders(composeServices, () => 300_000)),
    /** A message that came back. */
    finishIssue: (cadence: Cadence) => attempt(() => composeIssue(composeServices, { cadence }, () => 300_000)),
    apply: async (key: string, event: SubscriberEvent) => stores.subscribers.apply(key, event),
    publish: async (id: string, topics: readonly string[] = []): Promise<void> => {
      const arrival = await stores.build.reserveArrivals(1, false);
      const entry: Entry = {
        ...sampleEntry,
        id,
        title: id,
        topics: topics.map((slug) => ({ name: slug, slug })),
        bodyKey: 'shared',
        email: true,
      };
      const key = { pk: listNames.latest, sk: formatArrivalSortKey(arrival) };
      const listed = { ...entry, seedKeys: [id], arrival };
      const record = { id, seedKeys: [id], state: 'published', entry, arrival, positions: [], stalePositions: [] };
      await table.writeMany([
        { put: { ...key, ...listed } },
        { put: { pk: `ARTICLE#${id}`, sk: 'ARTICLE', ...record } },
      ]);
      await announceAll();
    },
    readCoverage: async (cadence: Cadence) => ({
      covered: (await stores.cadenceStates.get(cadence)).arrival,
      announced: (await stores.build.get()).announced,
    }),
    /** One call of a schedule, or those that a look for waiting articles leads to, which may crash. */
    compose: async (cadence: Cadence): Promise<void> => {
      clock += 60_000;
      const call = (request: ComposeRequest) => attempt(() => composeIssue(composeServices, request, () => 300_000));
      if (cadence !== 'immediately') return void (await call({ cadence, time: now().toISOString() }));
      await stores.cadenceStates.start(cadence, 0);
      await attempt(() => requestWaitingIssue(composeServices));
      // An open issue goes on by a message that came back.
      for (const request of [...requested.splice(0), { cadence }]) await call(request);
    },
    /** A confirmed change of address. */
    move: async (key: string, to: { readonly key: string; readonly email: string }): Promise<void> => {
      const at = now().toISOString();
      const { after } = await stores.subscribers.apply(key, { kind: 'startMove', to, requestedAt: at, at });
      if (after?.state === 'moving') await stores.subscribers.completeMove(after, async () => {});
    },
    /** One message of the deliveries queue, which comes back after a crash. */
    deliver: async (index: number): Promise<void> => {
      const [message] = queue.splice(index, 1);
      if (!message) return;
      clock = Math.max(clock, message.due);
      const { issue, batch } = message;
      const isDone = await attempt(() =>
        createDeliveryHandler(deliverServices).handleMessage({ issue, batch }, () => 60_000),
      );
      if (!isDone) queue.push({ issue, batch, due: clock + 70_000 });
    },
    /** What each address was mailed, and may have been mailed where a call was interrupted. */
    readMailboxes: async () => {
      const received = new Map<string, string[]>();
      for (const { to, html } of mails) received.set(to, [...(received.get(to) ?? []), ...parseIds(html)]);
      const uncertain = new Map<string, string[]>();
      for (const cadence of cadences)
        for (let number = 1; number <= (await stores.cadenceStates.get(cadence)).number; number += 1) {
          const name = formatIssueName({ cadence, number });
          for (const { letter = 0, recipients } of await stores.batches.listRange(name, 1, 999_999)) {
            const object = buckets.objects.get(`internal/${formatLetterKey(name, letter)}`);
            const { html = '' } = JSON.parse(new TextDecoder().decode(object?.bytes));
            for (const { key, outcome } of recipients)
              if (outcome === 'uncertain') uncertain.set(key, [...(uncertain.get(key) ?? []), ...parseIds(html)]);
          }
        }
      return { received, uncertain };
    },
  };
};

export type ReaderWorld = ReturnType<typeof createReaderWorld>;
