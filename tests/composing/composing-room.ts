import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Mail } from '../../functions/adapters/mailer.ts';
import { createBatchStore } from '../../functions/adapters/table/batches.ts';
import { createBuildStore } from '../../functions/adapters/table/build.ts';
import { createIssueStore } from '../../functions/adapters/table/issues.ts';
import { createSubscriberStore } from '../../functions/adapters/table/subscribers.ts';
import { createTokenKeyStore } from '../../functions/adapters/table/token-keys.ts';
import { composeIssue } from '../../functions/composing/compose-issue.ts';
import { composeMessages } from '../../functions/composing/compose-messages.ts';
import type { ComposingServices } from '../../functions/composing/services.ts';
import { type Issue, issueName } from '../../functions/core/newsletter/records.ts';
import { type Cadence, parsePublication } from '../../functions/core/publication.ts';
import { createComposingServices } from '../../functions/runtime/composing-services.ts';
import { type Press, type PressOptions, settings, startPress } from '../publishing/press.ts';

const messageSchema = z.object({ issue: z.string(), batch: z.number() });

export interface ComposingRoomOptions extends PressOptions {
  readonly newsletter?: object;
  /** Opens the press beside it: on servers, unless it says otherwise. */
  readonly open?: (options: PressOptions) => Promise<Press>;
}

const site = 'https://news.example';

/** The services of composing beside a press, on the same servers: what is queued and mailed is kept for a test to look at. */
export const startComposingRoom = async (options: ComposingRoomOptions = {}) => {
  const press = await (options.open ?? startPress)({
    ...options,
    settings: { ...options.settings, newsletter: options.newsletter ?? {} },
  });
  const calls: object[] = [];
  const mails: Mail[] = [];
  const queued: z.infer<typeof messageSchema>[] = [];
  const log: { message: string; fields: object }[] = [];
  /** As a request to AWS: may fail before it takes effect or after. */
  const request = async (command: string, effect: () => void): Promise<void> => {
    options.onRequest?.(command);
    effect();
    options.onAnswer?.(command);
  };
  const queue = (take: (message: object) => void) => ({
    send: (message: object) => request('SendMessage', () => take(message)),
    sendMany: (messages: readonly object[]) => request('SendMessageBatch', () => messages.forEach(take)),
  });
  const wire = (newsletter: object = options.newsletter ?? {}): ComposingServices => ({
    ...createComposingServices({
      config: {
        publication: parsePublication({ ...settings, ...options.settings, newsletter }),
        site,
        buckets: { site: 'site', desk: 'desk' },
        table: 'table',
        queues: { issues: 'unused', deliveries: 'unused', uploads: 'unused' },
      },
      clients: press.clients,
      mailer: {
        sendOne: async (mail) => {
          await request('SendEmail', () => mails.push(mail));
          return { messageId: String(mails.length) };
        },
      },
      templates: press.templates,
      log: {
        info: (message, fields = {}) => log.push({ message, fields }),
        warn: (message, fields = {}) => log.push({ message, fields }),
        error: (message, error) => log.push({ message, fields: { error } }),
        count: () => {},
      },
    }),
    buckets: press.services.buckets,
    issues: createIssueStore(press.table),
    batches: createBatchStore(press.table),
    subscribers: createSubscriberStore(press.table),
    tokenKeys: createTokenKeyStore(press.table, {
      random: (bytes) => randomBytes(bytes).toString('hex'),
      now: () => new Date(),
    }),
    build: createBuildStore(press.table),
    calls: queue((message) => calls.push(message)),
    deliveries: queue((message) => queued.push(messageSchema.parse(message))),
    uploads: queue((message) => press.send(message)),
  });
  const services = wire();

  const room = {
    press,
    services,
    wire,
    calls,
    mails,
    queued,
    log,
    /** Uploads a seed and lets it be published. */
    publish: async (key: string, title = key, more = ''): Promise<void> => {
      await press.upload(key, `---\ntitle: ${title}\n${more}\n---\n\nThe story of ${title}.\n`);
      await press.settle();
    },
    withdraw: async (key: string): Promise<void> => {
      await press.remove(key);
      await press.settle();
    },
    /** Active readers, as their own sign-ups would have made them. */
    subscribe: (count: number, cadence: Cadence = 'daily', from = 0): Promise<void> =>
      press.table.writeMany(
        Array.from({ length: count }, (_, index) => {
          const email = `reader-${cadence}-${from + index}@example.org`;
          const key = createHash('sha256').update(email).digest('hex').slice(0, 32);
          return {
            put: {
              pk: `SUBSCRIBER#${key}`,
              sk: 'SUBSCRIBER',
              roster: `${cadence}#${key.slice(0, 1)}`,
              ...{ state: 'active', key, email, cadence, since: '2026-11-01T00:00:00.000Z' },
              ...{ paused: false, softBounces: 0 },
            },
          };
        }),
      ),
    /** One call, as a schedule makes it. */
    compose: (cadence: Cadence, time?: string, by: ComposingServices = services, timeLeft = 300_000) =>
      composeIssue(by, { cadence, time }, () => timeLeft),
    /** Answers the calls that compose made to itself, and lets the builder follow. */
    settle: async (by: ComposingServices = services): Promise<void> => {
      for (let call = calls.shift(); call; call = calls.shift()) {
        const failed = await composeMessages(by, [{ id: 'call', body: JSON.stringify(call) }], () => 300_000);
        if (failed.length > 0) throw new Error('a call failed', { cause: log.at(-1)?.fields });
      }
      await press.settle();
    },
    issue: async (name: string): Promise<Issue | undefined> => services.issues.get(name),
    /** Issues of a cadence that went out, oldest first. */
    issues: async (cadence: Cadence): Promise<Issue[]> => {
      const lines = await services.issues.lines();
      const found = await Promise.all(
        lines.filter((line) => line.cadence === cadence).map((line) => services.issues.get(issueName(line))),
      );
      return found.flatMap((issue) => issue ?? []).sort((a, b) => a.number - b.number);
    },
    /** Titles of an issue's articles, newest arrival first, from its frozen document. */
    titles: async (name: string): Promise<string[]> => {
      const document = z
        .object({ items: z.array(z.object({ title: z.string() })) })
        .parse(JSON.parse((await press.read('site', `issues/${name}.json`)) ?? '{}'));
      return document.items.map(({ title }) => title);
    },
    stop: press.stop,
  };
  return room;
};

export type ComposingRoom = Awaited<ReturnType<typeof startComposingRoom>>;
