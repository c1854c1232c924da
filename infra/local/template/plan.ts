import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { QueueSettings } from '../sqs/queues.ts';
import type { Json } from './template.ts';

/** Everything that a template makes, in the terms of the local servers. */
export interface Plan {
  readonly buckets: readonly BucketPlan[];
  readonly tables: readonly TablePlan[];
  readonly queues: readonly QueueSettings[];
  readonly rules: readonly RulePlan[];
  readonly functions: readonly FunctionPlan[];
  readonly mappings: readonly MappingPlan[];
  readonly sites: readonly SitePlan[];
}

export interface BucketPlan {
  readonly name: string;
  /** Whether its changes become events of the bus. */
  readonly tellsEventBridge: boolean;
}

/** What CreateTable takes. */
export type TablePlan = CreateTableCommandInput;

export interface RulePlan {
  readonly name: string;
  readonly arn: string;
  readonly pattern?: Json;
  /** `rate(…)` or `cron(…)`. */
  readonly schedule?: string;
  readonly targets: readonly RuleTarget[];
}

export interface RuleTarget {
  readonly queue: string;
  /** The message to send instead of the event. */
  readonly input?: string;
}

export interface FunctionPlan {
  readonly name: string;
  readonly arn: string;
  /** The folder of its bundle. */
  readonly bundle: string;
  /** Such as `index.handler`. */
  readonly handler: string;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memory: number;
  readonly environment: Readonly<Record<string, string>>;
}

export interface MappingPlan {
  readonly queue: string;
  readonly queueArn: string;
  readonly function: string;
  readonly batchSize: number;
  /** Seconds. */
  readonly batchingWindow: number;
  readonly maxConcurrency: number;
  readonly reportsItemFailures: boolean;
}

export interface SitePlan {
  readonly bucket: string;
  /** Put before every key; without a slash at its end. */
  readonly originPath: string;
  readonly defaultRootObject: string;
  /** In the order in which they are tried; the last takes every path. */
  readonly behaviours: readonly BehaviourPlan[];
  readonly errors: readonly { readonly code: number; readonly status: number; readonly page: string }[];
}

export interface BehaviourPlan {
  readonly pathPattern: string;
  readonly methods: readonly string[];
  readonly encodings: readonly ('br' | 'gzip')[];
  readonly headers: readonly HeaderRule[];
  readonly functions: readonly {
    readonly event: 'viewer-request' | 'viewer-response';
    readonly code: string;
  }[];
}

/** A header that every answer gets, or loses where the value is undefined. */
export interface HeaderRule {
  readonly name: string;
  readonly value: string | undefined;
  /** Replaces what the origin says. */
  readonly overrides: boolean;
  /** Only in answers to requests that name an origin. */
  readonly crossOriginOnly: boolean;
}
