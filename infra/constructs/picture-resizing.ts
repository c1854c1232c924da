import { createRequire } from 'node:module';
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  codecFiles,
  environmentVariables,
  fontFiles,
  keyPrefixes,
  pictureWorkerModule,
  resizeTimeoutSeconds,
} from '../../functions/platform/contract.ts';
import { NodeLambda } from './node-lambda.ts';
import type { PrivateBucket } from './private-bucket.ts';

export interface PictureResizingProps {
  readonly seeds: PrivateBucket;
  readonly site: PrivateBucket;
  readonly table: Table;
  readonly uploads: Queue;
  readonly uploadsKey: string | undefined;
}

const { resolve } = createRequire(import.meta.url);

/** Makes the sizes of pictures and draws cards, one after another, whatever number of them is requested at once. */
export class PictureResizing extends Construct {
  readonly resizePicture: NodeLambda;

  constructor(scope: Construct, id: string, { seeds, site, table, uploads, uploadsKey }: PictureResizingProps) {
    super(scope, id);
    this.resizePicture = new NodeLambda(this, 'ResizePicture', {
      name: 'resize-picture',
      description: 'Makes smaller copies of pictures, and draws cards',
      timeout: Duration.seconds(resizeTimeoutSeconds),
      // A picture of 50 megapixels takes up to 1.8 GB: docs/decisions/0047-sizes-of-pictures.md
      memorySize: 2560,
      processModule: pictureWorkerModule,
      files: Object.fromEntries(
        Object.entries({ ...codecFiles, ...fontFiles }).map(([file, path]) => [file, resolve(path)]),
      ),
      environment: {
        [environmentVariables.seedsBucket]: seeds.bucketName,
        [environmentVariables.siteBucket]: site.bucketName,
        [environmentVariables.table]: table.tableName,
        [environmentVariables.uploadsQueue]: uploads.queueUrl,
      },
    });
    new Rule(this, 'Requests', {
      description: 'Looks for cards and sizes of pictures that are requested, once a minute',
      schedule: Schedule.rate(Duration.minutes(1)),
      // The next look makes up for one that failed.
      targets: [new LambdaFunction(this.resizePicture.function, { retryAttempts: 0 })],
    });
    this.resizePicture.function.configureAsyncInvoke({ retryAttempts: 0 });
    this.resizePicture.allowObjects(['s3:GetObject'], seeds, 'A picture may have any key.');
    this.resizePicture.allowObjects(['s3:PutObject'], site, 'Keys of sizes are hashes of pictures.', 'pictures/');
    this.resizePicture.allowObjects(
      ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      site,
      'Keys of cards are hashes of articles and titles.',
      'cards/',
    );
    this.resizePicture.allow(['dynamodb:Query', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], table.tableArn, {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [keyPrefixes.pictures, keyPrefixes.cards] },
    });
    this.resizePicture.allow(['sqs:SendMessage'], uploads.queueArn);
    if (uploadsKey) this.resizePicture.allow(['kms:Decrypt'], uploadsKey);
  }
}
