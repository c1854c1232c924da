import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Alert, type AlertProps } from './alert.ts';
import { createFunctionMetric } from './create-metrics.ts';
import type { FeedbackPipeline } from './feedback-pipeline.ts';
import type { NodeLambda } from './node-lambda.ts';
import type { WorkQueue } from './work-queue.ts';

export interface NewsletterAlertsProps {
  readonly topic: ITopic;
  readonly api: HttpApi;
  readonly issues: WorkQueue;
  readonly deliveries: WorkQueue;
  readonly composeIssue: NodeLambda;
  readonly deliver: NodeLambda;
  /** Absent with an SMTP server, which reports no bounces. */
  readonly feedback?: FeedbackPipeline | undefined;
}

const sendingStatusText = `${EventField.fromPath('$.detail-type')}: SES decides whether ${EventField.fromPath(
  '$.resources[0]',
)} may send mails, and while it may not, no reader gets any. What to do: Open Account dashboard in the SES console. See docs/runbook.md#sending-stopped-by-amazon`;

export class NewsletterAlerts extends Construct {
  private readonly topic: ITopic;

  constructor(scope: Construct, id: string, props: NewsletterAlertsProps) {
    super(scope, id);
    this.topic = props.topic;
    this.watchSubscriptions(props);
    this.watchIssues(props);
    this.watchDeliveries(props);
    if (!props.feedback) return;
    this.watchFeedback(props.feedback);
    this.watchAccount();
  }

  private watchSubscriptions({ api }: NewsletterAlertsProps): void {
    this.addAlert('SubscriptionErrors', {
      metric: api.metricServerError({ statistic: 'Sum' }),
      threshold: 1,
      impact: 'Readers who sign up, change preferences or unsubscribe get an error page.',
      action: 'Look for "request failed" in the log of subscriptions.',
      runbookAnchor: 'subscription-errors',
    });
  }

  private watchIssues({ issues, composeIssue }: NewsletterAlertsProps): void {
    this.addAlert('IssueDeadLetters', {
      metric: issues.createDeadLettersMetric(),
      threshold: 1,
      impact: 'An issue could not be composed after five attempts: readers do not get it.',
      action: 'Find the error in the log of compose-issue, fix its cause, and run npx seedpress redrive.',
      runbookAnchor: 'issue-dead-letters',
    });
    this.addAlert('IssueOverdue', {
      metric: createFunctionMetric(composeIssue, 'issuesOverdue', { period: Duration.hours(1) }),
      threshold: 1,
      impact: 'Articles are waiting, and their issue did not come at its hour: readers do not get it.',
      action: 'Run npx seedpress issues. If the issue waits for your approval, approve or discard it.',
      runbookAnchor: 'overdue-issues',
    });
  }

  private watchDeliveries({ deliveries, deliver }: NewsletterAlertsProps): void {
    this.addAlert('DeliveryDeadLetters', {
      metric: deliveries.createDeadLettersMetric(),
      threshold: 1,
      impact: 'Parts of an issue could not be delivered after five attempts: up to 50 readers each do not get it.',
      action: 'Find the error in the log of deliver, fix its cause, and run npx seedpress redrive.',
      runbookAnchor: 'delivery-dead-letters',
    });
    this.addAlert('DeliveryHeld', {
      metric: createFunctionMetric(deliver, 'deliveriesHeld', { period: Duration.hours(1) }),
      threshold: 1,
      periods: 24,
      impact: 'The delivery of an issue has been held for a whole day: some readers still wait for it.',
      action:
        'Run npx seedpress doctor to see the quota and whether sending is paused. The log of deliver has the reasons.',
      runbookAnchor: 'deliveries-held',
    });
    this.addAlert('MessagesUncertain', {
      metric: createFunctionMetric(deliver, 'messagesUncertain'),
      threshold: 1,
      impact: 'It is unknown whether some readers got their message, and it is not sent again.',
      action: 'Nothing for a few messages. For many, read the log of deliver around that time.',
      runbookAnchor: 'uncertain-messages',
    });
  }

  private watchFeedback({ eventsQueue, recordFeedback }: FeedbackPipeline): void {
    this.addAlert('FeedbackDeadLetters', {
      metric: eventsQueue.createDeadLettersMetric(),
      threshold: 1,
      impact: 'Bounces or complaints could not be recorded: readers who complained may get more emails.',
      action: 'Find the error in the log of record-feedback, fix its cause, and run npx seedpress redrive.',
      runbookAnchor: 'feedback-dead-letters',
    });
    this.addAlert('SendingPaused', {
      metric: createFunctionMetric(recordFeedback, 'sendingPaused'),
      threshold: 1,
      impact: 'Sending was paused after too many bounces or complaints: no reader gets emails.',
      action: 'Find out where these addresses come from and remove them, and run npx seedpress issue resume.',
      runbookAnchor: 'sending-paused',
    });
    this.addAlert('MessagesNotSent', {
      metric: createFunctionMetric(recordFeedback, 'messagesNotSent'),
      threshold: 1,
      impact: 'SES accepted emails but did not send them: their readers do not get them.',
      action: 'Read in the log of record-feedback whether SES rejected the email or could not render it.',
      runbookAnchor: 'lost-messages',
    });
  }

  /** SES has no metric for it. The event costs nothing, so it needs no alarm. */
  private watchAccount(): void {
    const { topic } = this;
    const rule = new Rule(this, 'SendingStatus', {
      description: 'SES has stopped or allowed sending',
      eventPattern: { source: ['aws.ses'], detailType: ['Sending Status Disabled', 'Sending Status Enabled'] },
      // Not `SnsTopic`: it lets every rule of every account publish.
      targets: [{ bind: () => ({ arn: topic.topicArn, input: RuleTargetInput.fromText(sendingStatusText) }) }],
    });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
      }),
    );
  }

  private addAlert(id: string, alert: Omit<AlertProps, 'topic'>): void {
    new Alert(this, id, { ...alert, topic: this.topic });
  }
}
