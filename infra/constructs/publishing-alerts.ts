import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Alert } from './alert.ts';
import { counted } from './counted.ts';
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
    new Alert(this, 'DeadLetters', {
      metric: work.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
      atLeast: 1,
      says: 'Some uploads could not be published after several tries: readers do not see them.',
      cure: 'Find the error in the log of publish, mend its cause, then npx seedpress redrive.',
      runbook: 'dead-letters',
      topic,
    });
    new Alert(this, 'Errors', {
      metric: publish.function.metricErrors(),
      atLeast: 1,
      says: 'Publishing fails: readers see uploads late, or not at all.',
      cure: 'Read the error in the log of publish; what failed is tried again by itself.',
      runbook: 'publish-errors',
      topic,
    });
    new Alert(this, 'Delay', {
      metric: work.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum' }),
      atLeast: Duration.minutes(10).toSeconds(),
      says: 'An upload has waited for more than ten minutes: readers see news late.',
      cure: 'If publish fails, see its log; if thousands of seeds came at once, wait.',
      runbook: 'late-uploads',
      topic,
    });
    new Alert(this, 'Rejections', {
      metric: counted(publish, 'rejections'),
      atLeast: 1,
      says: 'A seed was refused and is not published; the report in the desk bucket says why.',
      cure: 'npx seedpress rejections says what is wrong and where; mend the file and upload it again.',
      runbook: 'rejections',
      topic,
    });
    new Alert(this, 'Hubs', {
      metric: counted(publish, 'hubFailures', { period: Duration.hours(1) }),
      atLeast: 3,
      says: 'Hubs could not be told of news: readers who rely on them see it when their reader next looks.',
      cure: 'If the hub is gone, take it out of the settings; otherwise wait, the next article tells it again.',
      runbook: 'hub-failures',
      topic,
    });
  }
}
