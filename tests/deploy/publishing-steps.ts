import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { createBuildStore } from '../../functions/adapters/table/build.ts';
import { createTableClient } from '../../functions/adapters/table/client.ts';
import type { DeployContext, RegionContext } from './deploy-context.ts';
import type { DeployStep } from './run-deploy-steps.ts';
import { ProcessFailed, runProcess } from './run-process.ts';
import { waitUntil } from './wait-until.ts';

const seeds = new URL('../../seeds/', import.meta.url);
const wire = '000_b4ff03a5ba8aed30.txt';
const wireTitle = 'US embassy in Baghdad hit by rockets, no casualties';
const lamp = 'lamp.md';
const picture = 'lamp.jpg';

const buildLampSeed = (title: string, text: string): string =>
  `---\ntitle: ${title}\nimage: ${picture}\n---\n\n${text}\n\n![The tower](${picture})\n`;

/** An entry of the deployed JSON feed, as a reader gets it. */
export const findFeedEntry = async ({ request }: RegionContext, title: string) => {
  const { status, body } = await request('/feed.json');
  if (status !== 200) return undefined;
  return parseJsonFeed(JSON.parse(body)).items?.find((item) => item.title === title);
};

/** Puts something into the seeds bucket. */
export const putDeployedSeed = async (
  { s3, readOutputs }: RegionContext,
  Key: string,
  Body: string | Buffer,
): Promise<void> => {
  await s3.send(new PutObjectCommand({ Bucket: readOutputs().SeedsBucket, Key, Body }));
};

/** Waits until the deployed feed has an entry of this title, and the build is over: then an issue may have it, too. */
export const waitForFeedEntry = async (stage: RegionContext, title: string) => {
  const build = createBuildStore(createTableClient(stage.dynamo, stage.readOutputs().Table));
  const entry = await waitUntil(`“${title}” is in the feed`, () => findFeedEntry(stage, title));
  await waitUntil('the build is over', async () => {
    const { requested, built } = await build.get();
    return requested === built ? true : undefined;
  });
  return entry;
};

/** By the AWS CLI, where there is one. */
const uploadWire = async (stage: DeployContext): Promise<void> => {
  const { aws, signal, readOutputs } = stage;
  const file = new URL(wire, seeds);
  try {
    const target = `s3://${readOutputs().SeedsBucket}/`;
    // The CLI looks for its own parts in the home of who runs it.
    const env = { ...aws.environment, HOME: process.env.HOME };
    // Said outright, since the CLI does not know the variable for it before its version 2.13.
    const args = ['s3', 'cp', file.pathname, target, '--endpoint-url', aws.endpoint];
    await runProcess('aws', args, { env, timeoutSeconds: 60, signal });
  } catch (error) {
    if (!(error instanceof ProcessFailed && error.message.includes('ENOENT'))) throw error;
    await putDeployedSeed(stage, wire, await readFile(file));
  }
};

const readText = async ({ s3 }: DeployContext, Bucket: string, Key: string): Promise<string> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? '';
};

const checkWireSeed = async (stage: DeployContext): Promise<void> => {
  const { request, readOutputs } = stage;
  await uploadWire(stage);
  const { url = '' } = await waitForFeedEntry(stage, wireTitle);
  const page = await request(url);
  assert.equal(page.status, 200);
  assert.match(page.body, /Taimur Azhari/);
  const [rss, atom, next] = await Promise.all(
    ['/rss.xml', '/atom.xml', '/digest/daily.html'].map((path) => request(path)),
  );
  assert.equal(parseRssFeed(rss?.body ?? '').items?.[0]?.title, wireTitle);
  assert.equal(parseAtomFeed(atom?.body ?? '').entries?.[0]?.title?.value, wireTitle);
  // It is stored under a type that CloudFront compresses; the deployed edge function gives it back its own.
  assert.match(atom?.type ?? '', /^application\/atom\+xml/);
  assert.equal(next?.status, 200);
  const stored = await readText(stage, readOutputs().SiteBucket, 'feed.json');
  assert.equal(stored, (await request('/feed.json')).body);
  assert.equal((await request('/no-such-page')).status, 404);
};

const checkPicture = async (stage: DeployContext): Promise<void> => {
  await putDeployedSeed(stage, picture, await readFile(new URL('night-ferry.jpg', seeds)));
  await putDeployedSeed(stage, lamp, buildLampSeed('The lamp is lit again', 'For eleven winters the tower was dark.'));
  const { url = '', image } = await waitForFeedEntry(stage, 'The lamp is lit again');
  assert.ok(image);
  const [page, shown] = await Promise.all([stage.request(url), stage.request(image)]);
  assert.match(page.body, /For eleven winters/);
  assert.deepEqual([shown.status, shown.type], [200, 'image/jpeg']);
  const next = await waitUntil('the next digest has it', async () => {
    const { body } = await stage.request('/digest/daily.html');
    return body.includes('For eleven winters') ? body : undefined;
  });
  assert.ok(Buffer.byteLength(next) <= 90 * 1024);
};

const checkBrokenSeed = async (stage: DeployContext): Promise<void> => {
  const before = (await stage.request('/feed.json')).body;
  await putDeployedSeed(stage, 'broken.md', '---\ntitle: Broken\ntopics: [unclosed\n---\n\nText.\n');
  const report = await waitUntil('the internal bucket has a report', () =>
    readText(stage, stage.readOutputs().InternalBucket, 'rejections/broken.md.txt').catch(() => undefined),
  );
  assert.match(report, /broken\.md was not published/);
  assert.match(report, /line 3/);
  assert.equal((await stage.request('/feed.json')).body, before);
};

const checkEdit = async (stage: DeployContext): Promise<void> => {
  const before = await waitForFeedEntry(stage, 'The lamp is lit again');
  await putDeployedSeed(
    stage,
    lamp,
    buildLampSeed('The lamp is lit for good', 'For twelve winters the tower was dark.'),
  );
  const after = await waitForFeedEntry(stage, 'The lamp is lit for good');
  assert.deepEqual([after.id, after.url, after.date_published], [before.id, before.url, before.date_published]);
  assert.ok(String(after.date_modified) > String(before.date_modified));
  assert.match((await stage.request(after.url ?? '')).body, /For twelve winters/);
};

const checkDeletion = async (stage: DeployContext): Promise<void> => {
  const { id, url = '' } = await waitForFeedEntry(stage, wireTitle);
  await stage.s3.send(new DeleteObjectCommand({ Bucket: stage.readOutputs().SeedsBucket, Key: wire }));
  await waitUntil('the entry is gone', async () => ((await findFeedEntry(stage, wireTitle)) ? undefined : true));
  assert.equal((await stage.request(url)).status, 410);
  assert.match((await stage.request('/atom.xml')).body, new RegExp(`<at:deleted-entry ref="${id}"`));
};

/** From uploads to documents. */
export const createPublishingSteps = (stage: DeployContext): Record<'publish' | 'change', DeployStep[]> => ({
  publish: [
    {
      name: 'the given seed is in every feed, on a page and in the next digest',
      run: () => checkWireSeed(stage),
    },
    { name: 'a Markdown seed comes with its picture', run: () => checkPicture(stage) },
    { name: 'a broken seed gets a report, and changes nothing', run: () => checkBrokenSeed(stage) },
  ],
  change: [
    { name: 'an edited seed keeps its id and date, and is newer', run: () => checkEdit(stage) },
    { name: 'a deleted seed is withdrawn, and feed readers are told', run: () => checkDeletion(stage) },
  ],
});
