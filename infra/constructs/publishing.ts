import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Publication } from '../../functions/core/publication.ts';
import {
  deskFolders,
  publishTimeout,
  rosterIndex,
  tableExpiry,
  tableKeys,
  variables,
} from '../../functions/runtime/contract.ts';
import { NodeLambda } from './node-lambda.ts';
import { PrivateBucket } from './private-bucket.ts';
import { PublishingAlerts } from './publishing-alerts.ts';
import type { Site } from './site.ts';

export interface PublishingProps {
  readonly publication: Publication;
  readonly site: Site;
  /** Who is told when publishing fails. */
  readonly alerts: ITopic;
  /** The compiled templates that lie beside the bundle: a path. */
  readonly templates: string;
}

/** From a seed in the bucket to every document of the site. */
export class Publishing extends Construct {
  /** What is uploaded here is published. */
  readonly seeds: PrivateBucket;
  /** The publisher's private working papers. */
  readonly desk: PrivateBucket;
  /** Every record and every invariant. */
  readonly table: Table;
  /** A message here makes publish look what is to be built. */
  readonly uploads: Queue;

  constructor(scope: Construct, id: string, { publication, site, alerts, templates }: PublishingProps) {
    super(scope, id);
    this.seeds = new PrivateBucket(this, 'Seeds', {
      versioned: true,
      lifecycleRules: [{ id: 'old-versions', noncurrentVersionExpiration: Duration.days(90) }],
    });
    this.seeds.sendEventsToEventBridge();
    const desk = new PrivateBucket(this, 'Desk');
    const table = this.createTable();
    const { uploads, deadLetters } = this.createQueues();
    this.desk = desk;
    this.table = table;
    this.uploads = uploads;
    this.sendUploadsAndTicks(uploads, deadLetters);

    const publish = new NodeLambda(this, 'Publish', {
      name: 'publish',
      description: 'Turns uploaded seeds into pages and feeds',
      timeout: Duration.seconds(publishTimeout),
      // One whole processor: the largest seeds take most of a minute to read.
      memory: 1769,
      companion: templates,
      environment: {
        [variables.publication]: JSON.stringify(publication),
        [variables.siteAddress]: site.address,
        [variables.seedsBucket]: this.seeds.bucketName,
        [variables.siteBucket]: site.bucket.bucketName,
        [variables.deskBucket]: desk.bucketName,
        [variables.table]: table.tableName,
        [variables.uploadsQueue]: uploads.queueUrl,
      },
    });
    publish.function.addEventSource(
      new SqsEventSource(uploads, { batchSize: 10, maxConcurrency: 10, reportBatchItemFailures: true }),
    );
    this.grant(publish, { site: site.bucket, desk, table, uploads });
    new PublishingAlerts(this, 'Alerts', {
      topic: alerts,
      publish: publish.function,
      uploads,
      deadLetters,
    });
  }

  private createTable(): Table {
    const table = new Table(this, 'Table', {
      partitionKey: { name: tableKeys.partition, type: AttributeType.STRING },
      sortKey: { name: tableKeys.sort, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: tableExpiry,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Only active subscribers have the attribute, so it holds nobody else, and nothing that a page is made from.
    table.addGlobalSecondaryIndex({
      indexName: rosterIndex.name,
      partitionKey: { name: rosterIndex.partition, type: AttributeType.STRING },
      sortKey: { name: rosterIndex.sort, type: AttributeType.STRING },
    });
    return table;
  }

  private createQueues(): { readonly uploads: Queue; readonly deadLetters: Queue } {
    const deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const uploads = new Queue(this, 'Uploads', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Lambda asks for six times its timeout, so that no message comes back while it is still being worked on.
      visibilityTimeout: Duration.seconds(6 * publishTimeout),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
    return { uploads, deadLetters };
  }

  /** Every upload, every deletion, and once a minute a tick, which releases what waits for its time. */
  private sendUploadsAndTicks(uploads: Queue, deadLetters: Queue): void {
    const target = new SqsQueue(uploads, { deadLetterQueue: deadLetters });
    new Rule(this, 'SeedsChanged', {
      description: 'A seed was uploaded or deleted',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created', 'Object Deleted'],
        detail: { bucket: { name: [this.seeds.bucketName] } },
      },
      targets: [target],
    });
    new Rule(this, 'Tick', {
      description: 'Once a minute: publish what waited for its time',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [target],
    });
  }

  /** Exactly what the steps of publish do, and where. */
  private grant(
    publish: NodeLambda,
    {
      site,
      desk,
      table,
      uploads,
    }: Readonly<{ site: PrivateBucket; desk: PrivateBucket; table: Table; uploads: Queue }>,
  ): void {
    publish.allowObjects(['s3:GetObject'], this.seeds, 'A seed may have any key.');
    // Without leave to list, S3 answers 403 instead of 404 for a seed that is gone, and it could not be withdrawn.
    publish.allow(['s3:ListBucket'], this.seeds.bucketArn);
    publish.allowObjects(write, site, 'The site is all of what publish writes.');
    const { bodies, rejections } = deskFolders;
    publish.allowObjects(readWrite, desk, 'Bodies are named by their content.', bodies);
    publish.allowObjects(write, desk, 'Reports are named by the seed that was refused.', rejections);
    publish.allow(tableActions, table.tableArn);
    publish.allow(['sqs:SendMessage'], uploads.queueArn);
  }
}

const write = ['s3:PutObject', 's3:DeleteObject'];
const readWrite = ['s3:GetObject', ...write];
const tableActions = [
  'dynamodb:GetItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:Query',
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
];
