import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import type { TablePlan } from './template/plan.ts';

/** Makes the tables that are not there yet, and waits until each can be used. */
export const createTables = async (plans: readonly TablePlan[], endpoint: string): Promise<void> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  for (const plan of plans) {
    try {
      await client.send(new CreateTableCommand(plan));
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error;
    }
    await untilActive(client, plan.TableName);
  }
  client.destroy();
};

const untilActive = async (client: DynamoDBClient, name: string | undefined): Promise<void> => {
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await sleep(5);
  }
};
