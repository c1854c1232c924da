import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { composeTimeout } from '../../functions/runtime/contract.ts';
import { Alert, type AlertProps } from './alert.ts';
import { counted } from './counted.ts';
import type { Feedback } from './feedback.ts';
import type { NodeLambda } from './node-lambda.ts';
import { reputation } from './reputation.ts';
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
  readonly feedback?: Feedback | undefined;
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
    this.tell('SubscriptionErrors', {
      metric: api.metricServerError({ statistic: 'Sum' }),
      atLeast: 1,
      says: 'Readers who sign up, choose or leave are told that it failed.',
      cure: 'Look for "a reader was not answered" in the log of subscriptions.',
      runbook: 'subscription-errors',
    });
    this.tell('MailFailures', {
      metric: counted(subscriptions, 'mailFailures'),
      atLeast: 1,
      says: 'A confirmation or a welcome could not be mailed: readers sign up and hear nothing.',
      cure: 'npx seedpress doctor says whether SES takes mails of the sender.',
      runbook: 'mail-failures',
    });
    this.tell('SignUpsRefused', {
      metric: counted(subscriptions, 'signUpsRefused'),
      atLeast: 1,
      says: 'More people sign up than the cap lets through in an hour: the rest are asked to try later.',
      cure: 'Look whether they confirm: if not, it is an attack, and waiting is all.',
      runbook: 'sign-ups-refused',
    });
  }

  private watchIssues({ issues, composeIssue }: NewsletterAlertsProps): void {
    this.tell('IssueDeadLetters', {
      metric: waiting(issues),
      atLeast: 1,
      says: 'An issue could not be composed after several tries: readers do not get it.',
      cure: 'Find the error in the log of compose-issue, mend its cause, then npx seedpress redrive.',
      runbook: 'issue-dead-letters',
    });
    this.tell('IssueErrors', {
      metric: composeIssue.function.metricErrors(),
      atLeast: 1,
      says: 'Composing an issue was cut off: readers get it late.',
      cure: 'Nothing, unless it comes again: then read the last lines of the log of compose-issue.',
      runbook: 'issue-errors',
    });
    this.tell('IssueUnfinished', {
      metric: issues.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum' }),
      // Older than this is only what failed at least once.
      atLeast: 7 * composeTimeout,
      says: 'An issue is not finished: composing it failed, and its readers wait for the next try.',
      cure: 'Look for "an issue could not be composed" in the log of compose-issue.',
      runbook: 'unfinished-issues',
    });
  }

  private watchDeliveries({ deliveries, deliver }: NewsletterAlertsProps): void {
    this.tell('DeliveryDeadLetters', {
      metric: waiting(deliveries),
      atLeast: 1,
      says: 'Parts of an issue could not be delivered after several tries: up to 50 readers each wait for it.',
      cure: 'Find the error in the log of deliver, mend its cause, then npx seedpress redrive.',
      runbook: 'delivery-dead-letters',
    });
    this.tell('DeliveryErrors', {
      metric: deliver.function.metricErrors(),
      atLeast: 1,
      says: 'Delivering was cut off: some readers may get their copy late, or it is uncertain.',
      cure: 'Nothing, unless it comes again: then read the last lines of the log of deliver.',
      runbook: 'delivery-errors',
    });
    this.tell('DeliveryHeld', {
      metric: counted(deliver, 'deliveriesHeld', { period: Duration.hours(1) }),
      atLeast: 1,
      periods: 24,
      says: 'An issue has been on its way for a whole day: its last readers still wait.',
      cure: 'npx seedpress doctor tells the quota and whether sending is paused; the log of deliver has each reason.',
      runbook: 'deliveries-held',
    });
    this.tell('CopiesUncertain', {
      metric: counted(deliver, 'copiesUncertain'),
      atLeast: 1,
      says: 'Whether some readers got their copy is not known; they are not mailed again.',
      cure: 'Nothing for a few; for many, read the log of deliver before and after.',
      runbook: 'uncertain-copies',
    });
  }

  private watchFeedback({ work, recordFeedback }: Feedback): void {
    this.tell('FeedbackDeadLetters', {
      metric: waiting(work),
      atLeast: 1,
      says: 'Bounces or complaints could not be recorded: readers who complained may be mailed again.',
      cure: 'Find the error in the log of record-feedback, mend its cause, then npx seedpress redrive.',
      runbook: 'feedback-dead-letters',
    });
    this.tell('FeedbackErrors', {
      metric: recordFeedback.function.metricErrors(),
      atLeast: 1,
      says: 'Recording bounces and complaints was cut off: it is tried again.',
      cure: 'Nothing, unless it comes again: then read the log of record-feedback.',
      runbook: 'feedback-errors',
    });
    this.tell('SendingPaused', {
      metric: counted(recordFeedback, 'sendingPaused'),
      atLeast: 1,
      says: 'Sending has paused itself after too many bounces or complaints: no reader gets mail.',
      cure: 'Find out whose addresses these are; when that is mended, npx seedpress issue resume.',
      runbook: 'sending-paused',
    });
    this.tell('CopiesLost', {
      metric: counted(recordFeedback, 'copiesLost'),
      atLeast: 1,
      says: 'SES did not send mails that it had taken: their readers get nothing.',
      cure: 'The log of record-feedback says whether SES rejected the letter or could not fill it in.',
      runbook: 'lost-copies',
    });
    this.tell('BounceRate', {
      metric: reputation('BounceRate'),
      atLeast: 0.05,
      says: 'One mail in twenty of this account bounces: Amazon may stop all of its sending.',
      cure: 'Look at the reputation metrics in the SES console, and at where the addresses came from.',
      runbook: 'bounce-and-complaint-rate',
    });
    this.tell('ComplaintRate', {
      metric: reputation('ComplaintRate'),
      atLeast: 0.001,
      says: 'One reader in a thousand of this account complains: Amazon may stop all of its sending.',
      cure: 'Look at the reputation metrics in the SES console, and at where the addresses came from.',
      runbook: 'bounce-and-complaint-rate',
    });
  }

  private tell(id: string, alert: Omit<AlertProps, 'topic'>): void {
    new Alert(this, id, { ...alert, topic: this.topic });
  }
}

const waiting = ({ deadLetters }: WorkQueue): IMetric =>
  deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' });
