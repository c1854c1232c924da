import assert from 'node:assert/strict';
import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { createBatchStore } from '../../functions/adapters/table/batches.ts';
import { createTableClient } from '../../functions/adapters/table/client.ts';
import { createIssueStore } from '../../functions/adapters/table/issues.ts';
import { createOutcomeCounter } from '../../infra/operator/newsletter/count-outcomes.ts';
import type { Taken } from '../adapters/smtp-server.ts';
import type { Stage } from './open-stage.ts';
import { untilInFeed, uploadSeed } from './publishing-steps.ts';
import type { Step } from './take-steps.ts';
import { clientOptions } from './visit-site.ts';
import { waitUntil } from './wait-until.ts';

const ann = 'ann@example.org';

/** A mail's source without the line ends and escapes of quoted-printable, and with its folded headers in one line. */
const readable = ({ source }: Taken): string =>
  source
    .replace(/=\r\n/g, '')
    .replace(/\r\n[ \t]+/g, ' ')
    .replace(/=3D/g, '=')
    .replaceAll('\r\n', '\n');

/** Waits for the mail of a number to an address, from one. */
export const mailTo = (stage: Stage, address: string, number: number): Promise<string> =>
  waitUntil(`mail ${number} to ${address}`, async () => {
    const taken = stage.smtp.taken.filter(({ to }) => to === address)[number - 1];
    return taken && readable(taken);
  });

/** Keeps the mail server's address where the stack looks for it. */
export const keepSmtpSecret = async ({ aws, smtp }: Stage): Promise<void> => {
  const secrets = new SecretsManagerClient(clientOptions(aws));
  await secrets.send(
    new CreateSecretCommand({ Name: 'seedpress/smtp', SecretString: `${smtp.address}?rate=50` }),
  );
  secrets.destroy();
};

/** Leaves an address for the daily issue, by CloudFront and past it. */
export const signUp = async ({ visit }: Stage, email: string): Promise<void> => {
  const form = { email, cadence: 'daily' };
  assert.equal((await visit('/subscriptions', { form, pastTheEdge: true })).status, 403);
  assert.equal((await visit('/subscriptions', { form })).status, 200);
};

/** Follows the link in a confirmation, and presses the button there. */
export const confirm = async ({ visit }: Stage, mail: string): Promise<void> => {
  const link = /https:\/\/\S+\/subscriptions\/confirm\?\S+/.exec(mail)?.[0] ?? '';
  assert.equal((await visit(link)).status, 200);
  const { searchParams, origin, pathname } = new URL(link);
  const confirmed = await visit(origin + pathname, { form: { token: searchParams.get('token') ?? '' } });
  assert.equal(confirmed.status, 200);
};

const subscribe = async (stage: Stage): Promise<void> => {
  await signUp(stage, ann);
  await confirm(stage, await mailTo(stage, ann, 1));
  assert.match(await mailTo(stage, ann, 2), /^Subject: Welcome/m);
};

/** What the deployed schedule of the daily issue sends, to the queue that it names. */
const callSchedule = async ({ aws, sqs, deployed }: Stage): Promise<void> => {
  const scheduler = new SchedulerClient(clientOptions(aws));
  const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({}));
  const Name = Schedules.find((schedule) => /daily/.test(schedule.Name ?? ''))?.Name;
  const { Target } = await scheduler.send(new GetScheduleCommand({ Name }));
  scheduler.destroy();
  const { IssuesQueue } = deployed();
  assert.equal(Target?.Arn?.split(':').at(-1), IssuesQueue.split('/').at(-1));
  const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const MessageBody = Target?.Input?.replace('<aws.scheduler.scheduled-time>', time);
  await sqs.send(new SendMessageCommand({ QueueUrl: IssuesQueue, MessageBody }));
};

/** Waits until nobody of an issue waits any more, and gives what was planned and was sent, and nothing else happened. */
export const sumOf = ({ dynamo, deployed }: Stage, name: string) => {
  const table = createTableClient(dynamo, deployed().Table);
  const count = createOutcomeCounter({ batches: createBatchStore(table) }, name);
  return waitUntil(`${name} is delivered`, async () => {
    const issue = await createIssueStore(table).get(name);
    const { waiting, sent, ...others } = await count();
    if (issue?.state !== 'sending' || waiting > 0) return undefined;
    assert.deepEqual(others, { failed: 0, suppressed: 0, uncertain: 0 });
    return { planned: issue.planned, sent };
  });
};

const sendIssue = async (stage: Stage): Promise<void> => {
  await uploadSeed(stage, 'seal.txt', 'A seal in the marina\n\nIt sleeps on the third pontoon.\n');
  await untilInFeed(stage, 'A seal in the marina');
  await callSchedule(stage);
  assert.deepEqual(await sumOf(stage, 'daily-1'), { planned: 1, sent: 1 });
  const mail = await mailTo(stage, ann, 3);
  assert.match(mail, /It sleeps on the third pontoon/);
  assert.match(mail, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
  for (const path of ['/issues/daily-1', '/issues/daily-1.txt', '/issues/daily-1.json']) {
    const document = await stage.visit(path);
    assert.equal(document.status, 200);
    assert.match(document.body, /seal in the marina/);
  }
  await waitUntil('the archive of issues has it', async () =>
    (await stage.visit('/issues')).body.includes('/issues/daily-1') ? true : undefined,
  );
};

const sendSecond = async (stage: Stage): Promise<void> => {
  await uploadSeed(stage, 'nets.txt', 'Nets to be mended on Monday\n\nBring a needle.\n');
  await untilInFeed(stage, 'Nets to be mended on Monday');
  await callSchedule(stage);
  assert.deepEqual(await sumOf(stage, 'daily-2'), { planned: 1, sent: 1 });
  const mail = await mailTo(stage, ann, 4);
  assert.match(mail, /Bring a needle/);
  assert.doesNotMatch(mail, /third pontoon/);
  const oneClick = /^List-Unsubscribe: <(https:[^>]+)>/m.exec(mail)?.[1] ?? '';
  assert.equal((await stage.visit(oneClick, { form: { 'List-Unsubscribe': 'One-Click' } })).status, 200);
  await uploadSeed(stage, 'buoy.txt', 'The bell buoy is back\n\nIt was found nine miles out.\n');
  await untilInFeed(stage, 'The bell buoy is back');
  await callSchedule(stage);
  assert.deepEqual(await sumOf(stage, 'daily-3'), { planned: 0, sent: 0 });
};

/** From a sign-up to issues in the inbox. */
export const newsletterSteps = (stage: Stage): Record<'first' | 'second', Step[]> => ({
  first: [
    {
      name: 'a reader signs up and confirms, and strangers past CloudFront are refused',
      act: () => subscribe(stage),
    },
    {
      name: 'the schedule’s message makes an issue, which arrives by SMTP and adds up',
      act: () => sendIssue(stage),
    },
  ],
  second: [
    {
      name: 'the reader gets the next issue, leaves with one click, and gets none',
      act: () => sendSecond(stage),
    },
  ],
});
