import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { NodeLambda } from './node-lambda.ts';

export interface WorkQueueProps {
  readonly timeoutSeconds: number;
}

export interface ConsumerOptions {
  readonly batchSize: number;
  /**
   * Invocations at a time at most; Lambda allows no limit below two. Without a limit, Lambda asks an idle queue with
   * two pollers instead of five: right for messages that are rare.
   */
  readonly maxConcurrency?: number;
}

/** A queue for one function, with a dead-letter queue for messages that failed five times. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { timeoutSeconds }: WorkQueueProps) {
    super(scope, id);
    const commonProps = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    };
    this.deadLetters = new Queue(this, 'DeadLetters', commonProps);
    this.queue = new Queue(this, 'Queue', {
      ...commonProps,
      // AWS recommends six times the timeout of the function, so that no message returns while it is being processed.
      visibilityTimeout: Duration.seconds(6 * timeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
  }

  createDeadLettersMetric(label?: string): Metric {
    return this.deadLetters.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      ...(label !== undefined && { label }),
    });
  }

  createAgeMetric(label?: string): Metric {
    return this.queue.metricApproximateAgeOfOldestMessage({
      statistic: 'Maximum',
      ...(label !== undefined && { label }),
    });
  }

  /** Invokes the function with batches of messages. Only messages that it reports as failed are retried. */
  addConsumer(lambda: NodeLambda, { batchSize, maxConcurrency }: ConsumerOptions): void {
    lambda.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize,
        ...(maxConcurrency !== undefined && { maxConcurrency }),
        reportBatchItemFailures: true,
      }),
    );
  }
}
