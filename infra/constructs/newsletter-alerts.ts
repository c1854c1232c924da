import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { composeTimeoutSeconds } from '../../functions/platform/contract.ts';
import { Alert, type AlertProps } from './alert.ts';
import { createFunctionMetric, createReputationMetric } from './create-metrics.ts';
import type { FeedbackPipeline } from './feedback-pipeline.ts';
import type { NodeLambda } from './node-lambda.ts';
import type { WorkQueue } from './work-queue.ts';

export interface NewsletterAlertsProps {
  readonly topic: ITopic;
  readonly api: HttpApi;
  readonly issues: WorkQueue;
  readonly deliveries: WorkQueue;
  readonly subscriptions: NodeLambda;
  readonly composeIssue: NodeLambda;
  readonly deliver: NodeLambda;
  /** Absent with an SMTP server, which reports no bounces. */
  readonly feedback?: FeedbackPipeline | undefined;
}

export class NewsletterAlerts extends Construct {
  private readonly topic: ITopic;

  constructor(scope: Construct, id: string, props: NewsletterAlertsProps) {
    super(scope, id);
    this.topic = props.topic;
    this.watchSubscriptions(props);
    this.watchIssues(props);
    this.watchDeliveries(props);
    if (props.feedback) this.watchFeedback(props.feedback);
  }

  private watchSubscriptions({ api, subscriptions }: NewsletterAlertsProps): void {
    this.addAlert('SubscriptionErrors', {
      metric: api.metricServerError({ statistic: 'Sum' }),
      threshold: 1,
      impact: 'Readers who sign up, change preferences or unsubscribe get an error page.',
      action: 'Look for "request failed" in the log of subscriptions.',
      runbookAnchor: 'subscription-errors',
    });
    this.addAlert('MailFailures', {
      metric: createFunctionMetric(subscriptions, 'mailFailures'),
      threshold: 1,
      impact: 'Confirmation or welcome emails could not be sent: readers sign up and get no email.',
      action: 'Run npx seedpress doctor to check whether SES accepts emails of the sender.',
      runbookAnchor: 'mail-failures',
    });
    this.addAlert('SignUpsRefused', {
      metric: createFunctionMetric(subscriptions, 'signUpsRefused'),
      threshold: 1,
      impact: 'More people sign up than the hourly limit allows: the others are asked to try again later.',
      action: 'Check whether they confirm. If not, it is an attack: wait until it ends.',
      runbookAnchor: 'sign-ups-refused',
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
    this.addAlert('IssueErrors', {
      metric: composeIssue.function.metricErrors(),
      threshold: 1,
      impact: 'Composing an issue was interrupted: readers get it late.',
      action: 'Nothing at first. If it happens again, read the last lines of the log of compose-issue.',
      runbookAnchor: 'issue-errors',
    });
    this.addAlert('IssueUnfinished', {
      metric: issues.createAgeMetric(),
      // Only a message that failed at least once gets older.
      threshold: 7 * composeTimeoutSeconds,
      impact: 'An issue is unfinished: composing it failed, and readers wait for the next attempt.',
      action: 'Look for "an issue could not be composed" in the log of compose-issue.',
      runbookAnchor: 'unfinished-issues',
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
    this.addAlert('DeliveryErrors', {
      metric: deliver.function.metricErrors(),
      threshold: 1,
      impact: 'A delivery was interrupted: some messages are late or uncertain.',
      action: 'Nothing at first. If it happens again, read the last lines of the log of deliver.',
      runbookAnchor: 'delivery-errors',
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
    this.addAlert('FeedbackErrors', {
      metric: recordFeedback.function.metricErrors(),
      threshold: 1,
      impact: 'Recording bounces and complaints was interrupted. It is retried.',
      action: 'Nothing at first. If it happens again, read the log of record-feedback.',
      runbookAnchor: 'feedback-errors',
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
    this.addAlert('BounceRate', {
      metric: createReputationMetric('BounceRate'),
      threshold: 0.05,
      impact: 'One in twenty emails of this account bounces: AWS may suspend its sending.',
      action: 'Check the reputation metrics in the SES console and the origin of the addresses.',
      runbookAnchor: 'bounce-and-complaint-rate',
    });
    this.addAlert('ComplaintRate', {
      metric: createReputationMetric('ComplaintRate'),
      threshold: 0.001,
      impact: 'One in a thousand recipients of this account complains: AWS may suspend its sending.',
      action: 'Check the reputation metrics in the SES console and the origin of the addresses.',
      runbookAnchor: 'bounce-and-complaint-rate',
    });
  }

  private addAlert(id: string, alert: Omit<AlertProps, 'topic'>): void {
    new Alert(this, id, { ...alert, topic: this.topic });
  }
}
