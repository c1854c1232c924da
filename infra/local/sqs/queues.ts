import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { runInTransaction } from '../base/database.ts';

/** What a queue was made with. Times in seconds. */
export interface QueueSettings {
  readonly name: string;
  readonly visibilityTimeout?: number;
  readonly delay?: number;
  /** A message that was received `maxReceives` times and is due again goes to the queue of that name instead. */
  readonly deadLetters?: { readonly queue: string; readonly maxReceives: number };
}

/** A message as its receiver has it. */
export interface QueuedMessage {
  readonly id: string;
  /** Good for this receipt alone: once received again, an earlier receipt removes nothing. */
  readonly receipt: string;
  readonly body: string;
  readonly attributes: unknown;
  readonly sent: number;
  readonly firstReceived: number;
  readonly receives: number;
}

/** `again`: no new message, but one that is due at another time than before. */
export type QueueListener = (queue: string, what: 'sent' | 'again') => void;
export type DeadLetterListener = (queue: string, message: QueuedMessage) => void;

export interface Queues {
  add(settings: QueueSettings): void;
  has(queue: string): boolean;
  findSettings(queue: string): QueueSettings;
  /** Joins the transaction it is called in. Gives the message's id. */
  send(queue: string, body: string, options?: { attributes?: unknown; delay?: number }): string;
  receive(queue: string, options: { max: number; visibilityTimeout?: number }): QueuedMessage[];
  remove(queue: string, receipt: string): void;
  /** Makes a received message due again in so many seconds. */
  changeVisibility(queue: string, receipt: string, seconds: number): void;
  purge(queue: string): void;
  countMessages(queue: string): { visible: number; inFlight: number };
  /** When the next message is due, in milliseconds since 1970; undefined where there is none. */
  findNextDueTime(queue: string): number | undefined;
  /** The time by which messages are due, in milliseconds since 1970. */
  now(): number;
  /** Tells all who listen to look again, after the time was moved. */
  wake(): void;
  onMessageDue(listener: QueueListener): () => void;
  /** How many messages a process had held when it ended without finishing them. */
  readonly releasedAtStart: number;
  onDeadLetter(listener: DeadLetterListener): () => void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS messages (
    position INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
    attributes TEXT NOT NULL, sent INTEGER NOT NULL, due INTEGER NOT NULL, receives INTEGER NOT NULL,
    first_received INTEGER, receipt TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS messages_due ON messages (queue, due);
  CREATE INDEX IF NOT EXISTS messages_receipt ON messages (receipt) WHERE receipt IS NOT NULL;
`;

const row = z
  .object({
    position: z.number(),
    id: z.string(),
    body: z.string(),
    attributes: z.string(),
    sent: z.number(),
    receives: z.number(),
    first_received: z.number().nullable(),
  })
  .transform(({ first_received, attributes, ...rest }) => {
    const parsed: unknown = JSON.parse(attributes);
    return { ...rest, attributes: parsed, firstReceived: first_received };
  });
const countsRow = z.object({ visible: z.number(), inFlight: z.number() });
const dueRow = z.object({ due: z.number().nullable() });

const prepare = (database: DatabaseSync) => ({
  send: database.prepare(
    'INSERT INTO messages (queue, id, body, attributes, sent, due, receives) VALUES (?, ?, ?, ?, ?, ?, 0)',
  ),
  due: database.prepare('SELECT * FROM messages WHERE queue = ? AND due <= ? ORDER BY due, position LIMIT ?'),
  receive: database.prepare(
    'UPDATE messages SET due = ?, receives = ?, first_received = ?, receipt = ? WHERE position = ?',
  ),
  move: database.prepare(
    'UPDATE messages SET queue = ?, due = ?, receipt = NULL, receives = 0 WHERE position = ?',
  ),
  remove: database.prepare('DELETE FROM messages WHERE queue = ? AND receipt = ?'),
  change: database.prepare('UPDATE messages SET due = ? WHERE queue = ? AND receipt = ?'),
  purge: database.prepare('DELETE FROM messages WHERE queue = ?'),
  counts: database.prepare(
    'SELECT count(*) FILTER (WHERE due <= :now) AS visible, count(*) FILTER (WHERE due > :now) AS inFlight FROM messages WHERE queue = :queue',
  ),
  nextDue: database.prepare('SELECT min(due) AS due FROM messages WHERE queue = ?'),
  release: database.prepare('UPDATE messages SET due = 0, receipt = NULL WHERE receipt IS NOT NULL'),
});

/**
 * Queues with visibility timeouts and dead letters, kept in the local run's database. Messages that a process held
 * when it was killed are due again at once: nobody else can be at work on them.
 */
export const openQueues = (database: DatabaseSync, now: () => number = Date.now): Queues => {
  database.exec(schema);
  const sql = prepare(database);
  const releasedAtStart = Number(sql.release.run().changes);
  const queues = new Map<string, QueueSettings>();
  const workListeners = new Set<QueueListener>();
  const deadLetterListeners = new Set<DeadLetterListener>();
  const findSettings = (queue: string): QueueSettings => {
    const found = queues.get(queue);
    if (!found) throw new Error(`there is no queue ${queue}`);
    return found;
  };
  const notify: QueueListener = (queue, what) => {
    for (const listener of workListeners) listener(queue, what);
  };

  const receive: Queues['receive'] = (queue, { max, visibilityTimeout }) => {
    const { deadLetters, ...own } = findSettings(queue);
    const hiddenFor = (visibilityTimeout ?? own.visibilityTimeout ?? 30) * 1000;
    const received: QueuedMessage[] = [];
    const dead: QueuedMessage[] = [];
    runInTransaction(database, () => {
      for (const found of sql.due.all(queue, now(), max)) {
        const { position, ...kept } = row.parse(found);
        const message = {
          ...kept,
          receipt: randomUUID(),
          receives: kept.receives + 1,
          firstReceived: kept.firstReceived ?? now(),
        };
        if (deadLetters && kept.receives >= deadLetters.maxReceives) {
          sql.move.run(deadLetters.queue, now(), position);
          dead.push({ ...message, receives: kept.receives });
        } else {
          sql.receive.run(
            now() + hiddenFor,
            message.receives,
            message.firstReceived,
            message.receipt,
            position,
          );
          received.push(message);
        }
      }
    });
    for (const message of dead) for (const listener of deadLetterListeners) listener(queue, message);
    if (dead.length > 0 && deadLetters) notify(deadLetters.queue, 'sent');
    return received;
  };

  return {
    receive,
    findSettings,
    add: (added) => {
      queues.set(added.name, added);
    },
    has: (queue) => queues.has(queue),
    send: (queue, body, { attributes = {}, delay } = {}) => {
      const id = randomUUID();
      const due = now() + (delay ?? findSettings(queue).delay ?? 0) * 1000;
      sql.send.run(queue, id, body, JSON.stringify(attributes), now(), due);
      notify(queue, 'sent');
      return id;
    },
    remove: (queue, receipt) => {
      sql.remove.run(queue, receipt);
    },
    changeVisibility: (queue, receipt, seconds) => {
      sql.change.run(now() + seconds * 1000, queue, receipt);
      notify(queue, 'again');
    },
    purge: (queue) => {
      sql.purge.run(queue);
    },
    countMessages: (queue) => countsRow.parse(sql.counts.get({ queue, now: now() })),
    findNextDueTime: (queue) => dueRow.parse(sql.nextDue.get(queue)).due ?? undefined,
    releasedAtStart,
    now,
    wake: () => {
      for (const queue of queues.keys()) notify(queue, 'again');
    },
    onMessageDue: (listener) => {
      workListeners.add(listener);
      return () => workListeners.delete(listener);
    },
    onDeadLetter: (listener) => {
      deadLetterListeners.add(listener);
      return () => deadLetterListeners.delete(listener);
    },
  };
};
