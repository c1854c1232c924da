import { z } from 'zod';
import type { QueueSettings } from '../sqs/queues.ts';
import type { TemplateResource, TemplateResources } from './resources.ts';
import type { BucketPlan, TablePlan } from './stack-plan.ts';

const bucketSchema = z.object({
  NotificationConfiguration: z
    .object({
      EventBridgeConfiguration: z.object({ EventBridgeEnabled: z.boolean().default(true) }).optional(),
    })
    .optional(),
});

/** AWS::S3::Bucket */
export const planBucket = ({ name, properties }: TemplateResource): BucketPlan => {
  const configuration = bucketSchema.parse(properties).NotificationConfiguration?.EventBridgeConfiguration;
  return { name, sendsEventsToEventBridge: configuration?.EventBridgeEnabled ?? false };
};

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const indexesSchema = z
  .array(
    z.object({
      IndexName: z.string(),
      KeySchema: keySchema,
      Projection: z.object({
        ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
        NonKeyAttributes: z.array(z.string()).optional(),
      }),
    }),
  )
  .optional();
const tableSchema = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: indexesSchema,
  LocalSecondaryIndexes: indexesSchema,
});

/** AWS::DynamoDB::Table and AWS::DynamoDB::GlobalTable */
export const planTable = ({ name, properties }: TemplateResource): TablePlan => ({
  ...tableSchema.parse(properties),
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
});

const queueSchema = z.object({
  VisibilityTimeout: z.number().default(30),
  DelaySeconds: z.number().default(0),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
});

/** AWS::SQS::Queue */
export const planQueue = (
  { name, properties }: TemplateResource,
  resources: TemplateResources,
): QueueSettings => {
  const { VisibilityTimeout, DelaySeconds, RedrivePolicy } = queueSchema.parse(properties);
  const settings = { name, visibilityTimeout: VisibilityTimeout, delay: DelaySeconds };
  if (!RedrivePolicy) return settings;
  const { name: deadLetters } = resources.find('AWS::SQS::Queue', RedrivePolicy.deadLetterTargetArn);
  return { ...settings, deadLetters: { queue: deadLetters, maxReceives: RedrivePolicy.maxReceiveCount } };
};
