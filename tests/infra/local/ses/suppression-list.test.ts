import {
  DeleteSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  NotFoundException,
  SESv2Client,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { expect, onTestFinished, test } from 'vitest';
import type { BusEvent } from '../../../../infra/local/events/bus-event.ts';
import { startSes } from '../../../../infra/local/ses/start-ses.ts';

const startAccount = async () => {
  let clock = Date.parse('2026-11-20T07:00:00Z');
  const ses = await startSes({ now: () => new Date(clock) });
  onTestFinished(ses.close);
  const events: BusEvent[] = [];
  ses.onEvent((event) => events.push(event));
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SESv2Client({ endpoint: ses.endpoint, region: 'us-east-1', credentials });
  const send = (to: string, ConfigurationSetName: string | undefined = 'news') =>
    client.send(
      new SendEmailCommand({
        FromEmailAddress: 'a@example.com',
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } },
        ConfigurationSetName,
      }),
    );
  const list = async (StartDate?: Date) => {
    const { SuppressedDestinationSummaries = [] } = await client.send(
      new ListSuppressedDestinationsCommand({ ...(StartDate && { StartDate }) }),
    );
    return SuppressedDestinationSummaries.map(({ EmailAddress, Reason }) => [EmailAddress, Reason]);
  };
  const advance = (milliseconds: number): void => {
    clock += milliseconds;
  };
  return { ses, client, events, send, list, advance };
};

test('who bounced or complained is sent nothing more, and that is reported as what it is', async () => {
  const { events, send, list } = await startAccount();
  for (let round = 1; round <= 2; round += 1)
    for (const to of ['bounce1@example.com', 'complaint1@example.com', 'fine@example.com']) await send(to);
  expect(await list()).toEqual([
    ['bounce1@example.com', 'BOUNCE'],
    ['complaint1@example.com', 'COMPLAINT'],
  ]);
  expect(events.map(({ detail }) => JSON.stringify(detail).includes('OnAccountSuppressionList'))).toEqual([
    ...[false, false],
    ...[true, true],
  ]);
});

test('an address is taken off the list, in upper or lower case', async () => {
  const { ses, client, send, list } = await startAccount();
  await send('bounce@example.com');
  await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress: 'Bounce@Example.com' }));
  expect(await list()).toEqual([]);
  const absent = client.send(new DeleteSuppressedDestinationCommand({ EmailAddress: 'bounce@example.com' }));
  await expect(absent).rejects.toThrow(NotFoundException);
  await send('bounce@example.com');
  expect(ses.mails.list().map(({ outcome }) => outcome)).toEqual(['bounce', 'bounce']);
});

test('the list is read from a time on', async () => {
  const { send, list, advance } = await startAccount();
  await send('bounce-old@example.com');
  advance(60_000);
  await send('bounce-new@example.com');
  expect(await list(new Date('2026-11-20T07:00:30Z'))).toEqual([['bounce-new@example.com', 'BOUNCE']]);
});

test('neither the mailbox simulator nor a mail without a configuration set adds to it', async () => {
  const { client, send, list } = await startAccount();
  await send('bounce@simulator.amazonses.com');
  await client.send(
    new SendEmailCommand({
      FromEmailAddress: 'a@example.com',
      Destination: { ToAddresses: ['bounce@example.com'] },
      Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } },
    }),
  );
  expect(await list()).toEqual([]);
});
