import type { Clock } from '../base/clock.ts';
import type { Bus } from '../events/start-bus.ts';
import type { RunningFunctions } from '../lambda/start-functions.ts';
import type { Queues } from '../sqs/queues.ts';
import type { StackPlan } from '../stack/plan-stack.ts';
import type { LocalLedger } from './local-ledger.ts';

/** The local run, as far as commands deal with it. */
export interface CommandContext {
  readonly plan: StackPlan;
  readonly title: string;
  /** The publication's, by which times are read and written. */
  readonly timeZone: string;
  readonly site: string;
  readonly inbox: string;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly queues: Queues;
  /** Endpoints, credentials, and the variables of all functions. */
  readonly environment: Readonly<Record<string, string>>;
  /** A queue's address, by its name. */
  toQueueUrl(queue: string): string;
  readonly functions: RunningFunctions;
  readonly ledger: LocalLedger;
  /** Tells of every line that the run prints. Gives a function that ends it. */
  onPrint(listener: (text: string) => void): () => void;
}

/** What a command says, and whether whoever asked has gone. */
export interface CommandClient {
  readonly print: (text: string) => void;
  readonly signal: AbortSignal;
}
