import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { buildItem } from '../../../functions/platform/contract.ts';
import type { LocalClientConfig } from '../base/aws-account.ts';
import type { TablePlan } from './plan-tables.ts';

/** The table of the data folder lacks an index that the template has now, or is stored in another way. */
export class OutdatedTableError extends Error {
  override readonly name = 'OutdatedTableError';

  constructor() {
    super('The data folder was made by an earlier version. Delete it: the seeds are published again.');
  }
}

/** A table or an index cannot be used while it is being created. */
const waitUntilActive = async (client: DynamoDBClient, plan: TablePlan): Promise<void> => {
  const { TableName } = plan;
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const indexes = Table?.GlobalSecondaryIndexes ?? [];
    const states = [Table?.TableStatus, ...indexes.map(({ IndexStatus }) => IndexStatus)];
    const isIndexMissing = (plan.GlobalSecondaryIndexes ?? []).some(
      (planned) => !indexes.some(({ IndexName }) => IndexName === planned.IndexName),
    );
    if (isIndexMissing) throw new OutdatedTableError();
    if (states.every((state) => state === 'ACTIVE')) return;
    await sleep(5);
  }
};

/**
 * Removes a lease that a killed run left in the table: no function runs yet, so nobody holds it. In a deployment it
 * expires.
 */
const releaseLease = async (client: DynamoDBClient, { TableName }: TablePlan): Promise<void> => {
  const { pk, sk } = buildItem.key;
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
};

/** Creates the tables that do not exist yet, and waits until all can be used. @throws {OutdatedTableError} */
export const createTables = async (plans: readonly TablePlan[], config: LocalClientConfig): Promise<void> => {
  const client = new DynamoDBClient(config);
  for (const plan of plans) {
    try {
      await client.send(new CreateTableCommand(plan));
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error;
    }
    await waitUntilActive(client, plan);
    await releaseLease(client, plan);
  }
  client.destroy();
};
