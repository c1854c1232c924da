import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
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
  readonly desk: PrivateBucket;
  /** Every record and every invariant. */
  readonly table: Table;
  /** A message here makes publish look what is to be built. */
  readonly work: WorkQueue;
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
    const desk = new PrivateBucket(this, 'Desk', { keepData });
    const table = this.createTable(keepData);
    const work = new WorkQueue(this, 'Uploads', { timeout: publishTimeout });
    const uploads = work.queue;
    this.desk = desk;
    this.table = table;
    this.work = work;
    this.seedsChanged = this.sendUploadsAndTicks(work);

    const publish = new NodeLambda(this, 'Publish', {
      name: 'publish',
      description: 'Turns uploaded seeds into pages and feeds',
      timeout: Duration.seconds(publishTimeout),
      // One whole processor: the largest seeds take most of a minute to read.
      memory: 1769,
      templates,
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
    this.publish = publish;
    work.feed(publish, { batchSize: 10, atOnce: 10 });
    this.grant(publish, { site: site.bucket, desk, table, uploads });
    new PublishingAlerts(this, 'Alerts', { topic: alerts, publish, work });
  }

  private createTable(keepData: boolean): Table {
    const table = new Table(this, 'Table', {
      partitionKey: { name: tableKeys.partition, type: AttributeType.STRING },
      sortKey: { name: tableKeys.sort, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: tableExpiry,
      deletionProtection: keepData,
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    // Only active subscribers have the attribute, so it holds nobody else, and nothing that a page is made from.
    table.addGlobalSecondaryIndex({
      indexName: rosterIndex.name,
      partitionKey: { name: rosterIndex.partition, type: AttributeType.STRING },
      sortKey: { name: rosterIndex.sort, type: AttributeType.STRING },
    });
    return table;
  }

  /** Every upload, every deletion, and once a minute a tick, which releases what waits for its time. */
  private sendUploadsAndTicks({ queue, deadLetters }: WorkQueue): Rule {
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
    publish.allowObjects(
      ['s3:GetObject'],
      site,
      'Issues are numbered; their feeds are made of them.',
      'issues/',
    );
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
