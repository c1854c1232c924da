import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectLocal } from '../../../../infra/cli/connection/connect.ts';
import { createCliServices } from '../../../../infra/cli/connection/create-cli-services.ts';
import { sampleImages } from '../../../core/image/sample-images.ts';
import { type LocalRunFixture, startLocalRunFixture } from '../../../journeys/local-run-fixture.ts';
import { runSeedpress } from '../run-seedpress.ts';

let local: LocalRunFixture;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seedpress-publish-test-'));
  local = await startLocalRunFixture();
});
afterAll(async () => {
  await local.close();
  rmSync(folder, { recursive: true });
});

const note = (title: string, fields = ''): string => `---\ntitle: ${title}\n${fields}---\n\nThe text of it.\n`;
const write = (name: string, body: string | Uint8Array): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, body);
  return path;
};
const run = (...args: string[]) => runSeedpress([...args, '--data', local.data]);
const publish = async (...args: string[]) => {
  const { exitCode, out } = await run('publish', ...args, '--json');
  return { exitCode, found: JSON.parse(out || 'null') };
};
const readSize = async (key: string): Promise<number | undefined> =>
  (await createCliServices(await connectLocal(local.data)).buckets.seeds.head(key))?.size;
const isThere = async (key: string): Promise<boolean> => (await readSize(key)) !== undefined;

test('a folder is published with pictures under keys within it, without what is hidden', async () => {
  write('news/harbour.md', `${note('Harbour')}![The harbour](pictures/harbour.png)\n`);
  write('news/pictures/harbour.png', sampleImages['plain.png']);
  write('news/.draft.md', note('Draft'));
  write('news/~$lock.md', note('Lock'));
  const { exitCode, found } = await publish(join(folder, 'news'), '--prefix', '2026');
  expect({ exitCode, found }).toEqual({
    exitCode: 0,
    found: [
      {
        key: '2026/pictures/harbour.png',
        state: 'published',
        address: `${local.site}/images/2026/pictures/harbour.png`,
      },
      { key: '2026/harbour.md', state: 'published', address: `${local.site}/articles/harbour` },
    ],
  });
  for (const { address } of found) expect((await fetch(address)).status).toBe(200);
});

test('what lies in the seeds folder of a publication has the key that it has in a local run, so that pages are pages', async () => {
  write('paper/publication.json', '{}');
  const imprint = write('paper/seeds/pages/imprint.md', note('Imprint'));
  write('paper/seeds/pages/about.md', note('About us'));
  const { found } = await publish(imprint);
  expect(found).toEqual([{ key: 'pages/imprint.md', state: 'published', address: `${local.site}/imprint` }]);
  const pages = await publish(join(folder, 'paper/seeds/pages'));
  expect(pages.found.map(({ key }: { key: string }) => key)).toEqual(['pages/about.md', 'pages/imprint.md']);
  const all = await publish(join(folder, 'paper/seeds'));
  expect(all.found.map(({ key }: { key: string }) => key)).toEqual(['pages/about.md', 'pages/imprint.md']);
});

test('of a folder with a link nothing is published', async () => {
  write('linked/good.md', note('Good'));
  symlinkSync(write('outside/secret.md', note('Secret')), join(folder, 'linked', 'link.md'));
  const { exitCode, err } = await run('publish', join(folder, 'linked'));
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: expect.stringContaining('link.md: It is a link') });
  expect(await isThere('link.md')).toBe(false);
  expect(await isThere('good.md')).toBe(false);
});

test('what is wrong with a seed is told with its place, and what stays, never what an earlier upload had', async () => {
  const path = write('ferry.md', note('Ferry'));
  const published = { key: 'ferry.md', state: 'published', address: `${local.site}/articles/ferry` };
  const broken = '---\ntitle: Ferry\ndate: [\n---\n\nText.\n';
  for (let round = 0; round < 2; round += 1) {
    writeFileSync(path, note('Ferry', `tags: [Round ${round}]\n`));
    expect(await publish(path)).toEqual({ exitCode: 0, found: [published] });
    writeFileSync(path, broken);
    const refused = await run('publish', path);
    expect(refused.exitCode).toBe(1);
    expect(refused.out).toMatch(/^refused {2}ferry\.md {2}.+ \(line \d+\) The previous version stays: “Ferry”\.\n$/);
    expect(refused.err).toContain('1 of 1 refused.\n');
  }
  expect(await publish(path)).toMatchObject({
    exitCode: 1,
    found: [{ state: 'refused', previousTitle: 'Ferry' }],
  });
});

test('drafts and what can be improved are told with the place, by publish, notices and status', async () => {
  write('mixed/draft.md', note('Salaries', 'published: false\n'));
  write('mixed/drafts/ferry.png', sampleImages['plain.png']);
  write('mixed/warned.md', note('Tide', 'sumary: In short\n'));
  const { exitCode, out } = await run('publish', join(folder, 'mixed'));
  expect(exitCode).toBe(0);
  const [preview = ''] = out.match(/http\S+previews\S+/) ?? [];
  expect((await fetch(preview)).status).toBe(200);
  expect(out.split('\n').filter(Boolean).toSorted()).toEqual([
    `draft      draft.md          not published: This is not published, as its field “published” says. (line 3); preview: ${preview}`,
    'draft      drafts/ferry.png  not published: This is in a folder of drafts.',
    `published  warned.md         ${local.site}/articles/tide`,
    'warning    warned.md         line 3: `sumary` is not known; did you mean `summary`?',
  ]);
  expect((await fetch(`${local.site}/images/drafts/ferry.png`)).status).toBe(404);
  const notices = await run('notices');
  expect(notices.out).toMatch(/draft +draft\.md +line 3: This is not published/);
  expect(notices.out).toMatch(/warning +warned\.md +line 3: `sumary`/);
  const status = await run('status');
  expect(status.out).toMatch(/2 drafts:\n.*\n.*\n\n1 seed with warnings:\n.*warned\.md +line 3: `sumary`/);
});

test('what is not in the article is told by its kind', async () => {
  const text = `${note('Cuts')}[gallery ids="1,2"]\n\n{% include toc.html %}\n\n{% include nav.html %}\n`;
  const path = write('cuts.md', text);
  expect(await publish(path)).toMatchObject({
    exitCode: 0,
    found: [{ state: 'published', cut: { 'shortcode of WordPress': 1, 'tag of another tool': 2 } }],
  });
  expect((await run('publish', path)).out).toContain(
    'cut        cuts.md  shortcode of WordPress, tag of another tool (2): npx seedpress articles show lists what was left out\n',
  );
});

test('what is piped in is published under its key, or waits for its time', async () => {
  const pipe = async (text: string, ...args: string[]) => {
    async function* input() {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    }
    return runSeedpress(['publish', '-', ...args, '--data', local.data, '--json'], {}, { input: input() });
  };
  const later = await pipe(note('Later', 'date: 2031-01-01\n'), '--as', 'notes/later.md');
  expect(JSON.parse(later.out)).toEqual([
    {
      key: 'notes/later.md',
      state: 'scheduled',
      due: '2031-01-01T00:00:00.000Z',
      preview: expect.stringContaining('/previews/'),
    },
  ]);
  expect(await pipe('text')).toMatchObject({ exitCode: 2, out: '' });
  const large = await pipe('x'.repeat(10 * 1024 * 1024 + 1), '--as', 'large.txt');
  expect(large).toMatchObject({ exitCode: 1, err: expect.stringContaining('at most 10 MB') });
  const document = `%PDF-1.7\n${'a line\n'.repeat(2 * 1024 * 1024)}%%EOF\n`;
  expect(await pipe(document, '--as', 'notes/long.pdf')).toMatchObject({ exitCode: 0 });
  expect(await readSize('notes/long.pdf')).toBe(document.length);
});

test('if one file cannot be published by its name or size, none is uploaded, and all such are named', async () => {
  const good = write('good.md', note('Good'));
  const table = write('table.docx', 'x');
  const large = write('large.txt', 'x'.repeat(10 * 1024 * 1024 + 1));
  const { exitCode, out, err } = await run('publish', good, table, large);
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
  expect(err).toBe(
    'Nothing was uploaded.\n  table.docx: Files of type .docx are not known; an article is a .txt, .md or .html file.\n  large.txt: The file has 10.0 MB; at most 10 MB can be published.\n',
  );
  expect(await isThere('good.md')).toBe(false);
  expect(await run('publish', join(folder, 'missing.md'))).toMatchObject({ exitCode: 3, out: '' });
  const wrong = [
    [good, good],
    [good, table, '--as', 'one.md'],
    [folder, '--as', 'one.md'],
  ];
  for (const args of wrong) expect(await run('publish', ...args)).toMatchObject({ exitCode: 2, out: '' });
});

test('without waiting it tells only that it uploaded', async () => {
  const path = write('quick.md', note('Quick'));
  expect(await publish(path, '--no-wait')).toEqual({
    exitCode: 0,
    found: [{ key: 'quick.md', state: 'uploaded' }],
  });
  await local.waitUntilPublished('/articles/quick');
});

test('what is withdrawn is off the site, and comes back under its address when it is uploaded again', async () => {
  const [harbour, picture] = ['2026/harbour.md', '2026/pictures/harbour.png'];
  const missing = await run('withdraw', harbour, 'nothing.md', '--yes');
  expect(missing).toMatchObject({ exitCode: 3, out: '' });
  expect(missing.err).toContain('The seeds bucket has no nothing.md. Nothing was withdrawn.\n');
  expect(await run('withdraw', harbour)).toMatchObject({ exitCode: 2, out: '' });
  expect(await isThere(harbour)).toBe(true);
  const { exitCode, out } = await run('withdraw', harbour, picture, '--yes', '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(out)).toEqual([
    { key: harbour, state: 'withdrawn' },
    { key: picture, state: 'withdrawn' },
  ]);
  expect((await fetch(`${local.site}/articles/harbour`)).status).toBe(410);
  expect((await fetch(`${local.site}/images/${picture}`)).status).toBe(404);
  const again = await publish(join(folder, 'news'), '--prefix', '2026');
  expect(again.found.at(-1).address).toBe(`${local.site}/articles/harbour`);
});

test('of two seeds that are one article, the one that stays keeps it on the site', async () => {
  const before = write('before.md', note('Renamed', 'id: urn:example:renamed\n'));
  const after = write('after.md', note('Renamed', 'id: urn:example:renamed\n'));
  expect((await publish(before, after)).exitCode).toBe(0);
  const { exitCode, out } = await run('withdraw', 'before.md', '--yes');
  expect(exitCode).toBe(0);
  expect(out).toBe(`withdrawn  before.md  another seed keeps the article at ${local.site}/articles/renamed\n`);
});

test('what an article refers to in vain is told by publish, and all about it is shown by articles show', async () => {
  const run = (...args: string[]) => runSeedpress([...args, '--data', local.data]);
  const text = '---\ntitle: The plan\n---\n%% not for readers %%\n\n![Quay](no quay.png) [one](missing.md)\n\nText.\n';
  const published = await run('publish', write('vain.md', text));
  expect(published.out).toContain('There is no picture no quay.png. Upload it, and the article shows it.');
  expect(published.out).toContain('No published article is missing.md, so the link to it is text');
  const shown = await run('articles', 'show', 'vain.md');
  expect(shown.out).toMatch(/^Title +The plan\nState +published\nAddress +http/m);
  expect(shown.out).toMatch(/^Warning +No published article is missing\.md/m);
  expect(shown.out).toMatch(/^Cut +comment: %% not for readers %%$/m);
  const nothing = await run('articles', 'show', 'nothing.md');
  expect(nothing).toMatchObject({ exitCode: 3, out: '' });
});
