import { Aws, Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Publication } from '../../functions/core/publication.ts';
import {
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
  /** What was published, and where it is recorded. */
  readonly publishing: Pick<Publishing, 'table' | 'internalBucket' | 'uploadsQueue'>;
  /** Who is told when readers get no mail. */
  readonly alerts: ITopic;
  /** The compiled templates that lie beside the bundles: a path. */
  readonly templates: string;
}

/** Hard to guess and told to nobody outside the account: docs/decisions/0011-the-api-answers-cloudfront-alone.md. */
const edgeKey = Aws.STACK_ID;

/** From a reader's sign-up to the last copy of an issue, and what came back of it. */
export class Newsletter extends Construct {
  /** A message `{"cadence": …}` in `issues` makes compose-issue go on with the issue under way. */
  readonly queues: Readonly<{ issues: WorkQueue; deliveries: WorkQueue; feedback?: WorkQueue }>;
  /** Feedback comes from SES alone. */
  readonly lambdas: Readonly<
    Record<'subscriptions' | 'composeIssue' | 'deliver', NodeLambda> & { recordFeedback?: NodeLambda }
  >;
  private readonly props: NewsletterProps;

  constructor(scope: Construct, id: string, props: NewsletterProps) {
    super(scope, id);
    this.props = props;
    const { publication, publishing, site, alerts: topic } = props;
    const ses =
      publication.newsletter.mailer === 'ses' ? new SesSender(this, 'Mail', { publication }) : undefined;
    const mail = ses ?? new SmtpSender({ publication });
    const issues = new WorkQueue(this, 'Issues', { timeoutSeconds: composeTimeoutSeconds });
    const deliveries = new WorkQueue(this, 'Deliveries', { timeoutSeconds: deliverTimeoutSeconds });

    const subscriptions = this.createSubscriptions(mail, issues);
    const { distribution } = site;
    const { api } = new SubscriptionsApi(this, 'Api', { subscriptions, distribution, edgeKey });
    new IssueSchedules(this, 'Schedules', { publication, issues });
    const composeIssue = this.createComposeIssue(mail, issues, deliveries);
    const deliver = this.createDeliver(mail, deliveries);
    const feedback =
      ses &&
      new FeedbackPipeline(this, 'Feedback', {
        table: publishing.table,
        configurationSetArn: ses.configurationSetArn,
      });
    this.queues = { issues, deliveries, ...(feedback && { feedback: feedback.eventsQueue }) };
    this.lambdas = {
      ...{ subscriptions, composeIssue, deliver },
      ...(feedback && { recordFeedback: feedback.recordFeedback }),
    };
    new NewsletterAlerts(this, 'Alerts', {
      ...{ topic, api, subscriptions, issues, deliveries, composeIssue, deliver, feedback },
    });
  }

  private createSubscriptions(mail: MailSender, issues: WorkQueue): NodeLambda {
    const { publication, publishing, templates } = this.props;
    const subscriptions = new NodeLambda(this, 'Subscriptions', {
      name: 'subscriptions',
      description: 'Answers readers who sign up, choose or leave',
      timeout: Duration.seconds(subscriptionsTimeoutSeconds),
      memorySize: 512,
      templates,
      // Not the site's address: the distribution that has it needs this function first.
      environment: {
        [environmentVariables.publication]: JSON.stringify(publication),
        [environmentVariables.table]: publishing.table.tableName,
        [environmentVariables.issuesQueue]: issues.queue.queueUrl,
        [environmentVariables.edgeKey]: edgeKey,
        ...mail.environment,
      },
    });
    subscriptions.allow(
      ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:Query'],
      publishing.table.tableArn,
    );
    subscriptions.allow(['sqs:SendMessage'], issues.queue.queueArn);
    mail.allowSending(subscriptions, 'one');
    return subscriptions;
  }

  private createComposeIssue(mail: MailSender, issues: WorkQueue, deliveries: WorkQueue): NodeLambda {
    const { publication, publishing, site, templates } = this.props;
    const { table, internalBucket: desk, uploadsQueue: work } = publishing;
    const composeIssue = new NodeLambda(this, 'ComposeIssue', {
      name: 'compose-issue',
      description: 'Makes an issue of what waits, and addresses it',
      timeout: Duration.seconds(composeTimeoutSeconds),
      memorySize: 1024,
      templates,
      environment: {
        [environmentVariables.publication]: JSON.stringify(publication),
        [environmentVariables.siteAddress]: site.address,
        [environmentVariables.siteBucket]: site.bucket.bucketName,
        [environmentVariables.internalBucket]: desk.bucketName,
        [environmentVariables.table]: table.tableName,
        [environmentVariables.uploadsQueue]: work.queue.queueUrl,
        [environmentVariables.issuesQueue]: issues.queue.queueUrl,
        [environmentVariables.deliveriesQueue]: deliveries.queue.queueUrl,
        ...mail.environment,
      },
    });
    issues.addConsumer(composeIssue, { batchSize: 1, maxConcurrency: 2 });
    composeIssue.allow(composeTableActions, table.tableArn);
    composeIssue.allow(['dynamodb:Query'], `${table.tableArn}/index/${recipientsIndex.name}`);
    composeIssue.allowObjects(
      ['s3:GetObject'],
      desk,
      'Bodies are named by their content.',
      internalFolders.bodies,
    );
    composeIssue.allowObjects(
      draftActions,
      desk,
      'Drafts are named by their content.',
      internalFolders.drafts,
    );
    composeIssue.allowObjects(['s3:PutObject'], desk, 'Letters are numbered.', internalFolders.issues);
    composeIssue.allowObjects(['s3:PutObject'], site.bucket, 'Issues are numbered.', 'issues/');
    for (const { queueArn } of [issues.queue, deliveries.queue, work.queue])
      composeIssue.allow(['sqs:SendMessage'], queueArn);
    mail.allowSending(composeIssue, 'one');
    return composeIssue;
  }

  private createDeliver(mail: MailSender, deliveries: WorkQueue): NodeLambda {
    const { publication, publishing, site } = this.props;
    const { table, internalBucket: desk } = publishing;
    const deliver = new NodeLambda(this, 'Deliver', {
      name: 'deliver',
      description: 'Sends an issue to up to fifty readers at a time',
      timeout: Duration.seconds(deliverTimeoutSeconds),
      memorySize: 512,
      environment: {
        [environmentVariables.publication]: JSON.stringify(publication),
        [environmentVariables.siteAddress]: site.address,
        [environmentVariables.internalBucket]: desk.bucketName,
        [environmentVariables.table]: table.tableName,
        [environmentVariables.deliveriesQueue]: deliveries.queue.queueUrl,
        ...mail.environment,
      },
    });
    // The send rate is shared in the table; so many at once keep up with some 200 mails a second, and leave a new
    // account, which may run ten functions at a time, room for readers and uploads.
    deliveries.addConsumer(deliver, { batchSize: 1, maxConcurrency: 5 });
    deliver.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:BatchGetItem'], table.tableArn);
    deliver.allowObjects(['s3:GetObject'], desk, 'Letters are numbered.', internalFolders.issues);
    deliver.allow(['sqs:SendMessage'], deliveries.queue.queueArn);
    mail.allowSending(deliver, 'many');
    return deliver;
  }
}

const draftActions = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
const composeTableActions = [
  'dynamodb:GetItem',
  'dynamodb:UpdateItem',
  'dynamodb:Query',
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
];
