import assert from 'node:assert/strict';
import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { createBatchStore } from '../../functions/adapters/table/batches.ts';
import { createTableClient } from '../../functions/adapters/table/client.ts';
import { createIssueStore } from '../../functions/adapters/table/issues.ts';
import { createOutcomeCounter } from '../../infra/cli/newsletter/count-outcomes.ts';
import type { ReceivedMail } from '../adapters/start-smtp-server.ts';
import type { DeployContext } from './deploy-context.ts';
import { putDeployedSeed, waitForFeedEntry } from './publishing-steps.ts';
import type { DeployStep } from './run-deploy-steps.ts';
import { toClientOptions } from './site-client.ts';
import { waitUntil } from './wait-until.ts';

const annAddress = 'ann@example.org';

/** A mail's source without the line ends and escapes of quoted-printable, and with its folded headers in one line. */
const decodeMail = ({ source }: ReceivedMail): string =>
  source
    .replace(/=\r\n/g, '')
    .replace(/\r\n[ \t]+/g, ' ')
    .replace(/=3D/g, '=')
    .replaceAll('\r\n', '\n');

/** Waits for the mail of a number to an address, from one. */
export const waitForMail = (stage: DeployContext, address: string, number: number): Promise<string> =>
  waitUntil(`mail ${number} to ${address}`, async () => {
    const taken = stage.smtp.receivedMails.filter(({ to }) => to === address)[number - 1];
    return taken && decodeMail(taken);
  });

/** Keeps the mail server's address where the stack looks for it. */
export const createSmtpSecret = async ({ aws, smtp }: DeployContext): Promise<void> => {
  const secrets = new SecretsManagerClient(toClientOptions(aws));
  await secrets.send(new CreateSecretCommand({ Name: 'seedpress/smtp', SecretString: `${smtp.address}?rate=50` }));
  secrets.destroy();
};

/** Leaves an address for the daily issue, by CloudFront and past it. */
export const signUpReader = async ({ request }: DeployContext, email: string): Promise<void> => {
  const form = { email, cadence: 'daily' };
  assert.equal((await request('/subscriptions', { form, bypassCloudFront: true })).status, 403);
  assert.equal((await request('/subscriptions', { form })).status, 200);
};

/** Follows the link in a confirmation, and presses the button there. */
export const confirmReader = async ({ request }: DeployContext, mail: string): Promise<void> => {
  const link = /https:\/\/\S+\/subscriptions\/confirm\?\S+/.exec(mail)?.[0] ?? '';
  assert.equal((await request(link)).status, 200);
  const { searchParams, origin, pathname } = new URL(link);
  const confirmed = await request(origin + pathname, { form: { token: searchParams.get('token') ?? '' } });
  assert.equal(confirmed.status, 200);
};

const subscribeAnn = async (stage: DeployContext): Promise<void> => {
  await signUpReader(stage, annAddress);
  await confirmReader(stage, await waitForMail(stage, annAddress, 1));
  assert.match(await waitForMail(stage, annAddress, 2), /^Subject: Welcome/m);
};

/** What the deployed schedule of the daily issue sends, to the queue that it names. */
const sendScheduleMessage = async ({ aws, sqs, readOutputs }: DeployContext): Promise<void> => {
  const scheduler = new SchedulerClient(toClientOptions(aws));
  const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({}));
  const Name = Schedules.find((schedule) => /daily/.test(schedule.Name ?? ''))?.Name;
  const { Target } = await scheduler.send(new GetScheduleCommand({ Name }));
  scheduler.destroy();
  const { IssuesQueue } = readOutputs();
  assert.equal(Target?.Arn?.split(':').at(-1), IssuesQueue.split('/').at(-1));
  const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const MessageBody = Target?.Input?.replace('<aws.scheduler.scheduled-time>', time);
  await sqs.send(new SendMessageCommand({ QueueUrl: IssuesQueue, MessageBody }));
};

/**
 * Waits until nobody of an issue waits any more, and gives what was planned and was sent, and nothing else happened.
 */
export const waitForDeliveryCounts = ({ dynamo, readOutputs }: DeployContext, name: string) => {
  const table = createTableClient(dynamo, readOutputs().Table);
  const count = createOutcomeCounter({ batches: createBatchStore(table) }, name);
  return waitUntil(`${name} is delivered`, async () => {
    const issue = await createIssueStore(table).get(name);
    const { waiting, sent, ...others } = await count();
    if (issue?.state !== 'sending' || waiting > 0) return undefined;
    assert.deepEqual(others, { failed: 0, suppressed: 0, uncertain: 0 });
    return { planned: issue.planned, sent };
  });
};

const checkFirstIssue = async (stage: DeployContext): Promise<void> => {
  await putDeployedSeed(stage, 'seal.txt', 'A seal in the marina\n\nIt sleeps on the third pontoon.\n');
  await waitForFeedEntry(stage, 'A seal in the marina');
  await sendScheduleMessage(stage);
  assert.deepEqual(await waitForDeliveryCounts(stage, 'daily-1'), { planned: 1, sent: 1 });
  const mail = await waitForMail(stage, annAddress, 3);
  assert.match(mail, /It sleeps on the third pontoon/);
  assert.match(mail, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
  for (const path of ['/issues/daily-1', '/issues/daily-1.txt', '/issues/daily-1.json']) {
    const document = await stage.request(path);
    assert.equal(document.status, 200);
    assert.match(document.body, /seal in the marina/);
  }
  await waitUntil('the archive of issues has it', async () =>
    (await stage.request('/issues')).body.includes('/issues/daily-1') ? true : undefined,
  );
};

const checkSecondIssue = async (stage: DeployContext): Promise<void> => {
  await putDeployedSeed(stage, 'nets.txt', 'Nets to be mended on Monday\n\nBring a needle.\n');
  await waitForFeedEntry(stage, 'Nets to be mended on Monday');
  await sendScheduleMessage(stage);
  assert.deepEqual(await waitForDeliveryCounts(stage, 'daily-2'), { planned: 1, sent: 1 });
  const mail = await waitForMail(stage, annAddress, 4);
  assert.match(mail, /Bring a needle/);
  assert.doesNotMatch(mail, /third pontoon/);
  const oneClick = /^List-Unsubscribe: <(https:[^>]+)>/m.exec(mail)?.[1] ?? '';
  assert.equal((await stage.request(oneClick, { form: { 'List-Unsubscribe': 'One-Click' } })).status, 200);
  await putDeployedSeed(stage, 'buoy.txt', 'The bell buoy is back\n\nIt was found nine miles out.\n');
  await waitForFeedEntry(stage, 'The bell buoy is back');
  await sendScheduleMessage(stage);
  assert.deepEqual(await waitForDeliveryCounts(stage, 'daily-3'), { planned: 0, sent: 0 });
};

/** From a sign-up to issues in the inbox. */
export const createNewsletterSteps = (stage: DeployContext): Record<'first' | 'second', DeployStep[]> => ({
  first: [
    {
      name: 'a reader signs up and confirms, and strangers past CloudFront are refused',
      run: () => subscribeAnn(stage),
    },
    {
      name: 'the schedule’s message makes an issue, which arrives by SMTP and adds up',
      run: () => checkFirstIssue(stage),
    },
  ],
  second: [
    {
      name: 'the reader gets the next issue, leaves with one click, and gets none',
      run: () => checkSecondIssue(stage),
    },
  ],
});
