import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AccessControl } from '../iam/create-access-control.ts';
import type { Queues } from '../sqs/queues.ts';
import { createLambdaPool } from './create-lambda-pool.ts';
import { formatLogLine } from './format-log-line.ts';
import type { FunctionPlan } from './plan-functions.ts';
import type { MappingPlan } from './plan-mappings.ts';
import { type Poller, pollQueue } from './poll-queue.ts';

export interface FunctionsProps {
  readonly plan: { readonly functions: readonly FunctionPlan[]; readonly mappings: readonly MappingPlan[] };
  readonly queues: Queues;
  readonly environment: Readonly<Record<string, string>>;
  readonly access: Pick<AccessControl, 'issueCredentials'>;
  /** Variables that replace those of the template. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly clockOffsetMs?: Float64Array;
  readonly print: (line: string) => void;
  readonly writeLog?: (line: string) => void;
  readonly retryDelaySeconds?: number;
}

export interface RunningFunctions {
  invoke(name: string, event: unknown): Promise<unknown>;
  /** @param variables that replace those of the template in the functions that have them */
  restart(variables: Readonly<Record<string, string>>): Promise<void>;
  isBusy(): boolean;
  findNextDueTime(): Date | undefined;
  /** Waits some seconds for running invocations, then stops them. */
  close(): Promise<void>;
}

/** The session of the function's role. */
const issueVariables = (
  { role, name }: FunctionPlan,
  access: FunctionsProps['access'],
): Readonly<Record<string, string>> => {
  const { accessKeyId, secretAccessKey, sessionToken } = access.issueCredentials({ kind: 'role', role, name });
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
};

const shutdownTimeoutMs = 10_000;

export const startFunctions = (props: FunctionsProps): RunningFunctions => {
  const { plan, queues, overrides, clockOffsetMs, print, writeLog } = props;
  const pools = new Map(
    plan.functions.map((each) => {
      const onLine = (line: string): void => {
        writeLog?.(line);
        const formatted = formatLogLine(each.name, line);
        if (formatted !== undefined) print(formatted);
      };
      const environment = { ...props.environment, ...issueVariables(each, props.access) };
      return [
        each.name,
        createLambdaPool({ plan: each, environment, overrides, onLine, ...(clockOffsetMs && { clockOffsetMs }) }),
      ];
    }),
  );
  const pollers: Poller[] = plan.mappings.flatMap((mapping) => {
    const pool = pools.get(mapping.function);
    if (!pool) return [];
    const onFailure = (error: Error, messages: number): void =>
      print(`${mapping.function}: failed, and its ${messages} message(s) are retried: ${error.message}`);
    // More threads than processors would wait for each other.
    const maxConcurrency = Math.max(2, availableParallelism());
    return [
      pollQueue({ mapping, queues, pool, maxConcurrency, retryDelaySeconds: props.retryDelaySeconds ?? 10, onFailure }),
    ];
  });
  const stopListening = queues.onDeadLetter((queue, { body, receives }) => {
    const start = body.length > 300 ? `${body.slice(0, 300)}…` : body;
    print(`${queue}: gave up on a message after ${receives} attempts and moved it to the dead letters: ${start}`);
  });
  return {
    invoke: async (name, event) => {
      const pool = pools.get(name);
      if (!pool) throw new Error(`there is no function ${name}`);
      return pool.invoke(event);
    },
    restart: async (variables) => {
      await Promise.all(
        plan.functions.map(({ name, environment }) => {
          const known = Object.entries(variables).filter(([variable]) => variable in environment);
          return pools.get(name)?.restart(Object.fromEntries(known));
        }),
      );
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
