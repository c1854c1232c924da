import assert from 'node:assert/strict';
import { DescribeTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { keepSmtpSecret } from './newsletter-steps.ts';
import type { Stage } from './open-stage.ts';
import type { Step } from './take-steps.ts';
import { waitUntil } from './wait-until.ts';

/** Settings of every deployment here, besides the project's own. */
const usual = {
  id: 'deployed-gazette',
  title: 'The Deployed Gazette',
  hubs: [],
  newsletter: { mailer: 'smtp' },
  timeZone: 'Europe/Lisbon',
};
const renamed = { ...usual, title: 'The Renamed Gazette' };

const keysOf = async ({ s3 }: Stage, Bucket: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket }))
    keys.push(...Contents.map(({ Key = '' }) => Key));
  return keys;
};

/** Pages of the site that still have the old title; issues keep what they said. */
const oldPages = async (stage: Stage): Promise<string[]> => {
  const keys = (await keysOf(stage, stage.deployed().SiteBucket)).filter(
    (key) => !/^issues\/daily-/.test(key),
  );
  const pages = await Promise.all(keys.map(async (key) => ({ key, ...(await stage.visit(`/${key}`)) })));
  const read = pages.filter(({ type = '' }) => /^text\/html|xml|json/.test(type));
  assert.ok(read.length > 20);
  return read.filter(({ body }) => body.includes(usual.title)).map(({ key }) => key);
};

const rename = async (stage: Stage): Promise<void> => {
  await stage.deploy(renamed);
  // A tick comes once a minute.
  await waitUntil(
    'no page has the old title',
    async () => ((await oldPages(stage)).length === 0 ? true : undefined),
    150,
  );
  assert.match((await stage.visit('/')).body, /The Renamed Gazette/);
};

const itemsOf = async ({ dynamo }: Stage, TableName: string): Promise<number> => {
  const { Count = 0 } = await dynamo.send(new ScanCommand({ TableName, Select: 'COUNT' }));
  return Count;
};

/** Deploys again, with mail by SES. */
export const deployBySes = (stage: Stage): Promise<void> =>
  stage.deploy({ ...renamed, newsletter: { mailer: 'ses' } });

/** What is kept: how much lies where. */
const inventory = async (stage: Stage) => {
  const { SeedsBucket, SiteBucket, DeskBucket, Table } = stage.deployed();
  const [seeds = [], site = [], desk = []] = await Promise.all(
    [SeedsBucket, SiteBucket, DeskBucket].map((bucket) => keysOf(stage, bucket)),
  );
  return { seeds, site, desk, items: await itemsOf(stage, Table) };
};

const destroy = async (stage: Stage): Promise<void> => {
  const before = await inventory(stage);
  assert.ok(before.seeds.length > 0 && before.site.length > 0 && before.desk.length > 0 && before.items > 0);
  await stage.app.destroy();
  assert.deepEqual(await inventory(stage), before);
  const { Table } = await stage.dynamo.send(new DescribeTableCommand({ TableName: stage.deployed().Table }));
  assert.equal(Table?.DeletionProtectionEnabled, true);
  assert.notEqual((await stage.visit('/subscriptions/confirm')).status, 200);
};

/** From a new account to one that the stack has left. */
export const operatingSteps = (stage: Stage): Record<'begin' | 'rename' | 'end', Step[]> => ({
  begin: [
    { name: 'cdk bootstrap', act: () => stage.app.bootstrap(usual) },
    {
      name: 'cdk deploy: the whole stack, with mail by SMTP',
      act: async () => {
        await keepSmtpSecret(stage);
        await stage.deploy(usual);
      },
    },
  ],
  rename: [
    { name: 'cdk deploy with another title: every page has it by the next tick', act: () => rename(stage) },
  ],
  end: [
    { name: 'cdk destroy: buckets and table are kept, with all that is in them', act: () => destroy(stage) },
  ],
});
