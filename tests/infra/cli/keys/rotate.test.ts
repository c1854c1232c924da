import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOneClickUrl, type LocalRunFixture, startLocalRunFixture } from '../../../journeys/local-run-fixture.ts';
import { runSeedpress } from '../run-seedpress.ts';

let local: LocalRunFixture;
beforeAll(async () => {
  local = await startLocalRunFixture();
});
afterAll(() => local.close());

const rotate = (...args: string[]) => runSeedpress(['keys', 'rotate', ...args, '--data', local.data]);
const rotateNow = async (...args: string[]) => {
  const { exitCode, out, err } = await rotate('--yes', '--json', ...args);
  expect(exitCode, err).toBe(0);
  // No secret is told.
  expect(out + err).not.toMatch(/[0-9a-f]{9,}/);
  return JSON.parse(out);
};
const findPreferencesUrl = (): string =>
  /http\S+\/preferences\?\S+/.exec(local.findLastMailTo('ana@reader.example').text)?.[0] ?? '';
const fetchStatus = async (): Promise<number> => (await fetch(findPreferencesUrl())).status;

test('it tells what stays valid, and changes nothing unless it is told to', async () => {
  await local.publish('First story', 'It begins.');
  await local.subscribe('ana@reader.example');
  const { exitCode, out, err } = await rotate();
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toMatch(
    /A new key will sign .*\nLinks signed with key [0-9a-f]{8} \(in use since \d{4}-\d\d-\d\d\) stay valid until the rotation after the next\.\nNothing was changed/,
  );
  const answers = { asked: '' };
  const ask = async (question: string): Promise<string> => {
    answers.asked = question;
    return 'n';
  };
  const declined = await runSeedpress(['keys', 'rotate', '--data', local.data], {}, { ask });
  expect(declined).toMatchObject({ exitCode: 1, out: '' });
  expect(answers.asked).toBe('Rotate the keys? [y/N] ');
  expect(await rotateNow()).toMatchObject({ kept: [{}], revoked: [] });
});

test('links of mails that have left go on working through one more rotation, and end with the next', async () => {
  const before = await fetchStatus();
  expect(await rotateNow()).toMatchObject({ kept: [{}, {}], revoked: [] });
  expect([before, await fetchStatus()]).toEqual([200, 200]);
  expect(await rotateNow()).toMatchObject({ kept: [{}, {}], revoked: [{}] });
  expect(await fetchStatus()).toBe(400);
});

test('after a leak no link by an old key works, and the next issue has one that does', async () => {
  expect(await rotateNow('--leaked')).toMatchObject({ kept: [], revoked: [{}, {}, {}] });
  const issue = await runSeedpress(['issue', 'compose', 'daily', '--yes', '--data', local.data]);
  expect(issue.exitCode, issue.err).toBe(0);
  expect(await fetchStatus()).toBe(200);
  const mail = local.findLastMailTo('ana@reader.example');
  await rotateNow('--leaked');
  const refused = await local.post(findOneClickUrl(mail), { 'List-Unsubscribe': 'One-Click' });
  expect(refused.status).toBe(400);
});
