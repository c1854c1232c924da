import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { environmentVariables, feedbackTimeoutSeconds } from '../../functions/platform/contract.ts';
import { NodeLambda } from './node-lambda.ts';
import { WorkQueue } from './work-queue.ts';

export interface FeedbackPipelineProps {
  readonly table: Table;
  readonly configurationSetArn: string;
}

/**
 * Events of SES about emails that it accepted. They wait in a queue until they are recorded, so that no complaint is
 * lost.
 */
export class FeedbackPipeline extends Construct {
  readonly eventsQueue: WorkQueue;
  readonly recordFeedback: NodeLambda;

  constructor(scope: Construct, id: string, { table, configurationSetArn }: FeedbackPipelineProps) {
    super(scope, id);
    this.eventsQueue = new WorkQueue(this, 'Events', { timeoutSeconds: feedbackTimeoutSeconds });
    new Rule(this, 'SesEvents', {
      description: 'SES reports a bounce, a complaint or a failed email',
      eventPattern: {
        source: ['aws.ses'],
        detailType: ['Email Bounced', 'Email Complaint Received', 'Email Rejected', 'Email Rendering Failed'],
        resources: [configurationSetArn],
      },
      targets: [new SqsQueue(this.eventsQueue.queue, { deadLetterQueue: this.eventsQueue.deadLetters })],
    });
    this.recordFeedback = new NodeLambda(this, 'RecordFeedback', {
      name: 'record-feedback',
      description: 'Records bounces and complaints',
      timeout: Duration.seconds(feedbackTimeoutSeconds),
      memorySize: 256,
      environment: { [environmentVariables.table]: table.tableName },
    });
    this.eventsQueue.addConsumer(this.recordFeedback, { batchSize: 10 });
    this.recordFeedback.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], table.tableArn);
  }
}
