import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Publication } from '../../functions/core/publication.ts';
import {
  environmentVariables,
  expiryAttribute,
  internalFolders,
  keyAttributes,
  publishTimeoutSeconds,
  recipientsIndex,
} from '../../functions/platform/contract.ts';
import { NodeLambda } from './node-lambda.ts';
import { PrivateBucket } from './private-bucket.ts';
import { PublishingAlerts } from './publishing-alerts.ts';
import type { Site } from './site.ts';
import { WorkQueue } from './work-queue.ts';

export interface PublishingProps {
  readonly publication: Publication;
  readonly site: Site;
  /** Who is told when publishing fails. */
  readonly alerts: ITopic;
  /** The compiled templates that lie beside the bundle: a path. */
  readonly templates: string;
  /** Whether seeds, working papers and records outlive the stack. */
  readonly keepData: boolean;
}

/** From a seed in the bucket to every document of the site. */
export class Publishing extends Construct {
  /** What is uploaded here is published. */
  readonly seeds: PrivateBucket;
  /** The publisher's private working papers. */
  readonly internalBucket: PrivateBucket;
  /** Every record and every invariant. */
  readonly table: Table;
  /** A message here makes publish look what is to be built. */
  readonly uploadsQueue: WorkQueue;
  readonly publish: NodeLambda;
  /** Tells of every upload and deletion. */
  readonly seedsChanged: Rule;

  constructor(scope: Construct, id: string, props: PublishingProps) {
    super(scope, id);
    const { publication, site, alerts, templates, keepData } = props;
    this.seeds = new PrivateBucket(this, 'Seeds', {
      keepData,
      versioned: keepData,
      lifecycleRules: [{ id: 'old-versions', noncurrentVersionExpiration: Duration.days(90) }],
    });
    this.seeds.sendEventsToEventBridge();
    const internalBucket = new PrivateBucket(this, 'Internal', { keepData });
    const table = this.createTable(keepData);
    const uploadsQueue = new WorkQueue(this, 'Uploads', { timeoutSeconds: publishTimeoutSeconds });
    const uploads = uploadsQueue.queue;
    this.internalBucket = internalBucket;
    this.table = table;
    this.uploadsQueue = uploadsQueue;
    this.seedsChanged = this.createRules(uploadsQueue);

    const publish = new NodeLambda(this, 'Publish', {
      name: 'publish',
      description: 'Turns uploaded seeds into pages and feeds',
      timeout: Duration.seconds(publishTimeoutSeconds),
      // One whole processor: the largest seeds take most of a minute to read.
      memorySize: 1769,
      templates,
      environment: {
        [environmentVariables.publication]: JSON.stringify(publication),
        [environmentVariables.siteAddress]: site.address,
        [environmentVariables.seedsBucket]: this.seeds.bucketName,
        [environmentVariables.siteBucket]: site.bucket.bucketName,
        [environmentVariables.internalBucket]: internalBucket.bucketName,
        [environmentVariables.table]: table.tableName,
        [environmentVariables.uploadsQueue]: uploads.queueUrl,
      },
    });
    this.publish = publish;
    uploadsQueue.addConsumer(publish, { batchSize: 10, maxConcurrency: 10 });
    this.grantAccess(publish, { site: site.bucket, internalBucket: internalBucket, table, uploads });
    new PublishingAlerts(this, 'Alerts', { topic: alerts, publish, uploadsQueue });
  }

  private createTable(keepData: boolean): Table {
    const table = new Table(this, 'Table', {
      partitionKey: { name: keyAttributes.partition, type: AttributeType.STRING },
      sortKey: { name: keyAttributes.sort, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: expiryAttribute,
      deletionProtection: keepData,
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    // Only active subscribers have the attribute, so it holds nobody else, and nothing that a page is made from.
    table.addGlobalSecondaryIndex({
      indexName: recipientsIndex.name,
      partitionKey: { name: recipientsIndex.partition, type: AttributeType.STRING },
      sortKey: { name: recipientsIndex.sort, type: AttributeType.STRING },
    });
    return table;
  }

  /** Every upload, every deletion, and once a minute a tick, which releases what waits for its time. */
  private createRules({ queue, deadLetters }: WorkQueue): Rule {
    const target = new SqsQueue(queue, { deadLetterQueue: deadLetters });
    const seedsChanged = new Rule(this, 'SeedsChanged', {
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
    return seedsChanged;
  }

  /** Exactly what the steps of publish do, and where. */
  private grantAccess(
    publish: NodeLambda,
    {
      site,
      internalBucket: desk,
      table,
      uploads,
    }: Readonly<{ site: PrivateBucket; internalBucket: PrivateBucket; table: Table; uploads: Queue }>,
  ): void {
    publish.allowObjects(['s3:GetObject'], this.seeds, 'A seed may have any key.');
    // Without leave to list, S3 answers 403 instead of 404 for a seed that is gone, and it could not be withdrawn.
    publish.allow(['s3:ListBucket'], this.seeds.bucketArn);
    publish.allowObjects(writeActions, site, 'The site is all of what publish writes.');
    publish.allowObjects(
      ['s3:GetObject'],
      site,
      'Issues are numbered; their feeds are made of them.',
      'issues/',
    );
    const { bodies, rejections } = internalFolders;
    publish.allowObjects(readWriteActions, desk, 'Bodies are named by their content.', bodies);
    publish.allowObjects(writeActions, desk, 'Reports are named by the seed that was refused.', rejections);
    publish.allow(tableActions, table.tableArn);
    publish.allow(['sqs:SendMessage'], uploads.queueArn);
  }
}

const writeActions = ['s3:PutObject', 's3:DeleteObject'];
const readWriteActions = ['s3:GetObject', ...writeActions];
const tableActions = [
  'dynamodb:GetItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:Query',
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
];
