import { CreateTableCommand, DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import type { TablePlan } from './template/plan.ts';

/** Makes the tables that are not there yet. */
export const createTables = async (plans: readonly TablePlan[], endpoint: string): Promise<void> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  for (const plan of plans) {
    try {
      await client.send(new CreateTableCommand(plan));
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error;
    }
  }
  client.destroy();
};
