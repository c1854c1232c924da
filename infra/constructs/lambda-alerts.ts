import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Alert } from './alert.ts';

export interface LambdaAlertsProps {
  readonly topic: ITopic;
}

/**
 * What Lambda does to functions without their knowing. The metrics are those of all functions of the account in this
 * region, which share their concurrency: an alarm for each function would cost as much as the rest of the stack.
 */
export class LambdaAlerts extends Construct {
  constructor(scope: Construct, id: string, { topic }: LambdaAlertsProps) {
    super(scope, id);
    new Alert(this, 'Throttles', {
      metric: createAccountMetric('Throttles'),
      // A burst is throttled now and then, and tried again.
      threshold: 10,
      periods: 2,
      impact: 'Lambda refuses calls of functions: readers see errors, and publishing and issues are late.',
      action:
        'Look in the Lambda console whose concurrency uses up the quota of the account, and request a higher one.',
      runbookAnchor: 'throttled-functions',
      topic,
    });
    new Alert(this, 'RecursionStopped', {
      metric: createAccountMetric('RecursiveInvocationsDropped'),
      threshold: 1,
      impact:
        'Lambda takes messages that wait for an endless loop, and drops them: an issue or a build is not finished.',
      action: 'Find in the Lambda console which function it was. If it is of this stack, run npm run deploy.',
      runbookAnchor: 'recursion-stopped',
      topic,
    });
  }
}

const createAccountMetric = (metricName: string): Metric =>
  new Metric({ namespace: 'AWS/Lambda', metricName, statistic: 'Sum', period: Duration.minutes(15) });
