import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { metrics, metricsDimension, metricsNamespace } from '../../functions/runtime/contract.ts';
import { Alert } from './alert.ts';
import type { NodeLambda } from './node-lambda.ts';
import type { WorkQueue } from './work-queue.ts';

export interface PublishingAlertsProps {
  readonly topic: ITopic;
  readonly publish: NodeLambda;
  readonly work: WorkQueue;
}

/** When the operator hears of publishing. */
export class PublishingAlerts extends Construct {
  constructor(scope: Construct, id: string, { topic, publish, work }: PublishingAlertsProps) {
    super(scope, id);
    const counted = (metricName: string, period: Duration) =>
      new Metric({
        namespace: metricsNamespace,
        metricName,
        dimensionsMap: { [metricsDimension]: 'publish' },
        statistic: 'Sum',
        period,
      });
    new Alert(this, 'DeadLetters', {
      metric: work.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
      atLeast: 1,
      says: 'Some uploads could not be published after several tries: readers do not see them.',
      runbook: 'dead-letters',
      topic,
    });
    new Alert(this, 'Errors', {
      metric: publish.function.metricErrors(),
      atLeast: 1,
      says: 'Publishing fails: readers see uploads late, or not at all.',
      runbook: 'publish-errors',
      topic,
    });
    new Alert(this, 'Delay', {
      metric: work.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum' }),
      atLeast: Duration.minutes(10).toSeconds(),
      says: 'An upload has waited for more than ten minutes: readers see news late.',
      runbook: 'late-uploads',
      topic,
    });
    new Alert(this, 'Rejections', {
      metric: counted(metrics.rejections, Duration.minutes(5)),
      atLeast: 1,
      says: 'A seed was refused and is not published; the report in the desk bucket says why.',
      runbook: 'rejections',
      topic,
    });
    new Alert(this, 'Hubs', {
      metric: counted(metrics.hubFailures, Duration.hours(1)),
      atLeast: 3,
      says: 'Hubs could not be told of news: readers who rely on them see it when their reader next looks.',
      runbook: 'hub-failures',
      topic,
    });
  }
}
