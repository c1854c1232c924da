import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ExpectedChange, followSeeds } from '../../../../infra/cli/seeds/follow-seeds.ts';
import { uploadSeedFiles } from '../../../../infra/cli/seeds/upload-seed-files.ts';
import { type PublishFixture, startPublishFixture } from '../../../publish/publish-fixture.ts';

let fixture: PublishFixture;
beforeEach(async () => {
  fixture = await startPublishFixture();
});
afterEach(() => fixture.stop());

const key = 'ferry.md';
const broken = '---\n: [\n---\n';
const upload = async (text: string): Promise<readonly ExpectedChange[]> => {
  const from = new TextEncoder().encode(text);
  const on = { ...fixture.services, s3: fixture.clients.s3 };
  return uploadSeedFiles(on, [{ key, source: from, size: from.length }], () => {});
};
const follow = async (expected: readonly ExpectedChange[]) =>
  (await followSeeds(fixture.services, expected, () => {})).get(key);

/** Whether nothing comes of it for a while. */
const waits = (outcome: Promise<unknown>): Promise<boolean> =>
  Promise.race([outcome.then(() => false), sleep(1200).then(() => true)]);

test('the refusal of an earlier upload is not taken for that of the mended one', async () => {
  await fixture.upload(key, broken);
  await fixture.deliverAll();
  const outcome = follow(await upload('# The ferry\n\nIt runs again.\n'));
  expect(await waits(outcome)).toBe(true);
  await fixture.deliverAll();
  expect(await outcome).toMatchObject({ state: 'published' });
});

test('of an event that comes late, what it finds in the bucket counts, and not before the site has followed', async () => {
  await fixture.upload(key, '# The ferry\n\nIt runs again.\n');
  const [first] = fixture.pending.splice(0);
  if (!first) throw new Error('an event was expected');
  const outcome = follow(await upload('# The ferry\n\nIt runs from Tuesday.\n'));
  // The build is held up: somebody else has the lease.
  await fixture.services.build.acquireLease({
    holder: 'other',
    now: 0,
    until: 9_999_999_999,
    since: new Date(0).toISOString(),
  });
  await fixture.deliver([first]);
  expect(await waits(outcome)).toBe(true);
  await fixture.services.build.releaseLease('other');
  await fixture.deliverAll();
  expect(await outcome).toMatchObject({ state: 'published' });
  expect(await fixture.read('site', 'articles/the-ferry')).toContain('It runs from Tuesday.');
});

test('the same content once more is waited for as well', async () => {
  const text = '# The ferry\n\nIt runs again.\n';
  await upload(text);
  await fixture.deliverAll();
  const outcome = follow(await upload(text));
  expect(await waits(outcome)).toBe(true);
  await fixture.deliverAll();
  expect(await outcome).toMatchObject({ state: 'published' });
});

test('whoever overwrites or deletes it meanwhile is told of', async () => {
  const expected = await upload('# The ferry\n\nIt runs again.\n');
  await fixture.upload(key, '# The other\n\nIt does not run.\n');
  await fixture.deliverAll();
  expect(await follow(expected)).toEqual({ state: 'replaced' });
  const again = await upload('# The ferry\n\nIt runs again.\n');
  await fixture.remove(key);
  await fixture.deliverAll();
  expect(await follow(again)).toEqual({ state: 'replaced' });
});
