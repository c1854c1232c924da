import { afterEach, expect, test } from 'vitest';
import { createSesClient, createSesMailer } from '../../functions/adapters/ses-mailer.ts';
import { type RunningSes, startSes } from '../../infra/local/ses/start-ses.ts';
import { type SubscriptionsFixture, startSubscriptionsFixture } from './subscriptions-fixture.ts';

let ses: RunningSes;
let fixture: SubscriptionsFixture;
afterEach(() => Promise.all([ses.close(), fixture.stop()]));

const start = async (): Promise<void> => {
  ses = await startSes();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = createSesClient({ endpoint: ses.endpoint, region: 'us-east-1', credentials });
  const sender = { name: 'Gazette', email: 'editor@news.example' };
  fixture = await startSubscriptionsFixture({ mailer: createSesMailer(client, { sender, configurationSet: 'news' }) });
};
const listOutcomes = () => ses.mails.list().map(({ outcome }) => outcome);

test.each(['bounce', 'complaint'])('who had a %s gets a confirmation when they sign up again', async (outcome) => {
  await start();
  const email = `${outcome}@example.com`;
  await fixture.signUp(email);
  expect(listOutcomes()).toEqual([outcome]);
  await fixture.services.mailer.sendOne({ to: email, subject: 's', html: 'h', text: 't', headers: {} });
  expect(listOutcomes().filter((each) => each.startsWith('listed'))).toHaveLength(1);
  const { status } = await fixture.signUp(email.toUpperCase());
  expect(status).toBe(200);
  // Sent, and not kept back by SES.
  expect(listOutcomes().filter((each) => each === outcome)).toHaveLength(2);
});
