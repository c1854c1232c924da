import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Alert } from './alert.ts';
import { createFunctionMetric } from './create-metrics.ts';
import type { NodeLambda } from './node-lambda.ts';
import type { WorkQueue } from './work-queue.ts';

export interface PublishingAlertsProps {
  readonly topic: ITopic;
  readonly publish: NodeLambda;
  readonly uploadsQueue: WorkQueue;
  readonly hasHubs: boolean;
}

export class PublishingAlerts extends Construct {
  constructor(scope: Construct, id: string, { topic, publish, uploadsQueue, hasHubs }: PublishingAlertsProps) {
    super(scope, id);
    new Alert(this, 'DeadLetters', {
      metric: uploadsQueue.createDeadLettersMetric(),
      threshold: 1,
      impact: 'Some uploads could not be published after five attempts: readers do not see them.',
      action: 'Find the error in the log of publish, fix its cause, and run npx seedpress redrive.',
      runbookAnchor: 'dead-letters',
      topic,
    });
    new Alert(this, 'Delay', {
      metric: uploadsQueue.createAgeMetric(),
      threshold: Duration.minutes(10).toSeconds(),
      impact: 'An upload has waited for more than ten minutes: readers see new articles late.',
      action: 'If publish fails, read its log. If thousands of seeds were uploaded at once, wait.',
      runbookAnchor: 'late-uploads',
      topic,
    });
    new Alert(this, 'SetAside', {
      metric: createFunctionMetric(publish, 'setAside'),
      threshold: 1,
      impact: 'Three builds failed on an article or a picture, and left it out. Everything else is published.',
      action: 'Run npx seedpress rejections, find the error in the log of publish, and upload the file again.',
      runbookAnchor: 'set-aside',
      topic,
    });
    if (hasHubs)
      new Alert(this, 'Hubs', {
        metric: createFunctionMetric(publish, 'hubFailures', { period: Duration.hours(1) }),
        threshold: 3,
        impact: 'WebSub hubs could not be notified: some feed readers show new articles only when they poll the feed.',
        action: 'If a hub no longer exists, remove it from the settings. Otherwise wait for the next article.',
        runbookAnchor: 'hub-failures',
        topic,
      });
  }
}
