import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** The time of the local run, which may be ahead of the machine's. It goes on as fast, and never back. */
export interface Clock {
  now(): Date;
  /** Milliseconds that it is ahead, for threads to read: one 64-bit float. */
  readonly offsetMs: Float64Array;
  /** Sets it forward; an instant that has passed changes nothing. Listeners hear of it. */
  advanceTo(instant: Date): void;
  onAdvance(listener: () => void): () => void;
}

const clockRow = z.object({ ahead: z.number() }).optional();

/**
 * Opens the clock that is kept in the local run's database: a run that is started again goes on where it was. Were it
 * set back, issues and tokens of the time before would lie in the future.
 */
export const openClock = (database: DatabaseSync, realNow: () => number = Date.now): Clock => {
  database.exec(
    'CREATE TABLE IF NOT EXISTS clock (id INTEGER PRIMARY KEY CHECK (id = 1), ahead REAL NOT NULL) STRICT',
  );
  const saveOffset = database.prepare('INSERT OR REPLACE INTO clock (id, ahead) VALUES (1, ?)');
  const offsetMs = new Float64Array(new SharedArrayBuffer(8));
  offsetMs[0] = clockRow.parse(database.prepare('SELECT ahead FROM clock').get())?.ahead ?? 0;
  const listeners = new Set<() => void>();
  const now = (): Date => new Date(realNow() + (offsetMs[0] ?? 0));
  return {
    now,
    offsetMs,
    advanceTo: (instant) => {
      const deltaMs = instant.getTime() - now().getTime();
      if (deltaMs <= 0) return;
      offsetMs[0] = (offsetMs[0] ?? 0) + deltaMs;
      saveOffset.run(offsetMs[0]);
      for (const listener of listeners) listener();
    },
    onAdvance: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
