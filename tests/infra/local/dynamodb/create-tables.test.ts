import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTables, OutdatedTableError } from '../../../../infra/local/dynamodb/create-tables.ts';
import { startDynamodb } from '../../../../infra/local/dynamodb/start-dynamodb.ts';
import { type LocalServers, startServers } from '../../../../infra/local/stack/start-servers.ts';
import { createTemporaryFolder } from '../create-function-plan.ts';

let servers: LocalServers;
beforeAll(async () => {
  servers = await startServers();
});
afterAll(() => servers.close());

const planTable = (indexName: string) => ({
  TableName: 'table',
  BillingMode: 'PAY_PER_REQUEST' as const,
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' as const },
    { AttributeName: 'sk', AttributeType: 'S' as const },
    { AttributeName: 'shard', AttributeType: 'S' as const },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: indexName,
      KeySchema: [{ AttributeName: 'shard', KeyType: 'HASH' as const }],
      Projection: { ProjectionType: 'ALL' as const },
    },
  ],
});

test('a table that is there is used again, and one whose index has another name is refused', async () => {
  const { clientConfig } = servers.dynamodb;
  await createTables([planTable('recipients')], clientConfig);
  await createTables([planTable('recipients')], clientConfig);
  await expect(createTables([planTable('readers')], clientConfig)).rejects.toThrow(OutdatedTableError);
});

test('a table that an earlier version stored by characters is refused', async () => {
  const folder = createTemporaryFolder();
  mkdirSync(join(folder, 'table'));
  await expect(startDynamodb({ folder })).rejects.toThrow(OutdatedTableError);
});
