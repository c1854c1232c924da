import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import type { TablePlan } from './template/stack-plan.ts';

/** The data folder has a table of before, without an index that the template has now. */
export class OutdatedTableError extends Error {
  override readonly name = 'TableOutdated';
}

/** A table that is being made, or an index of it, cannot be used yet. */
const waitUntilActive = async (client: DynamoDBClient, plan: TablePlan): Promise<void> => {
  const { TableName } = plan;
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const indexes = Table?.GlobalSecondaryIndexes ?? [];
    const states = [Table?.TableStatus, ...indexes.map(({ IndexStatus }) => IndexStatus)];
    if (indexes.length < (plan.GlobalSecondaryIndexes?.length ?? 0))
      throw new OutdatedTableError(
        'The data folder was made by an earlier version, whose table has no index that is needed now. Delete the folder: the seeds are published again.',
      );
    if (states.every((state) => state === 'ACTIVE')) return;
    await sleep(5);
  }
};

/** Makes the tables that are not there yet, and waits until all can be used. @throws {OutdatedTableError} */
export const createTables = async (plans: readonly TablePlan[], endpoint: string): Promise<void> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  for (const plan of plans) {
    try {
      await client.send(new CreateTableCommand(plan));
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error;
    }
    await waitUntilActive(client, plan);
  }
  client.destroy();
};
