import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { createListeners } from '../base/create-listeners.ts';
import { runInTransaction } from '../base/database.ts';

/** Times are in seconds. */
export interface QueueSettings {
  readonly name: string;
  readonly visibilityTimeout?: number;
  readonly delay?: number;
  /** A message that is due again after `maxReceives` receives moves to this queue. */
  readonly deadLetters?: { readonly queue: string; readonly maxReceives: number };
}

export interface QueuedMessage {
  readonly id: string;
  /** Valid until the message is received again. */
  readonly receipt: string;
  readonly body: string;
  readonly attributes: unknown;
  /** The X-Ray header of the request that sent it. */
  readonly traceHeader?: string;
  readonly sent: number;
  readonly firstReceived: number;
  readonly receives: number;
}

export interface SendOptions {
  readonly attributes?: unknown;
  readonly delay?: number;
  readonly traceHeader?: string | undefined;
}

/** `sent`: a new message. `rescheduled`: messages may be due at another time than before. */
export type QueueListener = (queue: string, event: 'sent' | 'rescheduled') => void;
export type DeadLetterListener = (queue: string, message: QueuedMessage) => void;

export interface Queues {
  add(settings: QueueSettings): void;
  has(queue: string): boolean;
  findSettings(queue: string): QueueSettings;
  /** Joins the transaction it is called in. @returns the id of the message */
  send(queue: string, body: string, options?: SendOptions): string;
  receive(queue: string, options: { max: number; visibilityTimeout?: number }): QueuedMessage[];
  remove(queue: string, receipt: string): void;
  changeVisibility(queue: string, receipt: string, seconds: number): void;
  purge(queue: string): void;
  countMessages(queue: string): { visible: number; inFlight: number };
  /** When the next message is due, in milliseconds since 1970. */
  findNextDueTime(queue: string): number | undefined;
  now(): number;
  /** To be called after the clock has moved: messages may be due. */
  wake(): void;
  onMessageDue(listener: QueueListener): () => void;
  /** How many messages were in flight when the last process ended. */
  readonly releasedAtStart: number;
  onDeadLetter(listener: DeadLetterListener): () => void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS messages (
    position INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
    attributes TEXT NOT NULL, sent INTEGER NOT NULL, due INTEGER NOT NULL, receives INTEGER NOT NULL,
    first_received INTEGER, receipt TEXT, trace_header TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS messages_due ON messages (queue, due);
  CREATE INDEX IF NOT EXISTS messages_receipt ON messages (receipt) WHERE receipt IS NOT NULL;
`;

/** In a data folder of an earlier version. */
const addMissingColumn = (database: DatabaseSync): void => {
  const columns = database.prepare("SELECT name FROM pragma_table_info('messages')").all();
  if (!columns.some(({ name }) => name === 'trace_header'))
    database.exec('ALTER TABLE messages ADD COLUMN trace_header TEXT');
};

const row = z
  .object({
    position: z.number(),
    id: z.string(),
    body: z.string(),
    attributes: z.string(),
    sent: z.number(),
    receives: z.number(),
    first_received: z.number().nullable(),
    trace_header: z.string().nullable(),
  })
  .transform(({ first_received, trace_header, attributes, ...rest }) => {
    const parsed: unknown = JSON.parse(attributes);
    return {
      ...rest,
      attributes: parsed,
      firstReceived: first_received,
      ...(trace_header !== null && { traceHeader: trace_header }),
    };
  });
const countsRow = z.object({ visible: z.number(), inFlight: z.number() });
const dueRow = z.object({ due: z.number().nullable() });

const prepare = (database: DatabaseSync) => ({
  send: database.prepare(
    'INSERT INTO messages (queue, id, body, attributes, sent, due, trace_header, receives) VALUES (?, ?, ?, ?, ?, ?, ?, 0)',
  ),
  due: database.prepare('SELECT * FROM messages WHERE queue = ? AND due <= ? ORDER BY due, position LIMIT ?'),
  receive: database.prepare(
    'UPDATE messages SET due = ?, receives = ?, first_received = ?, receipt = ? WHERE position = ?',
  ),
  move: database.prepare('UPDATE messages SET queue = ?, due = ?, receipt = NULL, receives = 0 WHERE position = ?'),
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
 * Opens queues with visibility timeouts and dead letters. Messages that were in flight when the last process was killed
 * are due again at once, since only that process worked on them.
 */
export const openQueues = (database: DatabaseSync, now: () => number = Date.now): Queues => {
  database.exec(schema);
  addMissingColumn(database);
  const sql = prepare(database);
  const releasedAtStart = Number(sql.release.run().changes);
  const queues = new Map<string, QueueSettings>();
  const due = createListeners<Parameters<QueueListener>>();
  const deadLettered = createListeners<Parameters<DeadLetterListener>>();
  const findSettings = (queue: string): QueueSettings => {
    const found = queues.get(queue);
    if (!found) throw new Error(`there is no queue ${queue}`);
    return found;
  };

  const receive: Queues['receive'] = (queue, { max, visibilityTimeout }) => {
    const { deadLetters, ...own } = findSettings(queue);
    const hiddenFor = (visibilityTimeout ?? own.visibilityTimeout ?? 30) * 1000;
    const received: QueuedMessage[] = [];
    const dead: QueuedMessage[] = [];
    runInTransaction(database, () => {
      for (const found of sql.due.all(queue, now(), max)) {
        const { position, ...stored } = row.parse(found);
        const message = {
          ...stored,
          receipt: randomUUID(),
          receives: stored.receives + 1,
          firstReceived: stored.firstReceived ?? now(),
        };
        if (deadLetters && stored.receives >= deadLetters.maxReceives) {
          sql.move.run(deadLetters.queue, now(), position);
          dead.push({ ...message, receives: stored.receives });
        } else {
          sql.receive.run(now() + hiddenFor, message.receives, message.firstReceived, message.receipt, position);
          received.push(message);
        }
      }
    });
    for (const message of dead) deadLettered.notify(queue, message);
    if (dead.length > 0 && deadLetters) due.notify(deadLetters.queue, 'sent');
    return received;
  };

  return {
    receive,
    findSettings,
    add: (added) => {
      queues.set(added.name, added);
    },
    has: (queue) => queues.has(queue),
    send: (queue, body, { attributes = {}, delay, traceHeader } = {}) => {
      const id = randomUUID();
      const dueAt = now() + (delay ?? findSettings(queue).delay ?? 0) * 1000;
      sql.send.run(queue, id, body, JSON.stringify(attributes), now(), dueAt, traceHeader ?? null);
      due.notify(queue, 'sent');
      return id;
    },
    remove: (queue, receipt) => {
      sql.remove.run(queue, receipt);
    },
    changeVisibility: (queue, receipt, seconds) => {
      sql.change.run(now() + seconds * 1000, queue, receipt);
      due.notify(queue, 'rescheduled');
    },
    purge: (queue) => {
      sql.purge.run(queue);
    },
    countMessages: (queue) => countsRow.parse(sql.counts.get({ queue, now: now() })),
    findNextDueTime: (queue) => dueRow.parse(sql.nextDue.get(queue)).due ?? undefined,
    releasedAtStart,
    now,
    wake: () => {
      for (const queue of queues.keys()) due.notify(queue, 'rescheduled');
    },
    onMessageDue: due.add,
    onDeadLetter: deadLettered.add,
  };
};
