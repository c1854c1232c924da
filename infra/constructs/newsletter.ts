import { Aws, Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Publication } from '../../functions/core/publication.ts';
import {
  batchesPerInvocation,
  composeTimeoutSeconds,
  deliverTimeoutSeconds,
  environmentVariables,
  internalFolders,
  recipientsIndex,
  subscriptionsTimeoutSeconds,
} from '../../functions/platform/contract.ts';
import { FeedbackPipeline } from './feedback-pipeline.ts';
import { IssueSchedules } from './issue-schedules.ts';
import { type MailSender, SesSender, SmtpSender } from './mail-sender.ts';
import { NewsletterAlerts } from './newsletter-alerts.ts';
import { NodeLambda } from './node-lambda.ts';
import type { Publishing } from './publishing.ts';
import type { Site } from './site.ts';
import { SubscriptionsApi } from './subscriptions-api.ts';
import { WorkQueue } from './work-queue.ts';

export interface NewsletterProps {
  readonly publication: Publication;
  readonly site: Site;
  readonly publishing: Pick<Publishing, 'table' | 'internalBucket' | 'uploadsQueue' | 'publish'>;
  readonly alerts: ITopic;
  readonly templates: string;
}

/** Hard to guess and known within the account only: docs/decisions/0011-the-api-answers-cloudfront-alone.md. */
const edgeKey = Aws.STACK_ID;

/** From the sign-up of a reader to the delivery of issues and the feedback on them. */
export class Newsletter extends Construct {
  /** A message `{"cadence": …}` in `issues` makes compose-issue continue with the open issue. */
  readonly queues: Readonly<{ issues: WorkQueue; deliveries: WorkQueue; feedback?: WorkQueue }>;
  /** Only SES sends feedback. */
  readonly lambdas: Readonly<
    Record<'subscriptions' | 'composeIssue' | 'deliver', NodeLambda> & { recordFeedback?: NodeLambda }
  >;
  private readonly props: NewsletterProps;

  constructor(scope: Construct, id: string, props: NewsletterProps) {
    super(scope, id);
    this.props = props;
    const { publication, publishing, site, alerts } = props;
    const ses = publication.newsletter.mailer === 'ses' ? new SesSender(this, 'Mail', { publication }) : undefined;
    const mail = ses ?? new SmtpSender({ publication });
    const issues = new WorkQueue(this, 'Issues', { timeoutSeconds: composeTimeoutSeconds });
    const deliveries = new WorkQueue(this, 'Deliveries', { timeoutSeconds: deliverTimeoutSeconds });

    const subscriptions = this.createSubscriptions(mail, issues);
    const { distribution } = site;
    const { api } = new SubscriptionsApi(this, 'Api', { subscriptions, distribution, edgeKey });
    new IssueSchedules(this, 'Schedules', { publication, issues });
    if (publication.digest.immediately) {
      publishing.publish.function.addEnvironment(environmentVariables.issuesQueue, issues.queue.queueUrl);
      publishing.publish.allow(['sqs:SendMessage'], issues.queue.queueArn);
    }
    new Rule(this, 'Refusals', {
      description: 'Mails the publisher which uploads were refused, and looks for issues that should be there',
      schedule: Schedule.rate(Duration.minutes(refusalMailMinutes)),
      targets: [
        new SqsQueue(issues.queue, {
          message: RuleTargetInput.fromObject({ mail: 'refusals' }),
          deadLetterQueue: issues.deadLetters,
        }),
      ],
    });
    new Rule(this, 'Readers', {
      description: 'Removes addresses of readers who left long ago',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [
        new SqsQueue(issues.queue, {
          message: RuleTargetInput.fromObject({ readers: 'tidy' }),
          deadLetterQueue: issues.deadLetters,
        }),
      ],
    });
    const composeIssue = this.createComposeIssue(mail, issues, deliveries);
    const deliver = this.createDeliver(mail, deliveries);
    const feedback =
      ses &&
      new FeedbackPipeline(this, 'Feedback', { table: publishing.table, configurationSetArn: ses.configurationSetArn });
    this.queues = { issues, deliveries, ...(feedback && { feedback: feedback.eventsQueue }) };
    this.lambdas = {
      subscriptions,
      composeIssue,
      deliver,
      ...(feedback && { recordFeedback: feedback.recordFeedback }),
    };
    new NewsletterAlerts(this, 'Alerts', {
      topic: alerts,
      api,
      issues,
      deliveries,
      composeIssue,
      deliver,
      feedback,
    });
  }

  private createSubscriptions(mail: MailSender, issues: WorkQueue): NodeLambda {
    const { publication, publishing, templates } = this.props;
    const subscriptions = new NodeLambda(this, 'Subscriptions', {
      name: 'subscriptions',
      description: 'Handles sign-ups, confirmations, preferences and unsubscribing',
      timeout: Duration.seconds(subscriptionsTimeoutSeconds),
      memorySize: 512,
      templates,
      // Not the address of the site: the distribution with that address depends on this function.
      environment: {
        [environmentVariables.publication]: JSON.stringify(publication),
        [environmentVariables.internalBucket]: publishing.internalBucket.bucketName,
        [environmentVariables.table]: publishing.table.tableName,
        [environmentVariables.issuesQueue]: issues.queue.queueUrl,
        [environmentVariables.edgeKey]: edgeKey,
        ...mail.environment,
      },
    });
    subscriptions.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:Query'], publishing.table.tableArn);
    subscriptions.allow(['sqs:SendMessage'], issues.queue.queueArn);
    subscriptions.allowObjects(
      ['s3:PutObject'],
      publishing.internalBucket,
      'Keys of erasures are hashes of addresses.',
      internalFolders.erasures,
    );
    subscriptions.allowObjects(
      ['s3:GetObject'],
      publishing.internalBucket,
      'Previews of held issues are named after them.',
      internalFolders.drafts,
    );
    mail.allowSending(subscriptions, 'requested');
    return subscriptions;
  }

  private createComposeIssue(mail: MailSender, issues: WorkQueue, deliveries: WorkQueue): NodeLambda {
    const { publication, publishing, site, templates } = this.props;
    const { table, internalBucket, uploadsQueue } = publishing;
    const composeIssue = new NodeLambda(this, 'ComposeIssue', {
      name: 'compose-issue',
      description: 'Composes an issue from pending entries and plans its delivery',
      timeout: Duration.seconds(composeTimeoutSeconds),
      memorySize: 1024,
      templates,
      sendsToItself: true,
      environment: {
        [environmentVariables.publication]: JSON.stringify(publication),
        [environmentVariables.siteAddress]: site.address,
        [environmentVariables.siteBucket]: site.bucket.bucketName,
        [environmentVariables.internalBucket]: internalBucket.bucketName,
        [environmentVariables.table]: table.tableName,
        [environmentVariables.uploadsQueue]: uploadsQueue.queue.queueUrl,
        [environmentVariables.issuesQueue]: issues.queue.queueUrl,
        [environmentVariables.deliveriesQueue]: deliveries.queue.queueUrl,
        ...mail.environment,
      },
    });
    issues.addConsumer(composeIssue, { batchSize: 1 });
    composeIssue.allow(composeTableActions, table.tableArn);
    composeIssue.allow(['dynamodb:Query'], `${table.tableArn}/index/${recipientsIndex.name}`);
    composeIssue.allowObjects(
      ['s3:GetObject'],
      internalBucket,
      'Keys of bodies are hashes of their contents.',
      internalFolders.bodies,
    );
    composeIssue.allowObjects(
      draftActions,
      internalBucket,
      'Keys of drafts are hashes of their contents.',
      internalFolders.drafts,
    );
    for (const folder of [internalFolders.issues, internalFolders.ledger])
      composeIssue.allowObjects(
        ['s3:PutObject'],
        internalBucket,
        'Keys of emails contain the number of the issue.',
        folder,
      );
    // The page of the issue before, which links to the new one, is made from its mail.
    composeIssue.allowObjects(
      ['s3:GetObject'],
      internalBucket,
      'Keys of emails contain the number of the issue.',
      internalFolders.issues,
    );
    composeIssue.allowObjects(['s3:PutObject'], site.bucket, 'Keys of issues contain their numbers.', 'issues/');
    for (const { queueArn } of [issues.queue, deliveries.queue, uploadsQueue.queue])
      composeIssue.allow(['sqs:SendMessage'], queueArn);
    mail.allowSending(composeIssue, 'composition');
    return composeIssue;
  }

  private createDeliver(mail: MailSender, deliveries: WorkQueue): NodeLambda {
    const { publication, publishing, site } = this.props;
    const { table, internalBucket } = publishing;
    const deliver = new NodeLambda(this, 'Deliver', {
      name: 'deliver',
      description: 'Sends an issue to up to fifty readers at a time',
      timeout: Duration.seconds(deliverTimeoutSeconds),
      memorySize: 512,
      sendsToItself: true,
      environment: {
        [environmentVariables.publication]: JSON.stringify(publication),
        [environmentVariables.siteAddress]: site.address,
        [environmentVariables.internalBucket]: internalBucket.bucketName,
        [environmentVariables.table]: table.tableName,
        [environmentVariables.deliveriesQueue]: deliveries.queue.queueUrl,
        ...mail.environment,
      },
    });
    // An invocation has ten calls to the mailer under way, each when the account's rate, which is shared in the table,
    // gives it a time. Three are enough for 2,000 mails a second (docs/decisions/0035-calls-as-the-rate-allows.md), and
    // leave seven of the ten concurrent invocations of a new account to readers and uploads.
    deliveries.addConsumer(deliver, { batchSize: batchesPerInvocation, maxConcurrency: 3 });
    deliver.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:BatchGetItem'], table.tableArn);
    deliver.allowObjects(
      ['s3:GetObject'],
      internalBucket,
      'Keys of emails contain the number of the issue.',
      internalFolders.issues,
    );
    deliver.allow(['sqs:SendMessage'], deliveries.queue.queueArn);
    mail.allowSending(deliver, 'delivery');
    return deliver;
  }
}

/** Longer than the window in which `mailRefusals` sends one mail. */
const refusalMailMinutes = 5;

const draftActions = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
const composeTableActions = [
  'dynamodb:GetItem',
  'dynamodb:UpdateItem',
  'dynamodb:Query',
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
];
