import assert from 'node:assert/strict';
import { CloudFormationClient, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, RestoreTableToPointInTimeCommand } from '@aws-sdk/client-dynamodb';
import { GetFunctionRecursionConfigCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { runSeedpressJson } from './cli-steps.ts';
import type { DeployContext } from './deploy-context.ts';
import { createSmtpSecret } from './newsletter-steps.ts';
import type { DeployStep } from './run-deploy-steps.ts';
import { toClientOptions } from './site-client.ts';
import type { MiniStack } from './start-ministack.ts';
import { waitUntil } from './wait-until.ts';

/** Settings of every deployment here, besides the project's own. */
const baseSettings = {
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

/** Functions whose messages may lead back to them may do so for days. */
const checkRecursion = async (stage: DeployContext): Promise<void> => {
  const lambda = new LambdaClient(toClientOptions(stage.aws));
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  for (const { FunctionName = '' } of Functions.filter((one) => one.FunctionName?.startsWith('Seedpress-'))) {
    const { RecursiveLoop } = await lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName }));
    const waits = /Publish|ComposeIssue|Deliver/.test(FunctionName.replace('Seedpress-Publishing', 'Seedpress-'));
    assert.equal(RecursiveLoop, waits ? 'Allow' : 'Terminate', FunctionName);
  }
  lambda.destroy();
};

/** An alarm that goes off is delivered to whoever has subscribed to the topic. */
const checkAlarm = async (stage: DeployContext): Promise<void> => {
  const { aws, sqs } = stage;
  const sns = new SNSClient(toClientOptions(aws));
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  const TopicArn = Topics.find((topic) => topic.TopicArn?.includes('Operations'))?.TopicArn;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'operator' }));
  const Endpoint = `arn:aws:sqs:${aws.region}:000000000000:operator`;
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  sns.destroy();
  const alarms = await callCloudWatch(aws, { Action: 'DescribeAlarms' });
  const AlarmName = /<AlarmName>([^<]*SetAside[^<]*)</.exec(alarms)?.[1] ?? '';
  await callCloudWatch(aws, { Action: 'SetAlarmState', AlarmName, StateValue: 'ALARM', StateReason: 'Trying it out' });
  const message = await waitUntil('the alarm arrives', async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
    return Messages[0]?.Body;
  });
  assert.match(message, /SetAside/);
  assert.match(message, /docs\/runbook\.md#set-aside/);
};

/** Its client is no dependency of the project. MiniStack reads in the signature which service is meant. */
const callCloudWatch = async ({ endpoint, region }: MiniStack, parameters: Record<string, string>): Promise<string> => {
  const scope = `test/20260101/${region}/monitoring/aws4_request`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none` },
    body: new URLSearchParams({ ...parameters, Version: '2010-08-01' }),
  });
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return text;
};

/** From a new account to one that the stack has left. */
export const createStackSteps = (stage: DeployContext): Record<'begin' | 'rename' | 'end', DeployStep[]> => ({
  begin: [
    { name: 'cdk bootstrap', run: () => stage.app.bootstrap(baseSettings) },
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
    { name: 'an alarm that goes off arrives', run: () => checkAlarm(stage) },
    { name: 'functions that wait by messages to themselves may do so for days', run: () => checkRecursion(stage) },
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
