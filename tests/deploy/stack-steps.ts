import assert from 'node:assert/strict';
import { CloudFormationClient, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, RestoreTableToPointInTimeCommand } from '@aws-sdk/client-dynamodb';
import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { runSeedpressJson } from './cli-steps.ts';
import type { DeployContext } from './deploy-context.ts';
import { createSmtpSecret } from './newsletter-steps.ts';
import type { DeployStep } from './run-deploy-steps.ts';
import { toClientOptions } from './site-client.ts';
import { deployedRegions } from './start-ministack.ts';
import { waitUntil } from './wait-until.ts';

/** Settings of every deployment here, besides the project's own. */
export const baseSettings = {
  id: 'deployed-gazette',
  title: 'The Deployed Gazette',
  sender: { name: 'Deployed Press', email: 'editor@deployed-gazette.example' },
  postalAddress: 'Deployed Press, 2 Mole Road, Porto, Portugal',
  hubs: [],
  newsletter: { mailer: 'smtp' },
  timeZone: 'Europe/Lisbon',
};
const renamedSettings = { ...baseSettings, title: 'The Renamed Gazette' };

const listKeys = async ({ s3 }: DeployContext, Bucket: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket }))
    keys.push(...Contents.map(({ Key = '' }) => Key));
  return keys;
};

/** Pages of the site that still have the old title; issues keep what they said. */
const findOldPages = async (stage: DeployContext): Promise<string[]> => {
  const keys = (await listKeys(stage, stage.readOutputs().SiteBucket)).filter((key) => !/^issues\/daily-/.test(key));
  const pages = await Promise.all(keys.map(async (key) => ({ key, ...(await stage.request(`/${key}`)) })));
  const read = pages.filter(({ type = '' }) => /^text\/html|xml|json/.test(type));
  assert.ok(read.length > 20);
  return read.filter(({ body }) => body.includes(baseSettings.title)).map(({ key }) => key);
};

const deployRenamed = async (stage: DeployContext): Promise<void> => {
  await stage.deploy(renamedSettings);
  // A tick comes once a minute.
  await waitUntil(
    'no page has the old title',
    async () => ((await findOldPages(stage)).length === 0 ? true : undefined),
    150,
  );
  assert.match((await stage.request('/')).body, /The Renamed Gazette/);
};

const countItems = async ({ dynamo }: DeployContext, TableName: string): Promise<number> => {
  const { Count = 0 } = await dynamo.send(new ScanCommand({ TableName, Select: 'COUNT' }));
  return Count;
};

/** Deploys again, with mail by SES. */
export const deployBySes = (stage: DeployContext): Promise<void> =>
  stage.deploy({ ...renamedSettings, newsletter: { mailer: 'ses' } });

/** What is kept: how much lies where. */
const readInventory = async (stage: DeployContext) => {
  const { SeedsBucket, SiteBucket, InternalBucket, Table } = stage.readOutputs();
  const [seeds = [], site = [], internal = []] = await Promise.all(
    [SeedsBucket, SiteBucket, InternalBucket].map((bucket) => listKeys(stage, bucket)),
  );
  return { seeds, site, internal, items: await countItems(stage, Table) };
};

const destroy = async (stage: DeployContext): Promise<void> => {
  const before = await readInventory(stage);
  assert.ok(before.seeds.length > 0 && before.site.length > 0 && before.internal.length > 0 && before.items > 0);
  await assert.rejects(stage.app.destroy(), /TerminationProtection is enabled/);
  const formation = new CloudFormationClient(toClientOptions(stage.aws));
  const { stackName: StackName } = stage.readOutputs();
  await formation.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: false }));
  formation.destroy();
  await stage.app.destroy();
  assert.deepEqual(await readInventory(stage), before);
  const { Table } = await stage.dynamo.send(new DescribeTableCommand({ TableName: stage.readOutputs().Table }));
  assert.equal(Table?.DeletionProtectionEnabled, true);
  assert.notEqual((await stage.request('/subscriptions/confirm')).status, 200);
};

const adopt = async (stage: DeployContext): Promise<void> => {
  const before = stage.readOutputs();
  const { items, seeds } = await readInventory(stage);
  await stage.app.adopt(before);
  await deployBySes(stage);
  const { SeedsBucket, SiteBucket, InternalBucket, Table } = stage.readOutputs();
  assert.deepEqual(
    { SeedsBucket, SiteBucket, InternalBucket, Table },
    {
      SeedsBucket: before.SeedsBucket,
      SiteBucket: before.SiteBucket,
      InternalBucket: before.InternalBucket,
      Table: before.Table,
    },
  );
  const after = await readInventory(stage);
  assert.deepEqual(after.seeds, seeds);
  assert.ok(after.items >= items);
  assert.equal((await stage.request('/')).status, 200);
};

/** Subscribers who were lost come back from a backup, and nothing is mailed again. */
const restore = async (stage: DeployContext): Promise<void> => {
  const { Table } = stage.readOutputs();
  const { active } = await runSeedpressJson(stage, 'subscribers', 'list');
  assert.ok(active > 0);
  await stage.dynamo.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName: Table,
      TargetTableName: 'restored',
      UseLatestRestorableTime: true,
    }),
  );
  const { Items = [] } = await stage.dynamo.send(
    new ScanCommand({
      TableName: Table,
      FilterExpression: 'begins_with(pk, :prefix)',
      ExpressionAttributeValues: { ':prefix': 'SUBSCRIBER#' },
    }),
  );
  for (const { pk, sk } of Items) await stage.dynamo.send(new DeleteCommand({ TableName: Table, Key: { pk, sk } }));
  assert.equal((await runSeedpressJson(stage, 'subscribers', 'list')).active, 0);
  const restored = await runSeedpressJson(stage, 'restore', '--from', 'restored', '--yes');
  assert.deepEqual([restored.held, restored.issues, restored.uncertain], [true, [], 0]);
  assert.equal((await runSeedpressJson(stage, 'subscribers', 'list')).active, active);
  await runSeedpressJson(stage, 'issue', 'resume', '--yes');
  assert.deepEqual(await runSeedpressJson(stage, 'issue', 'compose', 'daily', '--yes'), { issue: null });
};

/** From a new account to one that the stack has left. */
export const createStackSteps = (stage: DeployContext): Record<'begin' | 'rename' | 'end', DeployStep[]> => ({
  begin: [
    { name: 'cdk bootstrap, in two regions', run: () => stage.app.bootstrap(deployedRegions) },
    {
      name: 'cdk deploy: the whole stack, with mail by SMTP',
      run: async () => {
        await createSmtpSecret(stage);
        await stage.deploy(baseSettings);
      },
    },
  ],
  rename: [
    {
      name: 'cdk deploy with another title: every page has it by the next tick',
      run: () => deployRenamed(stage),
    },
  ],
  end: [
    {
      name: 'subscribers who were lost come back by point-in-time recovery, and nothing is mailed again',
      run: () => restore(stage),
    },
    {
      name: 'cdk destroy, once it is allowed: buckets and table are kept, with all that is in them',
      run: () => destroy(stage),
    },
    { name: 'cdk import and cdk deploy: a new stack has the old buckets and table', run: () => adopt(stage) },
  ],
});
