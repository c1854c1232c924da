import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { NodeLambda } from './node-lambda.ts';

export interface WorkQueueProps {
  /** Seconds after which the function that takes the messages is stopped. */
  readonly timeoutSeconds: number;
}

export interface ConsumerOptions {
  /** The most messages for one call. */
  readonly batchSize: number;
  /** How many calls there may be at a time; Lambda takes no fewer than two. */
  readonly maxConcurrency: number;
}

/** A queue of work for one function, and beside it one for what failed five times. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { timeoutSeconds: timeout }: WorkQueueProps) {
    super(scope, id);
    const commonProps = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    };
    this.deadLetters = new Queue(this, 'DeadLetters', commonProps);
    this.queue = new Queue(this, 'Queue', {
      ...commonProps,
      // Lambda asks for six times its timeout, so that no message comes back while it is still being worked on.
      visibilityTimeout: Duration.seconds(6 * timeout),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
  }

  /** Calls the function with the messages; those of a call that it names as failed come again alone. */
  addConsumer(lambda: NodeLambda, { batchSize, maxConcurrency: atOnce }: ConsumerOptions): void {
    lambda.function.addEventSource(
      new SqsEventSource(this.queue, { batchSize, maxConcurrency: atOnce, reportBatchItemFailures: true }),
    );
  }
}
