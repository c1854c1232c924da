import { afterEach, expect, test } from 'vitest';
import { handleComposeMessage } from '../../functions/compose-issue/handle-compose-message.ts';
import { createInMemoryPublishFixture } from '../publish/in-memory-publish-fixture.ts';
import { type ComposeIssueFixture, startComposeIssueFixture } from './compose-issue-fixture.ts';
import { expectIssueSent, listActiveReaderKeys } from './expect-issue-sent.ts';

let fixture: ComposeIssueFixture;
afterEach(() => fixture.stop());

const digest = { immediately: { afterMinutes: 5 }, monthly: { day: 1, hour: 7 } };
let time = 0;
const now = (): Date => new Date(time);
const start = async (newsletter: object = {}, settings: object = { digest }): Promise<void> => {
  time = Date.parse('2026-11-20T12:00:00.000Z');
  fixture = await startComposeIssueFixture({
    settings,
    newsletter,
    now,
    createPublishFixture: async (options) => createInMemoryPublishFixture(options),
  });
  await fixture.subscribe(3, 'immediately');
  await fixture.subscribe(2, 'monthly');
  fixture.publishFixture.send({ source: 'seedpress.build' });
  await fixture.publishFixture.deliverAll();
};

const handle = async (message: object): Promise<void> => {
  await handleComposeMessage({ ...fixture.services, now }, message, () => 300_000);
  await fixture.publishFixture.deliverAll();
};
/** The messages that are due by a time, of the builder and of `compose-issue` itself. */
const passMinutes = async (minutes: number): Promise<void> => {
  time += minutes * 60_000;
  const { issueRequests } = fixture.publishFixture;
  for (const message of [
    ...issueRequests.splice(0).map((request) => request.message),
    ...fixture.continuations.splice(0),
  ])
    await handle(message);
};
/** `compose-issue` looks every five minutes for articles that wait. */
const look = (): Promise<void> => handle({ mail: 'refusals' });
const listTitles = async (): Promise<string[][]> => {
  const titles: string[][] = [];
  for (let number = 1; await fixture.getIssue(`immediately-${number}`); number += 1)
    titles.push(await fixture.readTitles(`immediately-${number}`));
  return titles;
};

test('a burst of articles is one letter, the minutes of the settings after the first', async () => {
  await start();
  for (const key of ['a.md', 'b.md', 'c.md']) await fixture.publish(key);
  expect(fixture.publishFixture.issueRequests).toEqual(
    [1, 2, 3].map((announced) => ({
      message: { cadence: 'immediately', time: '2026-11-20T12:05:00.000Z', announced },
      delaySeconds: 300,
    })),
  );
  await passMinutes(5);
  expect(await listTitles()).toEqual([['c.md', 'b.md', 'a.md']]);
  await fixture.publish('d.md');
  await passMinutes(5);
  expect(await listTitles()).toEqual([['c.md', 'b.md', 'a.md'], ['d.md']]);
  const issue = await fixture.getIssue('immediately-2');
  expect(issue).toMatchObject({ subject: 'd.md', planned: 3 });
  if (issue) await expectIssueSent(fixture, issue, await listActiveReaderKeys(fixture, 'immediately'));
});

test('a letter has its page, and is in no archive, no feed of issues and no page of what comes next', async () => {
  await start();
  await fixture.publish('a.md');
  await passMinutes(5);
  await fixture.publish('b.md');
  const { publishFixture } = fixture;
  expect(await publishFixture.read('site', 'issues/immediately-1')).toContain('New articles as they appear');
  await fixture.compose('monthly', '2026-12-01T07:00:00.000Z');
  await publishFixture.deliverAll();
  const archive = await publishFixture.read('site', 'issues');
  expect(archive).toContain('monthly-1');
  expect(archive).not.toContain('immediately');
  const written = [...(await publishFixture.list('site')).keys()].filter((key) => key.startsWith('digest/'));
  expect(written).toEqual(['digest/monthly.html', 'digest/monthly.txt', 'digest/monthly.json']);
  expect((await fixture.services.issues.listAll({ newestFirst: true })).map(({ cadence }) => cadence)).toEqual([
    'monthly',
    'immediately',
  ]);
});

test('what comes in quiet hours is one letter after them', async () => {
  await start({ quietHours: { from: 12, to: 18 } });
  await fixture.publish('a.md');
  await passMinutes(5);
  await fixture.publish('b.md');
  await look();
  await passMinutes(60);
  await look();
  expect(await listTitles()).toEqual([]);
  await passMinutes(5 * 60);
  await look();
  await passMinutes(5);
  expect(await listTitles()).toEqual([['b.md', 'a.md']]);
});

test('a request that was lost is made up for within minutes, and a look during the wait makes no letter early', async () => {
  await start();
  await fixture.publish('a.md');
  fixture.publishFixture.issueRequests.splice(0);
  await look();
  await look();
  await passMinutes(5);
  expect(await listTitles()).toEqual([['a.md']]);
  await look();
  expect(fixture.continuations).toEqual([]);

  await fixture.publish('b.md');
  await look();
  const [late] = fixture.continuations.splice(0);
  await passMinutes(5);
  await fixture.publish('c.md');
  await handle(late ?? {});
  expect(await listTitles()).toEqual([['a.md'], ['b.md']]);
  await passMinutes(5);
  expect(await listTitles()).toEqual([['a.md'], ['b.md'], ['c.md']]);
});

test('the minimum of articles is for the other issues; an article without email leads to nothing', async () => {
  await start({ minimumArticles: 3 });
  await fixture.publish('quiet.md', 'quiet.md', 'email: false');
  await passMinutes(5);
  await look();
  expect(fixture.continuations).toEqual([]);
  await fixture.publish('a.md');
  await passMinutes(5);
  expect(await listTitles()).toEqual([['a.md']]);
});

test('a letter that was discarded is not made again: its article comes with the next', async () => {
  await start({ hold: true });
  await fixture.publish('a.md');
  await passMinutes(5);
  const held = await fixture.getIssue('immediately-1');
  expect(held?.state).toBe('held');
  await look();
  expect(fixture.continuations).toEqual([]);
  if (held) await fixture.services.issues.advance(held, { state: 'discarded' });
  await handle({ cadence: 'immediately' });
  await look();
  expect(fixture.continuations).toEqual([]);
  await fixture.publish('b.md');
  await passMinutes(5);
  const next = await fixture.getIssue('immediately-1');
  if (next) await fixture.services.issues.advance(next, { state: 'approved' });
  await handle({ cadence: 'immediately' });
  expect(await listTitles()).toEqual([['b.md', 'a.md']]);
});

test('while composing is held nothing is asked for; afterwards the look asks', async () => {
  await start();
  await fixture.publish('a.md');
  await fixture.services.rateLimit.get();
  const paused = { at: now().toISOString(), reason: 'restored', holdsComposing: true };
  const holding = { ...fixture.services.rateLimit, get: async () => ({ revision: 1, nextAt: 0, paused }) };
  fixture.publishFixture.issueRequests.splice(0);
  await handleComposeMessage({ ...fixture.services, now, rateLimit: holding }, { mail: 'refusals' }, () => 300_000);
  expect(fixture.continuations).toEqual([]);
  await look();
  await passMinutes(5);
  expect(await listTitles()).toEqual([['a.md']]);
});

test('where it is offered later, nobody gets what was published before', async () => {
  await start({}, { digest: { monthly: digest.monthly } });
  await fixture.publish('old.md');
  expect(fixture.publishFixture.issueRequests).toEqual([]);
  const offering = { ...fixture.services, publication: { ...fixture.services.publication, digest } };
  // The look comes before the first build under these settings.
  const message = { mail: 'refusals' };
  await handleComposeMessage({ ...offering, now }, message, () => 300_000);
  expect(fixture.continuations).toEqual([]);
  const publishing = fixture.publishFixture.createFixtureServices({ digest });
  fixture.publishFixture.tick();
  await fixture.publishFixture.deliverAll(publishing);
  await handleComposeMessage({ ...offering, now }, message, () => 300_000);
  expect([...fixture.continuations, ...fixture.publishFixture.issueRequests]).toEqual([]);
});
