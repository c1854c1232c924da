import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { QueueSettings } from '../sqs/queues.ts';
import type { JsonValue } from './template.ts';

/** Everything that a template makes, in the terms of the local servers. */
export interface StackPlan {
  readonly buckets: readonly BucketPlan[];
  readonly tables: readonly TablePlan[];
  readonly queues: readonly QueueSettings[];
  readonly rules: readonly RulePlan[];
  readonly schedules: readonly SchedulePlan[];
  readonly functions: readonly FunctionPlan[];
  readonly mappings: readonly MappingPlan[];
  readonly apis: readonly ApiPlan[];
  readonly distributions: readonly DistributionPlan[];
}

export interface BucketPlan {
  readonly name: string;
  /** Whether its changes become events of the bus. */
  readonly sendsEventsToEventBridge: boolean;
}

/** What CreateTable takes. */
export type TablePlan = CreateTableCommandInput;

export interface RulePlan {
  readonly name: string;
  readonly arn: string;
  readonly pattern?: JsonValue;
  /** `rate(…)` or `cron(…)`. */
  readonly schedule?: string;
  readonly targets: readonly RuleTarget[];
}

export interface RuleTarget {
  readonly queue: string;
  /** The function that the queue stands before, where the target is no queue of the template. */
  readonly function?: string;
  /** The message to send instead of the event. */
  readonly input?: string;
}

/** A schedule of EventBridge Scheduler. */
export interface SchedulePlan {
  readonly name: string;
  readonly arn: string;
  /** `rate(…)` or `cron(…)`, by the clocks of the zone. */
  readonly expression: string;
  readonly timeZone: string;
  /** Its input may have `<aws.scheduler.…>` in it. */
  readonly target: Required<Pick<RuleTarget, 'queue' | 'input'>> & RuleTarget;
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
  /** A message is the event itself: the queue stands before a function that something calls without waiting. */
  readonly isInvocation: boolean;
}

/** An HTTP API, each of whose routes calls a function. */
export interface ApiPlan {
  readonly name: string;
  /** What CloudFront knows it by. */
  readonly host: string;
  readonly routes: readonly ApiRoute[];
}

export interface ApiRoute {
  /** `$default`, or a method or `ANY` with a path, such as `POST /readers/{id}` or `ANY /{proxy+}`. */
  readonly key: string;
  readonly function: string;
}

/** Where a distribution gets its answers from; paths without a slash at their ends are put before the viewer's. */
export type OriginPlan =
  | { readonly kind: 'bucket'; readonly bucket: string; readonly path: string }
  | {
      readonly kind: 'api';
      /** Name of the API. */
      readonly api: string;
      readonly path: string;
      /** Headers that CloudFront adds, whatever the viewer sends under their names. */
      readonly headers: Readonly<Record<string, string>>;
    };

/** What of a viewer's request reaches the origin. Names in lower case; `CloudFront-…` headers are those that it adds. */
export interface OriginRequestPolicyPlan {
  readonly headers: ForwardedNames;
  readonly queries: ForwardedNames;
  readonly cookies: ForwardedNames;
}

/** All names, all but some, or some. */
export type ForwardedNames = {
  readonly kind: 'all' | 'allExcept' | 'some';
  readonly names: readonly string[];
};

export interface DistributionPlan {
  readonly defaultRootObject: string;
  /** In the order in which they are tried; the last takes every path. */
  readonly behaviours: readonly BehaviourPlan[];
  readonly errors: readonly { readonly code: number; readonly status: number; readonly page: string }[];
}

export interface BehaviourPlan {
  readonly origin: OriginPlan;
  readonly forward: OriginRequestPolicyPlan;
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
