import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Alert } from './alert.ts';
import { createFunctionMetric } from './function-metric.ts';
import type { NodeLambda } from './node-lambda.ts';
import type { WorkQueue } from './work-queue.ts';

export interface PublishingAlertsProps {
  readonly topic: ITopic;
  readonly publish: NodeLambda;
  readonly uploadsQueue: WorkQueue;
}

/** When the operator hears of publishing. */
export class PublishingAlerts extends Construct {
  constructor(scope: Construct, id: string, { topic, publish, uploadsQueue: work }: PublishingAlertsProps) {
    super(scope, id);
    new Alert(this, 'DeadLetters', {
      metric: work.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
      threshold: 1,
      impact: 'Some uploads could not be published after several tries: readers do not see them.',
      action: 'Find the error in the log of publish, mend its cause, then npx seedpress redrive.',
      runbookAnchor: 'dead-letters',
      topic,
    });
    new Alert(this, 'Errors', {
      metric: publish.function.metricErrors(),
      threshold: 1,
      impact: 'Publishing fails: readers see uploads late, or not at all.',
      action: 'Read the error in the log of publish; what failed is tried again by itself.',
      runbookAnchor: 'publish-errors',
      topic,
    });
    new Alert(this, 'Delay', {
      metric: work.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum' }),
      threshold: Duration.minutes(10).toSeconds(),
      impact: 'An upload has waited for more than ten minutes: readers see news late.',
      action: 'If publish fails, see its log; if thousands of seeds came at once, wait.',
      runbookAnchor: 'late-uploads',
      topic,
    });
    new Alert(this, 'Rejections', {
      metric: createFunctionMetric(publish, 'rejections'),
      threshold: 1,
      impact: 'A seed was refused and is not published; the report in the desk bucket says why.',
      action: 'npx seedpress rejections says what is wrong and where; mend the file and upload it again.',
      runbookAnchor: 'rejections',
      topic,
    });
    new Alert(this, 'Hubs', {
      metric: createFunctionMetric(publish, 'hubFailures', { period: Duration.hours(1) }),
      threshold: 3,
      impact: 'Hubs could not be told of news: readers who rely on them see it when their reader next looks.',
      action:
        'If the hub is gone, take it out of the settings; otherwise wait, the next article tells it again.',
      runbookAnchor: 'hub-failures',
      topic,
    });
  }
}
