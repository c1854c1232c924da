import { ConditionalCheckFailedException, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { buildItem } from '../../functions/platform/contract.ts';
import type { TablePlan } from './template/stack-plan.ts';

/**
 * Takes a builder's lease away that was left in the tables: when a run starts, no function of it is at work, so whoever
 * held the lease was killed. In the deployment it runs out by itself.
 */
export const releaseLeases = async (plans: readonly TablePlan[], endpoint: string): Promise<void> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  const { pk, sk } = buildItem.key;
  for (const { TableName } of plans) {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName,
          Key: { pk: { S: pk }, sk: { S: sk } },
          UpdateExpression: `REMOVE ${buildItem.leaseAttribute}`,
          ConditionExpression: `attribute_exists(${buildItem.leaseAttribute})`,
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
  client.destroy();
};
