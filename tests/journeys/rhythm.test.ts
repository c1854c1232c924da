import { DateTime } from 'luxon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalRunFixture, startLocalRunFixture } from './local-run-fixture.ts';

const zone = 'Europe/Lisbon';
const ann = 'ann@example.org';
const refused: string[] = [];
let run: LocalRunFixture;
beforeAll(async () => {
  run = await startLocalRunFixture({}, { immediately: { afterMinutes: 5 }, monthly: { day: 'last', hour: 7 } });
  run.servers.access.onDecision(({ action, resource }, decision) => {
    if (decision !== 'allowed') refused.push(`${action} on ${resource}`);
  });
});
afterAll(() => run?.close());

const listSubjects = (): string[] => run.listMailsTo(ann).map(({ subject }) => subject);

test('a burst is one letter; then the month, with what was not sent yet', async () => {
  await run.subscribe(ann, 'immediately');
  expect(run.findLastMailTo(ann).text).toContain('a few minutes after it is published');
  await run.publish('Fog', 'The ferry waits.');
  await run.publish('Rain', 'It falls on the quay.');
  await run.publish('Sun', 'At last.');
  expect(listSubjects()).toHaveLength(2);
  expect(await run.seedpress('clock', 'advance', '10min')).toMatch(/^immediately-1 /m);
  expect(listSubjects()).toHaveLength(3);
  expect(run.findLastMailTo(ann).subject).toBe('Sun and 2 more');
  for (const text of ['The ferry waits.', 'It falls on the quay.', 'At last.'])
    expect(run.findLastMailTo(ann).text).toContain(text);

  await run.publish('Wind', 'From the west.');
  await run.seedpress('clock', 'advance', '10min');
  expect(run.findLastMailTo(ann).subject).toBe('Wind');
  const page = await fetch(`${run.site}/issues/immediately-2`);
  expect(await page.text()).toContain('From the west.');

  const token = /\/subscriptions\/preferences\?token=(\S+)/.exec(run.findLastMailTo(ann).text)?.[1] ?? '';
  const preferences = await fetch(`${run.site}/subscriptions/preferences?token=${token}`);
  expect(await preferences.text()).toContain('Monthly digest');
  const saved = await run.post(`${run.site}/subscriptions/preferences`, { token, choice: 'monthly' });
  expect(await saved.text()).toContain('Your choice is saved.');
  await run.publish('Storm', 'It passed in the night.');
  await run.seedpress('clock', 'advance', '10min');
  expect(listSubjects()).toHaveLength(4);

  const said = await run.seedpress('clock', 'advance', '5w');
  const mails = run.listMailsTo(ann).slice(4);
  expect(said.match(/^monthly-/gm)).toHaveLength(mails.length === 1 ? 1 : 2);
  expect(mails.map(({ subject }) => subject)).toEqual(['Storm']);
  const at = DateTime.fromMillis(mails[0]?.at ?? 0, { zone });
  expect([at.day, at.hour]).toEqual([at.daysInMonth, 7]);
  expect(run.findLastMailTo(ann).text).not.toContain('The ferry waits.');
  expect(refused).toEqual([]);
});
