import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

export type SuppressionReason = 'BOUNCE' | 'COMPLAINT';

export interface SuppressedDestination {
  readonly email: string;
  readonly reason: SuppressionReason;
  readonly at: number;
}

/** The account's list of addresses that SES accepts mail for and sends none to. Upper and lower case are the same. */
export interface SuppressionList {
  add(destination: SuppressedDestination): void;
  find(email: string): SuppressedDestination | undefined;
  /** False where it was not on the list. */
  remove(email: string): boolean;
  /** In the order of their addresses, after one. */
  list(since: number, after: string, limit: number): SuppressedDestination[];
}

const schema = `
  CREATE TABLE IF NOT EXISTS suppressed (
    email TEXT PRIMARY KEY, reason TEXT NOT NULL, at INTEGER NOT NULL
  ) STRICT;
`;

const row = z.object({ email: z.string(), reason: z.enum(['BOUNCE', 'COMPLAINT']), at: z.number() });

export const openSuppressionList = (database: DatabaseSync): SuppressionList => {
  database.exec(schema);
  const insert = database.prepare('INSERT OR REPLACE INTO suppressed (email, reason, at) VALUES (?, ?, ?)');
  const select = database.prepare('SELECT * FROM suppressed WHERE email = ?');
  const remove = database.prepare('DELETE FROM suppressed WHERE email = ?');
  const list = database.prepare('SELECT * FROM suppressed WHERE at >= ? AND email > ? ORDER BY email LIMIT ?');
  return {
    add: ({ email, reason, at }) => {
      insert.run(email.toLowerCase(), reason, at);
    },
    find: (email) => row.optional().parse(select.get(email.toLowerCase())),
    remove: (email) => remove.run(email.toLowerCase()).changes > 0,
    list: (since, after, limit) => list.all(since, after, limit).map((each) => row.parse(each)),
  };
};
