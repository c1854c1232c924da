import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Io } from '../../../../infra/operator/io.ts';
import { exportPublication } from '../../../../infra/operator/moving/export-publication.ts';
import { importExport } from '../../../../infra/operator/moving/import-export.ts';
import { type ComposingRoom, startComposingRoom } from '../../../composing/composing-room.ts';

const folder = mkdtempSync(join(tmpdir(), 'seedpress-moving-'));
const rooms: ComposingRoom[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.stop();
  rmSync(folder, { recursive: true, force: true });
});

const open = async (): Promise<ComposingRoom> => {
  const room = await startComposingRoom();
  rooms.push(room);
  return room;
};
const now = () => new Date();
const connectionTo = ({ press }: ComposingRoom) => ({ environment: press.environment, now });
const silent: Io = { environment: {}, out: () => {}, err: () => {} };

const exportOf = async (room: ComposingRoom, into = join(folder, 'export')) => ({
  into,
  report: await exportPublication(connectionTo(room), into, { withoutKeys: false, show: () => {} }),
});
const importInto = async (room: ComposingRoom, from: string) => {
  const plan = await importExport(connectionTo(room), from, silent, { yes: true });
  room.press.send({ source: 'seedpress.build' });
  await room.press.settle();
  return plan;
};

const seeds = new URL('../../../../seeds/', import.meta.url);
const uploadSamples = async ({ press }: ComposingRoom): Promise<void> => {
  for (const name of readdirSync(seeds)) {
    await press.upload(name, await readFile(new URL(name, seeds)));
    await press.settle();
  }
};
const page = `<!doctype html><html lang="en"><head><title>Salt works | Test</title>
<meta property="article:published_time" content="2026-11-01T08:15:00+01:00"><meta name="author" content="Ana Reis">
</head><body><article><h1>Salt works</h1><p>The salt works opened on a <b>grey</b> morning, and the first crates went to the ferry before noon.</p>

<figure><img src="pans.png" alt="The pans"><figcaption>The pans at dawn</figcaption></figure>
<p>Three hundred people came. One of them wrote:</p><pre>salt

  and water</pre><p>It was <a href="/articles/night-ferry">as before</a>, said the master, who has kept the works for forty years and more.</p></article></body></html>`;
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const day = (number: number): string => `2026-11-${number}T07:00:00.000Z`;

/** Everything that a publication can have, at every stage of its way into the issues. */
const fill = async (room: ComposingRoom): Promise<void> => {
  const { press } = room;
  await uploadSamples(room);
  await press.upload('html/pans.png', png);
  await press.upload('html/salt.html', page);
  await press.upload('html/salt.md', '# Salt, again\n\nSee ![the pans](pans.png).[^1]\n\n[^1]: A note.\n');
  await press.settle();
  await room.publish('gone.md', 'Gone', 'tags: [x]');
  await room.publish('old.md', 'Old', 'date: 2019-05-01\ntags: [x]');
  await room.publish('elsewhere.md', 'Elsewhere', 'date: 2018-05-01\nannounced: 2019-06-01');
  await room.subscribe(3);
  await room.compose('daily', day(20));
  await room.compose('weekly', day(20));
  await room.settle();
  await room.withdraw('gone.md');
  await room.publish('week.md', 'Of the week', '# a comment\nweather: fine\ntags: [x]');
  await room.publish('silent.md', 'Silent', 'email: false');
  await press.upload(
    'plain.txt',
    'Plain news\n\nPORTO, Nov 20 (Lusa) – The port is open.\nIt was shut.\n\nSee https://a.example/x_y_ for more.\n',
  );
  await press.settle();
  await room.compose('daily', day(21));
  await room.settle();
  await room.publish(
    'week.md',
    'Of the week, edited',
    '# a comment\nweather: fine\ntags: [x]\ncorrection: It was Tuesday.',
  );
  await room.publish('same.md', 'Same');
  await room.publish('other/same.md', 'Same', 'date: 2026-11-10');
  await room.publish('later.md', 'Later', 'date: 2099-01-01');
  await press.upload(
    'later.html',
    page.replaceAll('2026-11-01', '2098-01-01').replaceAll('Salt works', 'Pepper'),
  );
  await press.upload('broken.md', '---\ntitle: x\nslug: a b\n---\nBody.');
  await press.upload('picture.svg', '<svg/>');
  await press.settle();
};

test('an export imported into an empty publication gives every document of the site, byte for byte', async () => {
  const source = await open();
  await fill(source);
  const before = await source.press.list('site');
  const { into, report } = await exportOf(source);
  expect(report.remarks).toEqual([]);
  expect(report).toMatchObject({ refused: 2, issues: 3, subscribers: 3, withdrawn: 1, pictures: 2 });

  const target = await open();
  const plan = await importInto(target, into);
  expect(plan.seeds.taken).toEqual([]);
  expect(await target.press.list('site')).toEqual(before);
  expect(target.press.warnings).toEqual([]);

  // The ledgers go on alike: the same article waits for the same issue, with the next number.
  for (const cadence of ['daily', 'weekly'] as const) {
    for (const room of [source, target]) {
      await room.compose(cadence, day(27));
      await room.settle();
    }
    const name = cadence === 'daily' ? 'daily-3' : 'weekly-2';
    const document = await target.press.read('site', `issues/${name}.json`);
    expect(document).toBeDefined();
    expect(document).toBe(await source.press.read('site', `issues/${name}.json`));
  }
  expect(target.queued.length).toBeGreaterThan(0);
}, 120_000);
