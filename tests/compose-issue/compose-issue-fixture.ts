import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { OutgoingMail, SuppressedAddress } from '../../functions/adapters/mailer.ts';
import { composeIssue } from '../../functions/compose-issue/compose-issue.ts';
import { handleComposeMessage } from '../../functions/compose-issue/handle-compose-message.ts';
import type { ComposeIssueServices } from '../../functions/compose-issue/services.ts';
import { formatIssueName, type Issue } from '../../functions/core/newsletter/issue/issue-record.ts';
import type { Cadence } from '../../functions/core/publication.ts';
import { splitIntoChunks } from '../../functions/platform/split-into-chunks.ts';
import { createComposeIssueServices } from '../../functions/runtime/compose-issue-services.ts';
import { createStores } from '../../functions/runtime/create-stores.ts';
import {
  type PublishFixture,
  type PublishFixtureOptions,
  parseFixtureSettings,
  startPublishFixture,
} from '../publish/publish-fixture.ts';

const messageSchema = z.object({ issue: z.string(), batch: z.number() });

export interface ComposeIssueFixtureOptions extends PublishFixtureOptions {
  readonly newsletter?: object;
  /** What the mailer has on its list. */
  readonly suppressed?: readonly SuppressedAddress[];
  /** On servers by default. */
  readonly createPublishFixture?: (options: PublishFixtureOptions) => Promise<PublishFixture>;
}

const site = 'https://news.example';

/** Composes issues of what a publish fixture publishes, on the same servers, and keeps what is queued and mailed. */
export const startComposeIssueFixture = async (options: ComposeIssueFixtureOptions = {}) => {
  const publishing = await (options.createPublishFixture ?? startPublishFixture)({
    ...options,
    settings: { ...options.settings, newsletter: options.newsletter ?? {} },
  });
  const continuationMessages: object[] = [];
  const mails: OutgoingMail[] = [];
  const batchMessages: z.infer<typeof messageSchema>[] = [];
  const log: { message: string; fields: object }[] = [];
  /** As a request to AWS: may fail before it takes effect or after. */
  const request = async (command: string, effect: () => void): Promise<void> => {
    await options.onRequest?.(command, []);
    effect();
    options.onAnswer?.(command);
  };
  const createTestQueue = (take: (message: object) => void) => ({
    send: (message: object) => request('SendMessage', () => take(message)),
    sendMany: async (messages: readonly object[]) => {
      for (const chunk of splitIntoChunks(messages, 10)) await request('SendMessageBatch', () => chunk.forEach(take));
    },
  });
  const createServicesFor = (newsletter: object = options.newsletter ?? {}): ComposeIssueServices => ({
    ...createComposeIssueServices({
      config: {
        publication: parseFixtureSettings(options.settings, { newsletter }),
        siteAddress: site,
        siteBucket: 'site',
        internalBucket: 'internal',
        table: 'table',
        issuesQueue: 'unused',
        deliveriesQueue: 'unused',
        uploadsQueue: 'unused',
      },
      clients: publishing.clients,
      mailer: {
        sendOne: async (mail) => {
          await request('SendEmail', () => mails.push(mail));
          return { messageId: String(mails.length) };
        },
        listSuppressed: async function* () {
          await request('ListSuppressedDestinations', () => {});
          yield* options.suppressed ?? [];
        },
      },
      // Those of the publish fixture are compiled already.
      templates: {},
      log: {
        info: (message, fields = {}) => log.push({ message, fields }),
        warn: (message, fields = {}) => log.push({ message, fields }),
        error: (message, error) => log.push({ message, fields: { error } }),
        count: () => {},
      },
    }),
    buckets: publishing.services.buckets,
    render: publishing.services.render,
    ...createStores(publishing.table),
    issuesQueue: createTestQueue((message) => continuationMessages.push(message)),
    deliveriesQueue: createTestQueue((message) => batchMessages.push(messageSchema.parse(message))),
    uploadsQueue: createTestQueue((message) => publishing.send(message)),
  });
  const services = createServicesFor();

  const fixture = {
    publishFixture: publishing,
    services,
    wire: createServicesFor,
    continuations: continuationMessages,
    mails,
    queuedBatches: batchMessages,
    log,
    /** Uploads a seed and lets it be published. */
    publish: async (key: string, title = key, more = ''): Promise<void> => {
      await publishing.upload(key, `---\ntitle: ${title}\n${more}\n---\n\nThe story of ${title}.\n`);
      await publishing.deliverAll();
    },
    withdraw: async (key: string): Promise<void> => {
      await publishing.remove(key);
      await publishing.deliverAll();
    },
    /** Active readers, as their own sign-ups would have made them. */
    subscribe: (count: number, cadence: Cadence = 'daily', from = 0): Promise<void> =>
      publishing.table.writeMany(
        Array.from({ length: count }, (_, index) => {
          const email = `reader-${cadence}-${from + index}@example.org`;
          const key = createHash('sha256').update(email).digest('hex').slice(0, 32);
          return {
            put: {
              pk: `SUBSCRIBER#${key}`,
              sk: 'SUBSCRIBER',
              recipientShard: `${cadence}#${key.slice(0, 1)}`,
              state: 'active',
              key,
              email,
              cadence,
              since: '2026-11-01T00:00:00.000Z',
              form: 'subscribe',
              signedUpAt: '2026-10-31T00:00:00.000Z',
              confirmedAt: '2026-11-01T00:00:00.000Z',
              paused: false,
              softBounces: 0,
            },
          };
        }),
      ),
    /** One call, as a schedule makes it. */
    compose: (cadence: Cadence, time?: string, by: ComposeIssueServices = services, timeLeftMs = 300_000) =>
      composeIssue(by, { cadence, time }, () => timeLeftMs),
    /** Answers the calls that compose made to itself, and lets the builder follow. */
    deliverAll: async (by: ComposeIssueServices = services): Promise<void> => {
      for (let call = continuationMessages.shift(); call; call = continuationMessages.shift())
        await handleComposeMessage(by, call, () => 300_000);
      await publishing.deliverAll();
    },
    getIssue: async (name: string): Promise<Issue | undefined> => services.issues.get(name),
    /** Issues of a cadence that went out, oldest first. */
    listIssues: async (cadence: Cadence): Promise<Issue[]> => {
      const lines = await services.issues.list();
      const found = await Promise.all(
        lines.filter((line) => line.cadence === cadence).map((line) => services.issues.get(formatIssueName(line))),
      );
      return found.flatMap((issue) => issue ?? []).sort((a, b) => a.number - b.number);
    },
    /** Titles of an issue's articles, newest arrival first, from its frozen document. */
    readTitles: async (name: string): Promise<string[]> => {
      const document = z
        .object({ items: z.array(z.object({ title: z.string() })) })
        .parse(JSON.parse((await publishing.read('site', `issues/${name}.json`)) ?? '{}'));
      return document.items.map(({ title }) => title);
    },
    stop: publishing.stop,
  };
  return fixture;
};

export type ComposeIssueFixture = Awaited<ReturnType<typeof startComposeIssueFixture>>;
