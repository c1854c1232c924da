import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { composeTimeoutSeconds } from '../../functions/platform/contract.ts';
import { Alert, type AlertProps } from './alert.ts';
import type { FeedbackPipeline } from './feedback-pipeline.ts';
import { createFunctionMetric } from './function-metric.ts';
import type { NodeLambda } from './node-lambda.ts';
import { createReputationMetric } from './reputation-metric.ts';
import type { WorkQueue } from './work-queue.ts';

export interface NewsletterAlertsProps {
  readonly topic: ITopic;
  readonly api: HttpApi;
  readonly issues: WorkQueue;
  readonly deliveries: WorkQueue;
  readonly subscriptions: NodeLambda;
  readonly composeIssue: NodeLambda;
  readonly deliver: NodeLambda;
  /** Absent where mails go out by a provider that tells nothing. */
  readonly feedback?: FeedbackPipeline | undefined;
}

/** When the operator hears of the newsletter. */
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
      impact: 'Readers who sign up, choose or leave are told that it failed.',
      action: 'Look for "a reader was not answered" in the log of subscriptions.',
      runbookAnchor: 'subscription-errors',
    });
    this.addAlert('MailFailures', {
      metric: createFunctionMetric(subscriptions, 'mailFailures'),
      threshold: 1,
      impact: 'A confirmation or a welcome could not be mailed: readers sign up and hear nothing.',
      action: 'npx seedpress doctor says whether SES takes mails of the sender.',
      runbookAnchor: 'mail-failures',
    });
    this.addAlert('SignUpsRefused', {
      metric: createFunctionMetric(subscriptions, 'signUpsRefused'),
      threshold: 1,
      impact: 'More people sign up than the cap lets through in an hour: the rest are asked to try later.',
      action: 'Look whether they confirm: if not, it is an attack, and waiting is all.',
      runbookAnchor: 'sign-ups-refused',
    });
  }

  private watchIssues({ issues, composeIssue }: NewsletterAlertsProps): void {
    this.addAlert('IssueDeadLetters', {
      metric: createDeadLettersMetric(issues),
      threshold: 1,
      impact: 'An issue could not be composed after several tries: readers do not get it.',
      action: 'Find the error in the log of compose-issue, mend its cause, then npx seedpress redrive.',
      runbookAnchor: 'issue-dead-letters',
    });
    this.addAlert('IssueErrors', {
      metric: composeIssue.function.metricErrors(),
      threshold: 1,
      impact: 'Composing an issue was cut off: readers get it late.',
      action: 'Nothing, unless it comes again: then read the last lines of the log of compose-issue.',
      runbookAnchor: 'issue-errors',
    });
    this.addAlert('IssueUnfinished', {
      metric: issues.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum' }),
      // Older than this is only what failed at least once.
      threshold: 7 * composeTimeoutSeconds,
      impact: 'An issue is not finished: composing it failed, and its readers wait for the next try.',
      action: 'Look for "an issue could not be composed" in the log of compose-issue.',
      runbookAnchor: 'unfinished-issues',
    });
  }

  private watchDeliveries({ deliveries, deliver }: NewsletterAlertsProps): void {
    this.addAlert('DeliveryDeadLetters', {
      metric: createDeadLettersMetric(deliveries),
      threshold: 1,
      impact:
        'Parts of an issue could not be delivered after several tries: up to 50 readers each wait for it.',
      action: 'Find the error in the log of deliver, mend its cause, then npx seedpress redrive.',
      runbookAnchor: 'delivery-dead-letters',
    });
    this.addAlert('DeliveryErrors', {
      metric: deliver.function.metricErrors(),
      threshold: 1,
      impact: 'Delivering was cut off: some readers may get their copy late, or it is uncertain.',
      action: 'Nothing, unless it comes again: then read the last lines of the log of deliver.',
      runbookAnchor: 'delivery-errors',
    });
    this.addAlert('DeliveryHeld', {
      metric: createFunctionMetric(deliver, 'deliveriesHeld', { period: Duration.hours(1) }),
      threshold: 1,
      periods: 24,
      impact: 'An issue has been on its way for a whole day: its last readers still wait.',
      action:
        'npx seedpress doctor tells the quota and whether sending is paused; the log of deliver has each reason.',
      runbookAnchor: 'deliveries-held',
    });
    this.addAlert('MessagesUncertain', {
      metric: createFunctionMetric(deliver, 'messagesUncertain'),
      threshold: 1,
      impact: 'Whether some readers got their copy is not known; they are not mailed again.',
      action: 'Nothing for a few; for many, read the log of deliver before and after.',
      runbookAnchor: 'uncertain-copies',
    });
  }

  private watchFeedback({ eventsQueue: work, recordFeedback }: FeedbackPipeline): void {
    this.addAlert('FeedbackDeadLetters', {
      metric: createDeadLettersMetric(work),
      threshold: 1,
      impact: 'Bounces or complaints could not be recorded: readers who complained may be mailed again.',
      action: 'Find the error in the log of record-feedback, mend its cause, then npx seedpress redrive.',
      runbookAnchor: 'feedback-dead-letters',
    });
    this.addAlert('FeedbackErrors', {
      metric: recordFeedback.function.metricErrors(),
      threshold: 1,
      impact: 'Recording bounces and complaints was cut off: it is tried again.',
      action: 'Nothing, unless it comes again: then read the log of record-feedback.',
      runbookAnchor: 'feedback-errors',
    });
    this.addAlert('SendingPaused', {
      metric: createFunctionMetric(recordFeedback, 'sendingPaused'),
      threshold: 1,
      impact: 'Sending has paused itself after too many bounces or complaints: no reader gets mail.',
      action: 'Find out whose addresses these are; when that is mended, npx seedpress issue resume.',
      runbookAnchor: 'sending-paused',
    });
    this.addAlert('MessagesLost', {
      metric: createFunctionMetric(recordFeedback, 'messagesLost'),
      threshold: 1,
      impact: 'SES did not send mails that it had taken: their readers get nothing.',
      action: 'The log of record-feedback says whether SES rejected the letter or could not fill it in.',
      runbookAnchor: 'lost-copies',
    });
    this.addAlert('BounceRate', {
      metric: createReputationMetric('BounceRate'),
      threshold: 0.05,
      impact: 'One mail in twenty of this account bounces: Amazon may stop all of its sending.',
      action: 'Look at the reputation metrics in the SES console, and at where the addresses came from.',
      runbookAnchor: 'bounce-and-complaint-rate',
    });
    this.addAlert('ComplaintRate', {
      metric: createReputationMetric('ComplaintRate'),
      threshold: 0.001,
      impact: 'One reader in a thousand of this account complains: Amazon may stop all of its sending.',
      action: 'Look at the reputation metrics in the SES console, and at where the addresses came from.',
      runbookAnchor: 'bounce-and-complaint-rate',
    });
  }

  private addAlert(id: string, alert: Omit<AlertProps, 'topic'>): void {
    new Alert(this, id, { ...alert, topic: this.topic });
  }
}

const createDeadLettersMetric = ({ deadLetters }: WorkQueue): IMetric =>
  deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' });
