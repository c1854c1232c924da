import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { formatArn } from '../base/aws-account.ts';
import type { BuildReference } from '../template/references.ts';
import type { ServiceResourceTypes, TemplateResource, TemplateResources } from '../template/resources.ts';

const buildTableReference: BuildReference = (name) => ({
  ref: name,
  attributes: { Arn: formatArn('dynamodb', `table/${name}`) },
});

export const dynamodbResourceTypes: ServiceResourceTypes = {
  planned: { 'AWS::DynamoDB::Table': buildTableReference, 'AWS::DynamoDB::GlobalTable': buildTableReference },
};

export type TablePlan = CreateTableCommandInput;

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
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: indexesSchema,
  LocalSecondaryIndexes: indexesSchema,
});

const planTable = ({ name, properties }: TemplateResource): TablePlan => ({
  ...tableSchema.parse(properties),
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
});

export const planTables = (resources: TemplateResources): TablePlan[] =>
  Object.keys(dynamodbResourceTypes.planned).flatMap((type) => resources.planEach(type, planTable));
