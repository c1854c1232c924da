import assert from 'node:assert/strict';
import { z } from 'zod';
import { runSeedpressJson } from './cli-steps.ts';
import type { DeployContext } from './deploy-context.ts';
import { confirmReader, signUpReader, waitForDeliveryCounts } from './newsletter-steps.ts';
import { putDeployedSeed, waitForFeedEntry } from './publishing-steps.ts';
import type { DeployStep } from './run-deploy-steps.ts';
import { deployBySes } from './stack-steps.ts';
import { waitUntil } from './wait-until.ts';

const benAddress = 'ben@example.org';

const messagesSchema = z.object({
  messages: z.record(
    z.string(),
    z.array(z.object({ Type: z.string(), To: z.string().array(), Subject: z.string(), BodyText: z.string() })),
  ),
});

/** Waits for the mail of a number, from one, that MiniStack's SES took for the reader. */
const waitForSesMail = ({ aws }: DeployContext, number: number) =>
  waitUntil(`mail ${number} by SES`, async () => {
    const answer = await fetch(`${aws.endpoint}/_ministack/ses/messages`);
    const { messages } = messagesSchema.parse(await answer.json());
    return Object.values(messages)
      .flat()
      .filter(({ To }) => To.includes(benAddress))[number - 1];
  });

const checkConfirmationBySes = async (stage: DeployContext): Promise<void> => {
  await signUpReader(stage, benAddress);
  await confirmReader(stage, (await waitForSesMail(stage, 1)).BodyText);
  const welcome = await waitForSesMail(stage, 2);
  assert.equal(welcome.Type, 'v2.SendEmail');
  assert.match(welcome.Subject, /^Welcome/);
};

const checkIssueBySes = async (stage: DeployContext): Promise<void> => {
  await putDeployedSeed(stage, 'heron.txt', 'A heron on the lock\n\nIt has stood there since Tuesday.\n');
  await waitForFeedEntry(stage, 'A heron on the lock');
  const { issue } = await runSeedpressJson(stage, 'issue', 'compose', 'daily', '--yes');
  assert.deepEqual([issue.planned, issue.sent, issue.addsUp], [1, 1, true]);
  assert.deepEqual(await waitForDeliveryCounts(stage, issue.name), { planned: 1, sent: 1 });
  const mail = await waitForSesMail(stage, 3);
  assert.equal(mail.Type, 'v2.SendBulkEmail');
  assert.match(mail.BodyText, /It has stood there since Tuesday/);
  // Each reader's own link stands in the placeholder's stead.
  assert.match(mail.BodyText, /\/subscriptions\/unsubscribe\?\S+/);
  assert.doesNotMatch(mail.BodyText, /\{\{/);
};

/** The same publication, with its mail by SES. */
export const createSesSteps = (stage: DeployContext): DeployStep[] => [
  { name: 'cdk deploy with mail by SES', run: () => deployBySes(stage) },
  { name: 'a reader signs up and confirms, with mail by SES', run: () => checkConfirmationBySes(stage) },
  {
    name: 'the operator composes an issue, which leaves in a bulk call to SES and adds up',
    run: () => checkIssueBySes(stage),
  },
];
