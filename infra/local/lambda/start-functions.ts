import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queues } from '../sqs/queues.ts';
import { createLambdaPool } from './create-lambda-pool.ts';
import { formatLogLine } from './format-log-line.ts';
import type { FunctionPlan } from './plan-functions.ts';
import type { MappingPlan } from './plan-mappings.ts';
import { type Poller, pollQueue } from './poll-queue.ts';

export interface FunctionsProps {
  readonly plan: { readonly functions: readonly FunctionPlan[]; readonly mappings: readonly MappingPlan[] };
  readonly queues: Queues;
  /** Endpoints and credentials. */
  readonly environment: Readonly<Record<string, string>>;
  /** What stands in place of the template's own values. */
  readonly overrides: Readonly<Record<string, string>>;
  /** Milliseconds that their time is ahead of the machine's, in shared memory. */
  readonly clockOffsetMs?: Float64Array;
  readonly print: (line: string) => void;
  /** Takes the functions' lines as they were written. */
  readonly writeLog?: (line: string) => void;
  /** Seconds until failed messages come again. */
  readonly retryDelaySeconds?: number;
}

export interface RunningFunctions {
  /** Calls a function by its name. @throws when it gives no result */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** Whether a function is at work on a message, or one is due. */
  isBusy(): boolean;
  /** When the next message is due that waits for its time; undefined where none does. */
  findNextDueTime(): Date | undefined;
  /** Lets what runs come to its end for some seconds, then stops it. */
  close(): Promise<void>;
}

/** Milliseconds in which a running invocation may finish when all is to stop. */
const shutdownTimeoutMs = 10_000;

/** Runs the functions of the template on the messages of their queues. */
export const startFunctions = (props: FunctionsProps): RunningFunctions => {
  const {
    plan,
    queues,
    environment,
    overrides,
    clockOffsetMs: ahead,
    print,
    writeLog: keep,
    retryDelaySeconds: retryAfter = 10,
  } = props;
  const pools = new Map(
    plan.functions.map((each) => {
      const onLine = (line: string): void => {
        keep?.(line);
        const readable = formatLogLine(each.name, line);
        if (readable !== undefined) print(readable);
      };
      return [
        each.name,
        createLambdaPool({
          plan: each,
          environment,
          overrides,
          onLine,
          ...(ahead && { clockOffsetMs: ahead }),
        }),
      ];
    }),
  );
  const pollers: Poller[] = plan.mappings.flatMap((mapping) => {
    const pool = pools.get(mapping.function);
    if (!pool) return [];
    const onFailure = (error: Error, messages: number): void =>
      print(`${mapping.function}: failed with ${messages} message(s), which come again: ${error.message}`);
    // More threads than processors would only wait for each other.
    const maxConcurrency = Math.max(2, availableParallelism());
    return [
      pollQueue({
        mapping,
        queues,
        pool,
        maxConcurrency: maxConcurrency,
        retryDelaySeconds: retryAfter,
        onFailure,
      }),
    ];
  });
  const stopListening = queues.onDeadLetter((queue, { body, receives }) => {
    const start = body.length > 300 ? `${body.slice(0, 300)}…` : body;
    print(
      `${queue}: gave up on a message after ${receives} attempts, it is in the dead letters now: ${start}`,
    );
  });
  return {
    invoke: async (name, event) => {
      const pool = pools.get(name);
      if (!pool) throw new Error(`there is no function ${name}`);
      return pool.invoke(event);
    },
    isBusy: () => pollers.some((poller) => poller.isBusy()),
    findNextDueTime: () => {
      const dues = plan.mappings.flatMap(({ queue }) => queues.findNextDueTime(queue) ?? []);
      return dues.length > 0 ? new Date(Math.min(...dues)) : undefined;
    },
    close: async () => {
      stopListening();
      const drained = Promise.all(pollers.map((poller) => poller.close()));
      await Promise.race([drained, sleep(shutdownTimeoutMs, undefined, { ref: false })]);
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
};
