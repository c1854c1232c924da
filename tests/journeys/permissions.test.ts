import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { internalFolders } from '../../functions/platform/contract.ts';
import type { AccessCall } from '../../infra/local/iam/decide-access.ts';
import { listServiceCalls } from '../../infra/local/stack/check-service-calls.ts';
import { sampleImages } from '../core/image/sample-images.ts';
import { findUnneeded } from '../infra/local/iam/find-unneeded.ts';
import { createTestS3Client } from '../infra/local/s3/s3-fixture.ts';
import { type LocalRunFixture, startLocalRunFixture } from './local-run-fixture.ts';

const editor = 'editor@harbour-gazette.example';
const [ann, ben] = ['ann@example.org', 'laterbounce@example.org'];
const allowed: AccessCall[] = [];
const refused = new Set<string>();
let run: LocalRunFixture;
beforeAll(async () => {
  // Held issues are decided on by a function, too, not by the operator's command alone.
  run = await startLocalRunFixture({ newsletter: { hold: true } });
  run.servers.access.onDecision((call, decision) => {
    const { caller, action, resource } = call;
    if (decision === 'allowed') allowed.push(call);
    else refused.add(`${caller.kind === 'role' ? caller.name : caller.service}: ${action} on ${resource}`);
  });
});
afterAll(() => run?.close());

const findToken = (email: string, page: string): string =>
  new RegExp(`/subscriptions/${page}\\?token=(\\S+)`).exec(run.findLastMailTo(email).text)?.[1] ?? '';
const submit = async (page: string, form: Record<string, string>): Promise<void> =>
  expect((await run.post(`${run.site}/subscriptions/${page}`, form)).status).toBe(200);
const hasCalled = (name: string, action: string): boolean =>
  allowed.some(({ caller, action: called }) => caller.kind === 'role' && caller.name === name && called === action);

const publishAndEdit = async (): Promise<void> => {
  await run.publish('Low tide', 'The ferry waits.');
  await run.publish('Broken', 'Text.', 'date: someday\n');
  await run.publish('Draft', 'Text.', 'draft: true\n');
  await expect.poll(() => run.printed).toContain('broken.md was not published.');
  await expect.poll(() => run.printed).toContain('draft.md is not public.');
  // The mail about the refused upload is due.
  run.bus.catchUp();
  await expect.poll(() => run.listMailsTo(editor)).toHaveLength(1);
  await run.publish('Broken', 'Mended.');
  await run.publish('Draft', 'Ready.');
  await run.publish('Low tide', 'The ferry waits no longer.');
  await showPicture();
  await editOldArticle();
  const statuses = await Promise.all(['/', '/none'].map(async (path) => (await fetch(run.site + path)).status));
  expect(statuses).toEqual([200, 404]);
};

/** It is requested by publish, a moment after the article is on the site, and made at the next look. */
const showPicture = async (): Promise<void> => {
  await run.uploadFile('quay.png', sampleImages['plain.png']);
  await run.publish('Quay', '![The quay](quay.png)');
  const look = (): boolean => {
    run.bus.catchUp();
    return hasCalled('publishing-pictures-resize-picture', 'dynamodb:DeleteItem');
  };
  await expect.poll(look, { interval: 2000 }).toBe(true);
};

/** The search index of its year has another article, whose month is not read. */
const editOldArticle = async (): Promise<void> => {
  const hasWritten = (page: string): boolean =>
    allowed.some(({ action, resource }) => action === 's3:PutObject' && resource.endsWith(page));
  await run.publish('Old tide', 'The ferry came.', 'date: 2020-02-05\n');
  await run.publish('Older tide', 'The ferry left.', 'date: 2020-01-05\n');
  await expect.poll(() => hasWritten('/archive/2020-01') && hasWritten('/archive/2020-02')).toBe(true);
  await run.publish('Older tide', 'The ferry never left.', 'date: 2020-01-05\n');
};

const sendIssue = async (): Promise<void> => {
  await run.seedpress('issue', 'compose', 'daily', '--yes');
  await run.seedpress('issue', 'hold', '--reason', 'a wrong picture');
  const page = await fetch(`${run.site}/subscriptions/approve?token=${findToken(editor, 'approve')}`);
  expect(await page.text()).toContain('Low tide');
  await submit('approve', { token: findToken(editor, 'approve'), decision: 'approve' });
  await expect.poll(() => hasCalled('newsletter-deliver', 'sqs:SendMessage')).toBe(true);
  await run.seedpress('issue', 'resume', '--yes');
  await expect.poll(() => run.listMailsTo(ann)).toHaveLength(3);
  await expect.poll(() => hasCalled('newsletter-feedback-record-feedback', 'dynamodb:UpdateItem')).toBe(true);
};

/** As somebody does by mistake. */
const deleteBodies = async (): Promise<void> => {
  const client = createTestS3Client(run.servers.s3.endpoint);
  const Bucket = 'publishing-internal';
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: internalFolders.bodies }));
  for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket, Key }));
  client.destroy();
};

/** The page of an issue links to the next one, once there is one. An article without its body is mailed, too. */
const sendNextIssue = async (): Promise<void> => {
  await run.publish('High tide', 'The ferry sails.');
  await deleteBodies();
  await run.seedpress('issue', 'compose', 'daily', '--yes');
  await run.seedpress('issue', 'approve', 'daily-2');
  await expect.poll(() => run.listMailsTo(ann)).toHaveLength(4);
};

const eraseReader = async (): Promise<void> => {
  await submit('erase', { token: findToken(ann, 'preferences') });
  await submit('erase', { token: findToken(ann, 'erase') });
};

/** Calls of days on which something goes missing, or takes longer than an invocation may. */
const listRareCalls = (): AccessCall[] => {
  const buildCall = (name: string, action: string, resource: string): AccessCall => ({
    caller: { kind: 'role', role: run.plan.functions.find((each) => each.name === name)?.role ?? '', name },
    action,
    resource,
  });
  const [publish, compose] = ['publishing-publish', 'newsletter-compose-issue'] as const;
  const readers = [publish, 'newsletter-deliver', 'newsletter-subscriptions'];
  const queuePrefix = 'arn:aws:sqs:us-east-1:000000000000:';
  return [
    // A preview, an issue's page or its mail that is not where it was written: S3 says so only to who may list.
    ...readers.map((name) => buildCall(name, 's3:ListBucket', 'arn:aws:s3:::publishing-internal')),
    buildCall(publish, 's3:ListBucket', 'arn:aws:s3:::site-bucket'),
    // A picture that was deleted before its sizes were made.
    buildCall('publishing-pictures-resize-picture', 's3:ListBucket', 'arn:aws:s3:::publishing-seeds'),
    // A card whose article got another title, or went, while it was drawn.
    buildCall('publishing-pictures-resize-picture', 's3:DeleteObject', 'arn:aws:s3:::site-bucket/cards/one.png'),
    buildCall(publish, 'sqs:SendMessage', `${queuePrefix}publishing-uploads-queue`),
    buildCall(compose, 'sqs:SendMessage', `${queuePrefix}newsletter-issues-queue`),
  ];
};

/** What CDK grants together with what a consumer or a target of an event needs. */
const isGrantedByCdk = (unneeded: string): boolean =>
  /^\S+-role: sqs:(ChangeMessageVisibility|GetQueueUrl) on /.test(unneeded) ||
  /^arn:aws:sqs:\S+: sqs:(GetQueueAttributes|GetQueueUrl) on /.test(unneeded);

test('without any one action or resource of any policy, some call of a publication’s day is refused', async () => {
  for (const email of [ann, ben]) await run.subscribe(email);
  await publishAndEdit();
  await sendIssue();
  await sendNextIssue();
  await run.seedpress('withdraw', 'draft.md', '--yes');
  await eraseReader();

  const calls = [...allowed, ...listServiceCalls(run.plan), ...listRareCalls()];
  expect(findUnneeded(run.plan.policies, calls).filter((each) => !isGrantedByCdk(each))).toEqual([]);
  // CloudFront learns by this that a page is missing.
  expect([...refused]).toEqual(['cloudfront.amazonaws.com: s3:ListBucket on arn:aws:s3:::site-bucket']);
  expect(run.printed.filter((line) => line.includes('AccessDenied'))).toEqual([]);
});
