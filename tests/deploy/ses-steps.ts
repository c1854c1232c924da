import assert from 'node:assert/strict';
import { z } from 'zod';
import { confirm, signUp, sumOf } from './newsletter-steps.ts';
import type { Stage } from './open-stage.ts';
import { deployBySes } from './operating-steps.ts';
import { operate } from './operator-steps.ts';
import { untilInFeed, uploadSeed } from './publishing-steps.ts';
import type { Step } from './take-steps.ts';
import { waitUntil } from './wait-until.ts';

const ben = 'ben@example.org';

const messagesSchema = z.object({
  messages: z.record(
    z.string(),
    z.array(
      z.object({ Type: z.string(), To: z.string().array(), Subject: z.string(), BodyText: z.string() }),
    ),
  ),
});

/** Waits for the mail of a number, from one, that MiniStack's SES took for the reader. */
const mailBySes = ({ aws }: Stage, number: number) =>
  waitUntil(`mail ${number} by SES`, async () => {
    const answer = await fetch(`${aws.endpoint}/_ministack/ses/messages`);
    const { messages } = messagesSchema.parse(await answer.json());
    return Object.values(messages)
      .flat()
      .filter(({ To }) => To.includes(ben))[number - 1];
  });

const confirmBySes = async (stage: Stage): Promise<void> => {
  await signUp(stage, ben);
  await confirm(stage, (await mailBySes(stage, 1)).BodyText);
  const welcome = await mailBySes(stage, 2);
  assert.equal(welcome.Type, 'v2.SendEmail');
  assert.match(welcome.Subject, /^Welcome/);
};

const sendBySes = async (stage: Stage): Promise<void> => {
  await uploadSeed(stage, 'heron.txt', 'A heron on the lock\n\nIt has stood there since Tuesday.\n');
  await untilInFeed(stage, 'A heron on the lock');
  const { issue } = await operate(stage, 'issue', 'compose', 'daily');
  assert.deepEqual([issue.planned, issue.sent, issue.addsUp], [1, 1, true]);
  assert.deepEqual(await sumOf(stage, issue.name), { planned: 1, sent: 1 });
  const mail = await mailBySes(stage, 3);
  assert.equal(mail.Type, 'v2.SendBulkEmail');
  assert.match(mail.BodyText, /It has stood there since Tuesday/);
  // Each reader's own link stands in the placeholder's stead.
  assert.match(mail.BodyText, /\/subscriptions\/unsubscribe\?\S+/);
  assert.doesNotMatch(mail.BodyText, /\{\{/);
};

/** The same publication, with its mail by SES. */
export const sesSteps = (stage: Stage): Step[] => [
  { name: 'cdk deploy with mail by SES', act: () => deployBySes(stage) },
  { name: 'a reader signs up and confirms, with mail by SES', act: () => confirmBySes(stage) },
  {
    name: 'the operator composes an issue, which leaves in a bulk call to SES and adds up',
    act: () => sendBySes(stage),
  },
];
