import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { cadences } from '../../../../functions/core/publication.ts';
import { createCliServices } from '../../../../infra/cli/connection/create-cli-services.ts';
import { readSeedInventory } from '../../../../infra/cli/rebuild/read-seed-inventory.ts';
import { restoreLedger } from '../../../../infra/cli/restore/restore-ledger.ts';
import { type ComposeIssueFixture, startComposeIssueFixture } from '../../../compose-issue/compose-issue-fixture.ts';

let fixture: ComposeIssueFixture;
beforeEach(async () => {
  fixture = await startComposeIssueFixture();
});
afterEach(() => fixture.stop());

const day = (number: number): string => `2026-11-${number}T07:00:00.000Z`;
const itemSchema = z.looseObject({ pk: z.string(), sk: z.string() });

const readTable = async () => itemSchema.array().parse([...(await fixture.publishFixture.listItems()).values()]);

/** What point-in-time recovery makes of the table. */
const setTableBack = async (backup: readonly z.infer<typeof itemSchema>[]): Promise<void> => {
  const { table } = fixture.publishFixture;
  await table.writeMany((await readTable()).map(({ pk, sk }) => ({ delete: { pk, sk } })));
  await table.writeMany(backup.map((put) => ({ put })));
};

const cli = () => createCliServices({ environment: fixture.publishFixture.environment, now: () => new Date(day(29)) });

/** What `npx seedpress restore` does, without a queue to wait for. */
const restore = async () => {
  const restored = await restoreLedger(cli());
  const { seeds, unrecorded, deleted } = await readSeedInventory(cli());
  for (const object of [...deleted, ...seeds, ...unrecorded])
    fixture.publishFixture.send({ source: 'aws.s3', detail: { bucket: { name: 'seeds' }, object } });
  await fixture.publishFixture.deliverAll();
  return restored;
};

/** Titles of the articles of all issues of each cadence that were ever mailed. */
const readMailedTitles = async () => {
  const names = [...(await fixture.publishFixture.list('internal')).keys()].flatMap(
    (key) => /^issues\/(.+)\.json$/.exec(key)?.[1] ?? [],
  );
  const titles: Record<string, string[]> = { daily: [], weekly: [] };
  for (const name of names.sort()) titles[name.replace(/-.*/, '')]?.push(...(await fixture.readTitles(name)));
  return titles;
};

const composeBoth = async (at: string): Promise<void> => {
  for (const cadence of cadences) await fixture.compose(cadence, at);
  await fixture.deliverAll();
};

/** Days of a publication, with a backup of the table after each. */
const liveThroughDays = async () => {
  const { upload, remove } = fixture.publishFixture;
  const backups = [await readTable()];
  const days = [
    async () => {
      await fixture.publish('a.md', 'A');
      await fixture.publish('held.md', 'Held', 'draft: true');
      await fixture.subscribe(60);
    },
    async () => {
      await fixture.compose('daily', day(20));
      await fixture.publish('b.md', 'B');
      await fixture.publish('held.md', 'Held');
      await fixture.compose('daily', day(21));
    },
    async () => {
      await fixture.compose('weekly', day(21));
      await fixture.withdraw('a.md');
      await fixture.publish('c.md', 'C');
      await fixture.publish('silent.md', 'Silent', 'email: false');
      await fixture.compose('daily', day(22));
    },
    async () => {
      await fixture.publish('b.md', 'B', 'correction: It was Tuesday.');
      await fixture.publish('a.md', 'A');
      await fixture.publish('waiting.md', 'Waiting');
    },
  ];
  for (const live of days) {
    await live();
    await fixture.deliverAll();
    backups.push(await readTable());
  }
  // Later than the last backup, one file is moved, and another edited.
  const [moved = '', edited = ''] = await Promise.all(
    ['c.md', 'held.md'].map((key) => fixture.publishFixture.read('seeds', key)),
  );
  await upload('moved/c.md', moved);
  await remove('c.md');
  await upload('held.md', `${edited}\nA line was added.\n`);
  await fixture.publishFixture.deliverAll();
  return backups;
};

test('a table set back to any moment, and restored, mails no article twice and none not at all', async () => {
  const backups = await liveThroughDays();
  for (const [index, backup] of backups.entries()) {
    await setTableBack(backup);
    await restore();
    await fixture.publish(`new-${index}.md`, `New ${index}`);
    await composeBoth(`2026-12-${10 + index}T07:00:00.000Z`);
  }
  const titles = ['A', 'B', 'C', 'Held', 'Waiting', ...backups.map((_, index) => `New ${index}`)].sort();
  const mailed = await readMailedTitles();
  expect(mailed.daily?.sort()).toEqual(titles);
  expect(mailed.weekly?.sort()).toEqual(titles);
  expect(fixture.publishFixture.warnings).toEqual([]);
});

test('the numbers of issues continue, and the archive lists all of them', async () => {
  await fixture.publish('a.md', 'A');
  const backup = await readTable();
  await fixture.compose('daily', day(20));
  await fixture.publish('b.md', 'B');
  await fixture.compose('daily', day(21));
  await fixture.deliverAll();
  await setTableBack(backup);
  expect(await restore()).toEqual({ issues: ['daily-1', 'daily-2'], announcements: 1, uncertain: 0 });
  expect((await fixture.listIssues('daily')).map(({ number, state, at }) => [number, state, at])).toEqual([
    [1, 'sending', day(20)],
    [2, 'sending', day(21)],
  ]);
  await fixture.publish('c.md', 'C');
  await fixture.compose('daily', day(22));
  expect(await fixture.readTitles('daily-3')).toEqual(['C']);
});

test('a reader who is not in step with a cadence gets nothing again either', async () => {
  const { table } = fixture.publishFixture;
  await fixture.subscribe(1);
  const [reader] = (await readTable()).filter(({ pk }) => pk.startsWith('SUBSCRIBER#'));
  if (!reader) throw new Error('there is no reader');
  const put = { ...reader, progress: { position: 0 } };
  await table.writeMany([{ put }]);
  await fixture.publish('a.md', 'A');
  const backup = await readTable();
  await fixture.compose('daily', day(20));
  await setTableBack(backup);
  await restore();
  await fixture.publish('b.md', 'B');
  await fixture.compose('daily', day(21));
  const letters = [...(await fixture.publishFixture.list('internal')).keys()].filter((key) =>
    /^issues\/daily-2.*json$/.test(key),
  );
  expect(letters.length).toBeGreaterThan(0);
  for (const letter of letters)
    expect(await fixture.publishFixture.read('internal', letter)).not.toContain('The story of A.');
});

test('readers of an issue that was under way may have it: they are uncertain, and it adds up', async () => {
  await fixture.subscribe(120);
  await fixture.publish('a.md', 'A');
  // Time runs out after some batches, and the backup is of that moment.
  await fixture.compose('daily', day(20), fixture.services, 0);
  for (let call = 0; call < 3; call += 1) await fixture.compose('daily', day(20), fixture.services, 15_000);
  const backup = await readTable();
  await fixture.deliverAll();
  await setTableBack(backup);
  const { uncertain } = await restore();
  const issue = await fixture.getIssue('daily-1');
  expect(issue).toMatchObject({ state: 'sending', planned: uncertain });
  const batches = await fixture.services.batches.listRange('daily-1', 1, 100);
  expect(batches.flatMap(({ state }) => state).filter((state) => state !== 'done')).toEqual([]);
  fixture.queuedBatches.length = 0;
  await composeBoth(day(21));
  expect(fixture.queuedBatches.filter(({ issue: name }) => name.startsWith('daily'))).toEqual([]);
});

test('a table that knows all is not changed', async () => {
  await liveThroughDays();
  const before = await readTable();
  const { batches, ...known } = Object.groupBy(before, ({ pk }) => (pk.startsWith('BATCHES#') ? 'batches' : 'others'));
  const { issues, announcements } = await restoreLedger(cli());
  expect({ issues, announcements }).toEqual({ issues: [], announcements: 0 });
  const after = await readTable();
  expect(after.filter(({ pk }) => !pk.startsWith('BATCHES#'))).toEqual(known.others);
  expect(batches?.length).toBeGreaterThan(0);
});

test('composing waits while the table is being restored', async () => {
  await fixture.publish('a.md', 'A');
  await fixture.services.rateLimit.get();
  await cli().rateLimit.pauseAll({ at: day(20), reason: 'the table is being restored' });
  expect(await fixture.compose('daily', day(20))).toBe('held');
  expect(await fixture.listIssues('daily')).toEqual([]);
  await cli().rateLimit.resume();
  await fixture.compose('daily', day(20));
  expect(await fixture.readTitles('daily-1')).toEqual(['A']);
});
