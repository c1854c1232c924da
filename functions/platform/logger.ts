import type { metrics } from './contract.ts';

export interface Log {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, error: unknown): void;
  /** Adds to a metric: a count, or seconds where the metric is a duration. */
  count(metric: keyof typeof metrics, value: number): void;
}

/**
 * Runs the work on one upload or issue: its log lines and its trace have the id.
 * @param id `formatUploadId` of an upload, or the name of an issue
 */
export type RunCorrelated = <T>(kind: 'upload' | 'issue', id: string, work: () => Promise<T>) => Promise<T>;

export const runUncorrelated: RunCorrelated = (_what, _id, work) => work();
