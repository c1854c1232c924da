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
  readerPartitions,
  recipientsIndex,
  seedParserModule,
} from '../../functions/platform/contract.ts';
import { NodeLambda } from './node-lambda.ts';
import { PictureResizing } from './picture-resizing.ts';
import { PrivateBucket } from './private-bucket.ts';
import { PublishingAlerts } from './publishing-alerts.ts';
import type { Site } from './site.ts';
import { WorkQueue } from './work-queue.ts';

export interface PublishingProps {
  readonly publication: Publication;
  readonly site: Site;
  readonly alerts: ITopic;
  /** Compiled templates of the publication, and the files of its theme. */
  readonly templates: string;
  readonly themeFiles: string;
  readonly keepData: boolean;
}

/** From a seed in the bucket to every document of the site. */
export class Publishing extends Construct {
  /** Uploads to it are published. */
  readonly seeds: PrivateBucket;
  /** Article bodies, issue drafts, reports: nothing that readers see. */
  readonly internalBucket: PrivateBucket;
  readonly table: Table;
  readonly uploadsQueue: WorkQueue;
  readonly publish: NodeLambda;
  readonly resizePicture: NodeLambda;
  /** Matches every upload and deletion. */
  readonly seedsChanged: Rule;

  constructor(scope: Construct, id: string, props: PublishingProps) {
    super(scope, id);
    const { publication, site, alerts, templates, themeFiles, keepData } = props;
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
      description: 'Publishes uploaded seeds as pages and feeds',
      timeout: Duration.seconds(publishTimeoutSeconds),
      // One full vCPU: the largest seeds take most of a minute to parse.
      memorySize: 1769,
      templates,
      themeFiles,
      processModule: seedParserModule,
      buildsDocuments: true,
      sendsToItself: true,
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
    // One builds while two record the next uploads. More would take the ten concurrent invocations of a new account
    // from readers and issues.
    uploadsQueue.addConsumer(publish, { batchSize: 10, maxConcurrency: 3 });
    this.grantAccess(publish, {
      site: site.bucket,
      internalBucket,
      table,
      uploads,
      uploadsKey: publication.uploadsKey,
    });
    this.resizePicture = new PictureResizing(this, 'Pictures', {
      seeds: this.seeds,
      site: site.bucket,
      table,
      uploads,
      uploadsKey: publication.uploadsKey,
    }).resizePicture;
    new PublishingAlerts(this, 'Alerts', {
      topic: alerts,
      publish,
      uploadsQueue,
      hasHubs: publication.hubs.length > 0,
    });
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
    // Only active subscribers have the attribute, so the index contains nothing else.
    table.addGlobalSecondaryIndex({
      indexName: recipientsIndex.name,
      partitionKey: { name: recipientsIndex.partition, type: AttributeType.STRING },
      sortKey: { name: recipientsIndex.sort, type: AttributeType.STRING },
    });
    return table;
  }

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
      description: 'Publishes articles whose time has come, once a minute',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [target],
    });
    return seedsChanged;
  }

  private grantAccess(
    publish: NodeLambda,
    {
      site,
      internalBucket,
      table,
      uploads,
      uploadsKey,
    }: Readonly<{
      site: PrivateBucket;
      internalBucket: PrivateBucket;
      table: Table;
      uploads: Queue;
      uploadsKey: string | undefined;
    }>,
  ): void {
    publish.allowObjects(['s3:GetObject'], this.seeds, 'A seed may have any key.');
    publish.allowObjects(writeActions, site, 'Publish writes the whole site.');
    publish.allowObjects(['s3:GetObject'], site, 'Keys of issues contain their numbers.', 'issues/');
    publish.allowObjects(['s3:GetObject'], site, 'Keys of search indexes contain years.', 'search/');
    const { bodies, rejections, notices } = internalFolders;
    publish.allowObjects(readWriteActions, internalBucket, 'Keys of bodies are hashes of their contents.', bodies);
    publish.allowObjects(writeActions, internalBucket, 'Keys of reports contain the key of the seed.', rejections);
    publish.allowObjects(writeActions, internalBucket, 'Keys of reports contain the key of the seed.', notices);
    // It parses what strangers wrote, so it does not reach readers, their mails and the keys of their links.
    publish.allow(tableActions, table.tableArn, {
      'ForAllValues:StringNotLike': { 'dynamodb:LeadingKeys': readerPartitions.map((partition) => `${partition}*`) },
    });
    publish.allow(['sqs:SendMessage'], uploads.queueArn);
    // The key's own policy has to allow the account, as it does unless it was changed.
    if (uploadsKey) publish.allow(['kms:Decrypt'], uploadsKey);
  }
}

const writeActions = ['s3:PutObject', 's3:DeleteObject'];
const readWriteActions = ['s3:GetObject', ...writeActions];
const tableActions = [
  'dynamodb:GetItem',
  'dynamodb:UpdateItem',
  'dynamodb:Query',
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
];
