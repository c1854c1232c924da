import { afterEach, expect, test } from 'vitest';
import { handleComposeMessage } from '../../functions/compose-issue/handle-compose-message.ts';
import { createInMemoryPublishFixture } from '../publish/in-memory-publish-fixture.ts';
import { type ComposeIssueFixture, startComposeIssueFixture } from './compose-issue-fixture.ts';

let fixture: ComposeIssueFixture;
afterEach(() => fixture.stop());

let time = '';
/** The daily issue is at seven in Lisbon, whose winter time is UTC; the first build is at six on the 20th. */
const start = async (newsletter: object = {}): Promise<void> => {
  time = '2026-11-20T06:00:00.000Z';
  fixture = await startComposeIssueFixture({
    settings: { digest: { daily: { hour: 7 } } },
    newsletter,
    now: () => new Date(time),
    createPublishFixture: async (options) => createInMemoryPublishFixture(options),
  });
};

/** Why issues count as overdue at a time. */
const look = async (at: string): Promise<unknown[]> => {
  time = at;
  const counted: string[] = [];
  const services = {
    ...fixture.services,
    now: () => new Date(time),
    log: { ...fixture.services.log, count: (metric: string) => counted.push(metric) },
  };
  const logged = fixture.log.length;
  await handleComposeMessage(services, { mail: 'refusals' }, () => 300_000);
  const reasons = fixture.log.slice(logged).filter(({ message }) => message === 'an issue is overdue');
  expect(counted.filter((metric) => metric === 'issuesOverdue')).toHaveLength(reasons.length);
  return reasons.map(({ fields }) => ('reason' in fields ? fields.reason : undefined));
};

test('an issue that did not come though an article waits is overdue three hours later', async () => {
  await start();
  await fixture.publish('a.md');
  expect(await look('2026-11-20T09:59:00.000Z')).toEqual([]);
  expect(await look('2026-11-20T10:01:00.000Z')).toEqual(['its schedule was not followed']);
  await fixture.compose('daily', '2026-11-20T07:00:00.000Z');
  expect(await look('2026-11-20T10:06:00.000Z')).toEqual([]);
});

test('nothing waits, nothing is overdue: an article that comes after its hour is for the next', async () => {
  await start();
  expect(await look('2026-11-20T10:01:00.000Z')).toEqual([]);
  await fixture.publish('a.md');
  await fixture.withdraw('a.md');
  await fixture.compose('daily', '2026-11-20T07:00:00.000Z');
  await fixture.publish('b.md');
  expect(await look('2026-11-20T23:00:00.000Z')).toEqual([]);
  expect(await look('2026-11-21T10:01:00.000Z')).toEqual(['its schedule was not followed']);
});

test('fewer articles than an issue needs are not overdue', async () => {
  await start({ minimumArticles: 2 });
  await fixture.publish('a.md');
  expect(await look('2026-11-21T10:01:00.000Z')).toEqual([]);
});

test('an issue that waits for its approval is overdue after a day', async () => {
  await start({ hold: true });
  await fixture.publish('a.md');
  expect(await fixture.compose('daily', '2026-11-20T07:00:00.000Z')).toBe('held');
  expect(await look('2026-11-20T20:00:00.000Z')).toEqual([]);
  expect(await look('2026-11-21T07:01:00.000Z')).toEqual(['it waits for approval']);
});
