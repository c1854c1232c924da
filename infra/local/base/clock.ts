import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { createListeners } from './create-listeners.ts';

/** The clock of the local run, which may be ahead of the machine's. It runs at the same speed and never goes back. */
export interface Clock {
  now(): Date;
  /** Milliseconds by which it is ahead: one 64-bit float in shared memory, which threads read. */
  readonly offsetMs: Float64Array;
  /** Sets it forward and notifies the listeners; an instant in the past changes nothing. */
  advanceTo(instant: Date): void;
  onAdvance(listener: () => void): () => void;
}

const clockRow = z.object({ ahead: z.number() }).optional();

/** How far the clock is ahead, for people; empty where it is not. */
export const formatClockOffset = (milliseconds: number): string => {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return '';
  if (minutes < 120) return `${minutes} minutes ahead`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours ahead` : `${Math.round(hours / 24)} days ahead`;
};

/**
 * Opens the clock, whose offset is stored in the database: without it, issues and tokens of an earlier run would be in
 * the future.
 */
export const openClock = (database: DatabaseSync, realNow: () => number = Date.now): Clock => {
  database.exec('CREATE TABLE IF NOT EXISTS clock (id INTEGER PRIMARY KEY CHECK (id = 1), ahead REAL NOT NULL) STRICT');
  const saveOffset = database.prepare('INSERT OR REPLACE INTO clock (id, ahead) VALUES (1, ?)');
  const offsetMs = new Float64Array(new SharedArrayBuffer(8));
  offsetMs[0] = clockRow.parse(database.prepare('SELECT ahead FROM clock').get())?.ahead ?? 0;
  const advanced = createListeners<[]>();
  const now = (): Date => new Date(realNow() + (offsetMs[0] ?? 0));
  return {
    now,
    offsetMs,
    advanceTo: (instant) => {
      const deltaMs = instant.getTime() - now().getTime();
      if (deltaMs <= 0) return;
      offsetMs[0] = (offsetMs[0] ?? 0) + deltaMs;
      saveOffset.run(offsetMs[0]);
      advanced.notify();
    },
    onAdvance: advanced.add,
  };
};
