import type { metrics } from './contract.ts';

/** What operators are told; the names are those of the metrics and fields in the log. */
export interface Log {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, error: unknown): void;
  /** Adds to a metric: how often something happened, or seconds where the metric is a time. */
  count(metric: keyof typeof metrics, value: number): void;
}

/**
 * Runs the work on one upload or one issue: every line that is logged meanwhile, and the trace, carry its id.
 * @param id of an upload as `uploadId` makes it; an issue's name
 */
export type RunCorrelated = <T>(kind: 'upload' | 'issue', id: string, work: () => Promise<T>) => Promise<T>;

/** Where nobody logs or traces. */
export const runUncorrelated: RunCorrelated = (_what, _id, work) => work();
