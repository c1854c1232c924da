import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, test } from 'vitest';
import { type CliServices, createCliServices } from '../../../../infra/cli/connection/create-cli-services.ts';
import { exportPublication } from '../../../../infra/cli/export/export-publication.ts';
import { applyPublicationImport } from '../../../../infra/cli/import-publication/apply-publication-import.ts';
import { importPublication } from '../../../../infra/cli/import-publication/import-publication.ts';
import { planPublicationImport } from '../../../../infra/cli/import-publication/plan-publication-import.ts';
import { readExport } from '../../../../infra/cli/import-publication/read-export.ts';
import type { Io } from '../../../../infra/cli/output/io.ts';
import {
  type ComposeIssueFixture,
  type ComposeIssueFixtureOptions,
  startComposeIssueFixture,
} from '../../../compose-issue/compose-issue-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'seedpress-moving-'));
const wholeExportFolder = mkdtempSync(join(tmpdir(), 'seedpress-moved-'));
const fixtures: ComposeIssueFixture[] = [];
afterAll(async () => {
  await (await wholePublication)?.source.stop();
  for (const used of [folder, wholeExportFolder]) rmSync(used, { recursive: true });
});
afterEach(async () => {
  for (const room of fixtures.splice(0)) await room.stop();
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
});

const open = async (options: ComposeIssueFixtureOptions = {}): Promise<ComposeIssueFixture> => {
  const room = await startComposeIssueFixture(options);
  fixtures.push(room);
  return room;
};
const now = () => new Date();
const connectionTo = ({ publishFixture }: ComposeIssueFixture) => ({
  environment: publishFixture.environment,
  now,
});
const silent: Io = { environment: {}, out: () => {}, err: () => {}, outJson: () => {} };

const exportFixture = async (room: ComposeIssueFixture, into = join(folder, 'export')) => ({
  into,
  report: await exportPublication(connectionTo(room), into, { withoutKeys: false, show: () => {} }),
});
const importIntoFixture = async (room: ComposeIssueFixture, from: string) => {
  const plan = await importPublication(connectionTo(room), from, silent, { yes: true });
  room.publishFixture.send({ source: 'seedpress.build' });
  await room.publishFixture.deliverAll();
  return plan;
};

const seeds = new URL('../../../../seeds/', import.meta.url);
const uploadSamples = async ({ publishFixture }: ComposeIssueFixture): Promise<void> => {
  for (const file of readdirSync(seeds, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    await publishFixture.upload(relative(fileURLToPath(seeds), path), await readFile(path));
    await publishFixture.deliverAll();
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

const readArticleId = async ({ publishFixture }: ComposeIssueFixture, key: string): Promise<string> => {
  const [seed] = await publishFixture.services.seeds.getMany([key]);
  return seed?.version?.id ?? '';
};

/** Everything that a publication can have, at every stage of its way into the issues. */
const publishArticles = async (room: ComposeIssueFixture): Promise<void> => {
  const { publishFixture } = room;
  await uploadSamples(room);
  await publishFixture.upload('html/pans.png', png);
  await publishFixture.upload('html/salt.html', page);
  await publishFixture.upload('html/salt.md', '# Salt, again\n\nSee ![the pans](pans.png).[^1]\n\n[^1]: A note.\n');
  await publishFixture.deliverAll();
  await room.publish('gone.md', 'Gone', 'tags: [x]');
  await room.publish('old.md', 'Old', 'date: 2019-05-01\ntags: [x]');
  await room.publish('elsewhere.md', 'Elsewhere', 'date: 2018-05-01\nannounced: 2019-06-01');
  await room.subscribe(3);
  await room.compose('daily', day(20));
  await room.compose('weekly', day(20));
  await room.deliverAll();
  await room.withdraw('gone.md');
  await room.publish('week.md', 'Of the week', '# a comment\nweather: fine\ntags: [x]');
  await room.publish('silent.md', 'Silent', 'email: false');
  await publishFixture.upload(
    'plain.txt',
    'Plain news\n\nPORTO, Nov 20 (Lusa) – The port is open.\nIt was shut.\n\nSee https://a.example/x_y_ for more.\n',
  );
  await publishFixture.deliverAll();
  await room.compose('daily', day(21));
  await room.deliverAll();
  await room.publish(
    'week.md',
    'Of the week, edited',
    '# a comment\nweather: fine\ntags: [x]\ncorrection: It was Tuesday.',
  );
  await room.publish('same.md', 'Same');
  await room.publish('other/same.md', 'Same', 'date: 2026-11-10');
  await room.publish('later.md', 'Later', 'date: 2099-01-01');
  await publishFixture.upload(
    'later.html',
    page.replaceAll('2026-11-01', '2098-01-01').replaceAll('Salt works', 'Pepper'),
  );
  await publishFixture.upload('broken.md', '---\ntitle: x\nslug: a b\n---\nBody.');
  await publishFixture.upload('picture.svg', '<svg/>');
  await publishFixture.deliverAll();
};

/** All but previews: an imported draft has another secret address. */
const listPublished = async ({ publishFixture }: ComposeIssueFixture): Promise<Map<string, string>> =>
  new Map([...(await publishFixture.list('site'))].filter(([path]) => !path.startsWith('previews/')));

const exportWholePublication = async () => {
  const source = await startComposeIssueFixture();
  await publishArticles(source);
  return {
    source,
    published: await listPublished(source),
    weekId: await readArticleId(source, 'week.md'),
    ...(await exportFixture(source, join(wholeExportFolder, 'export'))),
  };
};
let wholePublication: ReturnType<typeof exportWholePublication> | undefined;
/** Made once for all tests: only read what it gives, and let its source go on only where nobody else looks at it. */
const getWholePublication = (): ReturnType<typeof exportWholePublication> => {
  wholePublication ??= exportWholePublication();
  return wholePublication;
};

test('an export imported into an empty publication gives every document of the site, byte for byte', async () => {
  const { source, published: before, into, report } = await getWholePublication();
  expect(report.remarks).toEqual([]);
  expect(report).toMatchObject({ refused: 2, issues: 3, subscribers: 3, withdrawn: 1, pictures: 2 });

  const target = await open();
  const plan = await importIntoFixture(target, into);
  expect(plan.seeds.conflicts).toEqual([]);
  expect(await listPublished(target)).toEqual(before);
  expect(target.publishFixture.warnings).toEqual([]);

  // The ledgers go on alike: the same article waits for the same issue, with the next number.
  for (const cadence of ['daily', 'weekly'] as const) {
    for (const room of [source, target]) {
      await room.compose(cadence, day(27));
      await room.deliverAll();
    }
    const name = cadence === 'daily' ? 'daily-3' : 'weekly-2';
    const document = await target.publishFixture.read('site', `issues/${name}.json`);
    expect(document).toBeDefined();
    expect(document).toBe(await source.publishFixture.read('site', `issues/${name}.json`));
  }
  expect(target.queuedBatches.length).toBeGreaterThan(0);
});

test('earlier addresses lead on in the new publication, and withdrawn articles stay gone', async () => {
  const source = await open();
  const { publishFixture } = source;
  await source.publish('a.md', 'Ferry', 'aliases: [Old name, /100%25/]\nredirect_from: /2019/ferry/');
  await source.publish('a.md', 'Ferry', 'slug: night-ferry\naliases: [Old name, "/наше/é"]');
  await publishFixture.upload('b.html', `---\nslug: pans\n---\n${page}`);
  await publishFixture.deliverAll();
  await publishFixture.upload('b.html', `---\nslug: salt\naliases: [/pans.html]\n---\n${page}`);
  await source.publish('gone.md', 'Gone', 'aliases: /2018/gone');
  await source.publish('gone.md', 'Long gone', 'slug: long-gone\naliases: /2018/gone');
  await source.withdraw('gone.md');
  const addresses = [
    ...['articles/ferry', '2019/ferry', '2019/ferry/', '100%', 'наше/é', 'articles/pans', 'pans.html'],
    ...['articles/gone', 'articles/long-gone', '2018/gone/'],
  ];
  const readAnswers = ({ publishFixture: { services } }: ComposeIssueFixture) =>
    Promise.all(addresses.map(async (key) => [key, (await services.buckets.site.get(key))?.etag]));
  const before = await readAnswers(source);
  expect(before.filter(([, text]) => text === undefined)).toEqual([]);

  const { into, report } = await exportFixture(source);
  expect(report.remarks).toEqual([]);
  const ferry = readFileSync(join(into, 'articles/a.md'), 'utf8');
  expect(ferry).toContain('  - Old name\n');
  expect(ferry.match(/наше/g)).toHaveLength(1);

  const target = await open();
  await importIntoFixture(target, into);
  expect(await readAnswers(target)).toEqual(before);
  expect(target.publishFixture.warnings).toEqual([]);
  await target.publish('thief.md', 'Thief', 'aliases: [/2019/ferry, /2018/gone]\nslug: ferry');
  expect(await readAnswers(target)).toEqual(before);
});

test("an author's own Markdown keeps its words, and everything that is refused is kept as it is", async () => {
  const { source, into, report } = await getWholePublication();
  const read = (name: string): string => readFileSync(join(into, name), 'utf8');
  const week = read('articles/week.md');
  expect(week).toMatch(/^---\ntitle: Of the week, edited\n# a comment\nweather: fine\ntags: \[x\]\n/);
  expect(week).toMatch(/\ncorrected: \S+Z\n---\n\nThe story of Of the week, edited\.\n$/);
  expect(week).not.toContain('announced:');
  expect(read('articles/html/salt.md')).toMatch(/^---\n[\s\S]*\n---\n\n# Salt, again\n\nSee !\[the pans\]/);
  expect(read('articles/elsewhere.md')).toContain('\nannounced: 2019-05-31T23:00:00.000Z\n');
  const salt = read('articles/html/salt.html.md');
  expect(salt).toContain('<img src="pans.png" alt="The pans">');
  expect(salt).toContain('<a href="/articles/night-ferry">');
  expect(read('refused/broken.md')).toBe('---\ntitle: x\nslug: a b\n---\nBody.');
  expect(read('site/articles/old.html')).toContain('<h1>Old</h1>');
  expect(report.articles).toBe(25 - 2);
  const modeOf = (name: string): number => statSync(join(into, name)).mode & 0o077;
  expect([modeOf('.'), modeOf('subscribers.csv')]).toEqual([0, 0]);
  await expect(exportFixture(source, into)).rejects.toThrow('is not empty');
});

/** Fails every request behind so many: as when the connection is lost. */
const failAfterReads = (archive: CliServices, most: number): CliServices => {
  let requests = 0;
  const breaking = <T extends object>(store: T): T =>
    new Proxy(store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          requests += 1;
          if (requests > most) throw new Error('the connection is lost');
          return Reflect.apply(value, target, args);
        };
      },
    });
  const { seeds: seedBucket, site, internal } = archive.buckets;
  return {
    ...archive,
    buckets: { seeds: breaking(seedBucket), site: breaking(site), internal: breaking(internal) },
    articles: breaking(archive.articles),
    lists: breaking(archive.lists),
    issues: breaking(archive.issues),
    build: breaking(archive.build),
    subscribers: breaking(archive.subscribers),
    tokenKeys: breaking(archive.tokenKeys),
  };
};

test('broken off anywhere and run again, an import does the rest; run once more, it changes nothing', async () => {
  const { published: before, into } = await getWholePublication();
  const target = await open();
  const connection = connectionTo(target);
  let broken = 0;
  for (let [most, isDone] = [1, false]; !isDone; most += 3) {
    const archive = createCliServices(connection);
    const found = await readExport(into);
    const plan = await planPublicationImport(connection, archive, found, () => {});
    try {
      await applyPublicationImport(failAfterReads(archive, most), found, plan, () => {});
      isDone = true;
    } catch (error) {
      expect(String(error)).toContain('the connection is lost');
      broken += 1;
    }
    await target.publishFixture.deliverAll();
  }
  expect(broken).toBeGreaterThan(5);
  await importIntoFixture(target, into);
  expect(await listPublished(target)).toEqual(before);
  const items = await target.publishFixture.listItems();
  const again = await importIntoFixture(target, into);
  expect(again.seeds).toMatchObject({ uploads: [], conflicts: [] });
  const built = (all: typeof items) => [...all].filter(([key]) => !key.startsWith('BUILD'));
  expect(built(await target.publishFixture.listItems())).toEqual(built(items));
});

test('what is there already is not touched, and is told', async () => {
  const { weekId, into } = await getWholePublication();
  const target = await open();
  await target.publish('old.md', 'Another under the same key');
  await target.publish('mine.md', 'Same');
  await target.publish('renamed.md', 'Week', `id: ${weekId}`);
  await target.compose('daily', day(20));
  await target.deliverAll();
  const issuePage = await target.publishFixture.read('site', 'issues/daily-1');
  const { seeds: found, issues } = await importIntoFixture(target, into);
  expect(found.conflicts.map(({ key }) => key)).toEqual(['old.md', 'same.md', 'week.md']);
  expect(found.conflicts.map(({ reason }) => reason)).toEqual([
    'another file has this key',
    'another article has the address /articles/same',
    expect.stringMatching(/^renamed\.md is the same article \(urn:uuid:/),
  ]);
  expect(issues.conflicts).toEqual(['daily-1', 'daily-2']);
  expect(issues.missing.map(({ cadence, number }) => [cadence, number])).toEqual([['weekly', 1]]);
  expect(await target.publishFixture.read('site', 'issues/daily-1')).toBe(issuePage);
  expect(await target.publishFixture.read('site', 'articles/same')).toContain('The story of Same.');
  expect(await target.publishFixture.read('site', 'articles/another-under-the-same-key')).toContain('Another');
  expect(await target.publishFixture.read('site', 'articles/elsewhere')).toContain('<h1>Elsewhere</h1>');
  // Of what was told, nothing waits.
  const { arrival } = await target.services.cadenceStates.get('daily');
  const waiting = await target.services.sentArticles.listPending('daily', { after: arrival, upTo: 1000 });
  expect(waiting.entries.map(({ title }) => title)).not.toContain('Elsewhere');
});

test('a dry run, and a no, change nothing: not even keys are made', async () => {
  const source = await open();
  await source.publish('a.md', 'A');
  await source.services.tokenKeys.getOrCreate();
  const { into } = await exportFixture(source);
  const target = await open();
  const before = await target.publishFixture.listItems();
  const plan = await importPublication(connectionTo(target), into, silent, { dryRun: true });
  expect(plan).toMatchObject({ keys: 'new', seeds: { uploads: [{ key: 'a.md', kind: 'article' }] } });
  await expect(importPublication(connectionTo(target), into, silent, {})).rejects.toThrow('Nothing was changed');
  expect(await target.publishFixture.listItems()).toEqual(before);
  await importIntoFixture(target, into);
  expect(await target.services.tokenKeys.getOrCreate()).toEqual(await source.services.tokenKeys.getOrCreate());
});

test('the site of an export has no previews of drafts', async () => {
  const source = await open();
  await source.publish('public.md', 'Public');
  await source.publish('draft.md', 'Secret', 'draft: true');
  expect([...(await source.publishFixture.list('site')).keys()].join()).toContain('previews/');
  const { into } = await exportFixture(source);
  const files = readdirSync(join(into, 'site'), { recursive: true });
  expect(files).toContain('rss.xml');
  expect(files.filter((name) => String(name).includes('previews'))).toEqual([]);
});

test('while an issue is under way, nothing is exported', async () => {
  const source = await open({ newsletter: { hold: true } });
  await source.publish('a.md', 'A');
  await source.compose('daily', day(20));
  await expect(exportFixture(source)).rejects.toThrow('daily-1 is under way');
});

test('an export that is damaged is refused before anything is done', async () => {
  const source = await open();
  await source.publish('a.md', 'A');
  const { into } = await exportFixture(source);
  writeFileSync(join(into, 'ledger.json'), '{"cadences":');
  const target = await open();
  await expect(importIntoFixture(target, into)).rejects.toThrow('ledger.json is damaged');
  expect((await target.publishFixture.listItems()).size).toBe(0);
});
