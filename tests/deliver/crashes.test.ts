import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectLedgerAddsUp } from './expect-ledger-adds-up.ts';
import type { Fault } from './observe-request.ts';
import { type ServerDeliverFixture, startDeliverServers } from './server-deliver-fixture.ts';

let servers: Awaited<ReturnType<typeof startDeliverServers>>;
beforeAll(async () => {
  servers = await startDeliverServers();
});
afterAll(() => servers.stop());

/** A batch in which everything happens: sent in several calls, refused, gone, tried again, suppressed. */
const emails = [
  'ana@example.com',
  'bad address@example.com',
  'busy@example.com',
  'rejected@example.com',
  'left@example.com',
  'ben@example.com',
  'eva@example.com',
];

const prepareFixture = async (): Promise<ServerDeliverFixture> => {
  const fixture = await servers.createFixture({ quota: { perSecond: 5 } });
  for (const email of emails) await fixture.addReader(email);
  await fixture.queueIssue('daily-1', [emails]);
  const at = fixture.now().toISOString();
  await fixture.subscribers.apply(fixture.toSubscriberKey('left@example.com'), { kind: 'unsubscribe', at });
  return fixture;
};

/** Requests of the first invocation, none of which fails. */
const countRequests = async (): Promise<string[]> => {
  const fixture = await prepareFixture();
  const [message] = fixture.pending.splice(0, 1);
  if (!message) throw new Error('nothing is queued');
  const { requests } = await fixture.deliver(message);
  await fixture.close();
  return requests;
};

/** A message whose invocation failed is received again when its visibility timeout is over. */
const visibilityTimeoutSeconds = 360;

const surviveFault = async (fault: Fault) => {
  const fixture = await prepareFixture();
  try {
    const [message] = fixture.pending.splice(0, 1);
    if (!message) throw new Error('nothing is queued');
    const { done } = await fixture.deliver(message, fault);
    if (!done) fixture.pending.push({ ...message, due: fixture.now().getTime() + visibilityTimeoutSeconds * 1000 });
    await fixture.deliverAll();
    return await expectLedgerAddsUp(fixture, 'daily-1', emails);
  } catch (error) {
    throw new Error(`after ${fault.how} ${fault.when} request ${fault.at}`, { cause: error });
  } finally {
    await fixture.close();
  }
};

test.each([
  ['killed', 'before'],
  ['killed', 'after'],
  ['once', 'before'],
  ['once', 'after'],
] as const)('%s %s any one request of a delivery, the issue adds up', async (how, when) => {
  const requests = await countRequests();
  expect(requests.length).toBeGreaterThan(15);
  const uncertain: string[] = [];
  for (let at = 1; at <= requests.length; at += 1) {
    const counts = await surviveFault({ at, when, how });
    if (counts.uncertain > 0) uncertain.push(requests[at - 1] ?? '');
  }
  // Uncertain is what was in a call, or between a call and the ledger, and nothing else.
  const call = 'SendBulkEmailCommand';
  const ledger = 'UpdateItemCommand';
  const calls = requests.filter((name) => name === call).length;
  const expected: Record<string, string[]> = {
    'killed before': [...Array.from({ length: calls }, () => [call, ledger]).flat()],
    'killed after': [...Array.from({ length: calls }, () => [ledger, call]).flat()],
    'once before': Array.from({ length: calls }, () => call),
    'once after': Array.from({ length: calls }, () => [ledger, call]).flat(),
  };
  expect(uncertain).toEqual(expected[`${how} ${when}`]);
});
