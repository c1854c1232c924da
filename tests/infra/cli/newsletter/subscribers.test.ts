import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectLocal } from '../../../../infra/cli/connection/connect.ts';
import { createCliServices } from '../../../../infra/cli/connection/create-cli-services.ts';
import { runCli as runProgram } from '../../../../infra/cli/run-cli.ts';
import { type LocalRunFixture, startLocalRunFixture } from '../../../journeys/local-run-fixture.ts';
import { runSeedpress } from '../run-seedpress.ts';

let local: LocalRunFixture;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seedpress-readers-'));
  local = await startLocalRunFixture({ newsletter: { topics: ['Harbour', 'Books'] } });
});
afterAll(async () => {
  await local.close();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => runSeedpress([...args, '--data', local.data]);
const json = async (...args: string[]) => {
  const { exitCode, out, err } = await run(...args, '--json');
  expect(exitCode, err).toBe(0);
  return JSON.parse(out);
};
const file = (name: string, content = ''): string => {
  const path = join(folder, name);
  if (content !== '') writeFileSync(path, content);
  return path;
};
const stateOf = async (address: string): Promise<string> => (await json('subscribers', 'show', address)).state;
const ledger = async () => createCliServices(await connectLocal(local.data));

const readers = [
  'Email Address;Status;Confirm Time;Consent',
  'ana@reader.example;active;2024-06-05;At the fair',
  'ben@reader.example;unsubscribed;2024-06-05;',
  'cem@reader.example;active;;At the fair',
  'dov@reader.example;active;2024-06-05;At the fair',
  'eve@reader.example;;2024-06-05;At the fair',
  '',
].join('\r\n');

test('an import tells what it would do, does it when told to, and says which rows it refused', async () => {
  await local.publish('Harbour opens', 'The harbour is open again.');
  await local.subscribe('dov@reader.example');
  await local.subscribe('eve@reader.example', 'weekly');
  await (await ledger()).subscribers.apply((await json('subscribers', 'show', 'eve@reader.example')).key, {
    kind: 'complain',
    at: new Date().toISOString(),
  });
  const path = file('readers.csv', readers);
  const expected = { rows: 5, added: 1, addedAsLeft: 1, takenOff: 0, unchanged: 2, refused: 1 };

  const asked = await run('subscribers', 'import', path, '--cadence', 'daily');
  expect(asked).toMatchObject({ exitCode: 2, out: '' });
  expect(asked.err).toContain('New subscribers          1\n');
  expect(asked.err).toContain('Nothing was changed: there is no terminal to ask on. Add --yes to do it.');
  expect(await json('subscribers', 'import', path, '--cadence', 'daily', '--dry-run')).toMatchObject({
    dryRun: true,
    ...expected,
  });
  expect((await run('subscribers', 'show', 'ana@reader.example')).exitCode).toBe(3);

  const done = await json('subscribers', 'import', path, '--cadence', 'daily', '--yes');
  const report = `${path}.refused.csv`;
  expect(done).toEqual({ dryRun: false, ...expected, report });
  expect(readFileSync(report, 'utf8')).toBe(
    'line,email,reason\r\n4,cem@reader.example,it does not say when they consented\r\n',
  );
  expect(statSync(report).mode & 0o777).toBe(0o600);
  expect(await json('subscribers', 'show', 'ana@reader.example')).toMatchObject({
    state: 'active',
    cadence: 'daily',
    consent: 'At the fair',
  });
  expect(await stateOf('eve@reader.example')).toBe('complained');
  const again = await run('subscribers', 'import', path, '--cadence', 'daily');
  expect(again).toMatchObject({ exitCode: 0, out: expect.stringContaining('Unchanged                4\n') });
});

test('a mended file leaves no report of what was wrong before', async () => {
  const path = file(
    'readers.csv',
    readers.replace('cem@reader.example;active;;', 'cem@reader.example;active;1.2.2025;'),
  );
  expect(await json('subscribers', 'import', path, '--cadence', 'daily', '--yes')).toMatchObject({
    added: 1,
    refused: 0,
  });
  expect(existsSync(`${path}.refused.csv`)).toBe(false);
});

test('whoever sits at the terminal is asked, and sees how far it has come', async () => {
  const path = file('one.csv', 'email,confirmed at\nfay@reader.example,2024-06-05\n');
  const said: string[] = [];
  const at = (answer: string) =>
    runProgram(['subscribers', 'import', path, '--consent', 'By post', '--cadence', 'daily', '--data', local.data], {
      environment: {},
      out: () => undefined,
      err: (text) => said.push(text),
      isTerminal: true,
      ask: async (question) => {
        said.push(question);
        return answer;
      },
    });
  expect(await at('n')).toBe(1);
  expect((await run('subscribers', 'show', 'fay@reader.example')).exitCode).toBe(3);
  expect(await at('y')).toBe(0);
  expect((await json('subscribers', 'show', 'fay@reader.example')).consent).toBe('By post');
  expect(said.join('')).toMatch(/\[#{30}\] 100 % {2}1 row.*Import\? \[y\/N\] /s);
});

test('the imported are counted, listed with masked addresses, and get issues', async () => {
  expect(await json('subscribers', 'list')).toMatchObject({
    active: 4,
    unsubscribed: 1,
    complained: 1,
    erased: 0,
  });
  const { out } = await run('subscribers', 'list', '--state', 'unsubscribed');
  expect(out).toMatch(/^\w{3} \d Jun 2024, \d\d:00 +daily {3}b…@reader\.example\n$/);
  const whole = await json('subscribers', 'list', '--state', 'active', '--addresses');
  expect(whole.map(({ email }: { email: string }) => email).toSorted()).toEqual(
    ['ana', 'cem', 'dov', 'fay'].map((name) => `${name}@reader.example`),
  );
  expect(await run('subscribers', 'list', '--state', 'bounced')).toMatchObject({ exitCode: 0, out: '' });
  expect((await json('issue', 'compose', 'daily', '--yes')).issue).toMatchObject({ planned: 4, sent: 4 });
  expect(local.listMailsTo('ana@reader.example')).toHaveLength(1);
});

test('what a reader chose is shown, and counted by topic', async () => {
  const { key } = await json('subscribers', 'show', 'dov@reader.example');
  const { subscribers } = await ledger();
  const pausedUntil = '2030-01-05T00:00:00.000Z';
  const change = { kind: 'changePreferences', cadence: 'daily' } as const;
  await subscribers.apply(key, { ...change, paused: true, pausedUntil, topics: ['harbour', 'sport'] });
  const { out } = await run('subscribers', 'show', 'dov@reader.example');
  expect(out).toMatch(/topics +\["harbour","sport"\]\n/);
  expect(out).toMatch(/pausedUntil +Sat 5 Jan 2030/);
  expect(out).toMatch(/progress +\{/);
  expect(await json('subscribers', 'list')).toMatchObject({ topics: { harbour: 1, sport: 1 } });
  expect((await run('subscribers', 'list')).out).toMatch(/chose harbour +1\n/);
  await subscribers.apply(key, { ...change, paused: false });
});

test('an export holds everybody with an address, for its owner alone, and an import takes it', async () => {
  const path = file('all.csv');
  expect(await json('subscribers', 'export', path)).toEqual({ file: path, rows: 6 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\r\n');
  expect(lines[0]).toBe(
    'email,cadence,status,since,paused,consent,signed up at,confirmed at,form,address hash,topics,paused until,position',
  );
  expect(lines.find((line) => line.startsWith('dov@'))).toMatch(
    /^dov@reader\.example,daily,active,(2[^,]+),,,2[^,]+,\1,other,,,,\d+@[0-9a-f]{8}$/,
  );
  expect(statSync(`${path}.secret.json`).mode & 0o777).toBe(0o600);
  expect(await json('subscribers', 'import', path)).toMatchObject({ unchanged: 6, added: 0, refused: 0 });
  expect(await run('subscribers', 'export', path)).toMatchObject({ exitCode: 1, out: '' });
  const some = file('some.csv');
  expect(await json('subscribers', 'export', some, '--state', 'complained')).toMatchObject({ rows: 1 });
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('the choices of a reader who asks by mail are changed, and the status counts them', async () => {
  const set = (...options: string[]) => run('subscribers', 'set', 'fay@reader.example', ...options);
  const before = await json('subscribers', 'show', 'fay@reader.example');
  const changed = await set('--cadence', 'weekly', '--topics', 'Harbour', '--pause-until', '2001-01-05');
  expect([changed.exitCode, changed.err]).toEqual([2, expect.stringMatching(/--pause-until takes a day from \d/)]);
  expect((await set('--topics', 'harbour, Fishing')).err).toContain('Harbour, Books, or all.');
  expect(await json('subscribers', 'show', 'fay@reader.example')).toEqual(before);

  const day = new Date(local.servers.clock.now().getTime() + 72 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const { out } = await set('--cadence', 'weekly', '--topics', 'harbour', '--pause-until', day);
  expect(out).toMatch(/^Cadence +weekly\nTopics +Harbour\nPause +until \w{3} \d/);
  const shown = await json('subscribers', 'show', 'fay@reader.example');
  expect(shown).toMatchObject({ cadence: 'weekly', topics: ['harbour'], paused: true });
  expect(shown.progress).toHaveProperty('position');
  expect((await run('status')).out).toMatch(/^Readers .* 1 weekly.*\nTopics +1 Harbour, 0 Books$/m);
  expect((await set('--resume', '--topics', 'all', '--cadence', 'daily')).out).toMatch(/all articles\nPause +none/);
  expect((await run('subscribers', 'set', 'ben@reader.example', '--resume')).err).toContain('is unsubscribed');
});

test('a reader is erased after a question, also where a copy for them waits; no import brings them back', async () => {
  await local.publish('Ferry late', 'The ferry is late.');
  await json('issue', 'hold');
  await json('issue', 'compose', 'daily', '--yes');
  const holding = async (): Promise<string> =>
    JSON.stringify(await (await ledger()).batches.listRange('daily-2', 1, 9));
  expect(await holding()).toContain('ana@reader.example');

  expect(await run('subscribers', 'erase', 'ana@reader.example')).toMatchObject({ exitCode: 2, out: '' });
  expect(await stateOf('ana@reader.example')).toBe('active');
  expect((await run('subscribers', 'erase', 'ana@reader.example', '--yes')).out).toBe('The subscriber is erased.\n');
  expect(await stateOf('ana@reader.example')).toBe('erased');
  expect(await holding()).not.toContain('ana@reader.example');
  expect(await holding()).toContain('dov@reader.example');

  expect(
    await json('subscribers', 'import', file('readers.csv', readers), '--cadence', 'daily', '--yes'),
  ).toMatchObject({
    added: 0,
  });
  expect(await stateOf('ana@reader.example')).toBe('erased');
  await json('issue', 'resume', '--yes');
  await expect
    .poll(async () => (await json('issues', '--limit', '1'))[0])
    .toMatchObject({ planned: 4, sent: 3, suppressed: 1, addsUp: true });
  expect(local.listMailsTo('ana@reader.example')).toHaveLength(1);
  expect(await run('send-test', 'ana@reader.example', '--issue', 'daily-1')).toMatchObject({
    exitCode: 1,
    out: '',
  });
});

test('a table restored to a time before an erasure is told of it again; who came back since is spared', async () => {
  const stores = await ledger();
  const restore = async (address: string, since: string): Promise<void> => {
    const { key } = await json('subscribers', 'show', address);
    const item = { pk: `SUBSCRIBER#${key}`, sk: 'SUBSCRIBER', state: 'active', key, email: address, since };
    const put = { ...item, cadence: 'daily', paused: false, softBounces: 0 };
    await stores.table.writeMany([{ put }]);
  };
  await run('subscribers', 'erase', 'cem@reader.example', '--yes');
  await restore('ana@reader.example', '2024-06-05T00:00:00.000Z');
  await restore('cem@reader.example', new Date(Date.now() + 60_000).toISOString());
  expect(await stateOf('ana@reader.example')).toBe('active');
  expect(await json('subscribers', 'restore-erasures')).toEqual({ recorded: 2, restored: 1 });
  expect(await stateOf('ana@reader.example')).toBe('erased');
  expect(await stateOf('cem@reader.example')).toBe('active');
  expect((await run('subscribers', 'restore-erasures')).out).toBe(
    '2 recorded erasures, of which 0 had to be applied again.\n',
  );
  await restore('ana@reader.example', '2024-06-05T00:00:00.000Z');
  expect(await json('rebuild', '--yes')).toMatchObject({ restoredErasures: 1 });
  expect(await stateOf('ana@reader.example')).toBe('erased');
});

test('a list of another system: what it is taken for and why people stay off is said before anything is done', async () => {
  const path = file(
    'beehiiv.csv',
    [
      'email,First Name,status,tier,created_at,unsubscribed_at',
      'ida@reader.example,Ida,active,free,2023-03-24 10:23:10 UTC,',
      'leo@reader.example,Leo,inactive,free,2023-03-24 10:23:10 UTC,2023-05-01 10:00:00 UTC',
      'new@reader.example,New,pending,free,2023-03-24 10:23:10 UTC,',
      '',
    ].join('\n'),
  );
  const asked = await run('subscribers', 'import', path, '--consent', 'On the old site');
  expect(asked).toMatchObject({ exitCode: 2, out: '' });
  expect(asked.err).toContain(`${path} is taken for a list from beehiiv. Times without a zone are in UTC.\n`);
  expect(asked.err).toContain('New subscribers          1\n');
  expect(asked.err).toContain('1 row is kept off: the column status\n');
  expect(asked.err).toContain('1 row is refused: they never confirmed: ask them to sign up\n');
  expect((await run('subscribers', 'show', 'ida@reader.example')).exitCode).toBe(3);
  await json('subscribers', 'import', path, '--consent', 'On the old site', '--yes');
  expect(await stateOf('ida@reader.example')).toBe('active');
  expect(await stateOf('leo@reader.example')).toBe('unsubscribed');
});

test('a file that does not say who is still subscribed imports nobody until --status says it', async () => {
  const path = file('bare.csv', 'email,subscribed at\nkai@reader.example,2024-06-05\n');
  const args = ['subscribers', 'import', path, '--consent', 'By post', '--yes'];
  const asked = await run(...args);
  expect(asked).toMatchObject({ exitCode: 2, out: '' });
  expect(asked.err).toContain(`Nothing was changed: ${path} does not say who is still subscribed (1 row).\n`);
  expect((await run('subscribers', 'show', 'kai@reader.example')).exitCode).toBe(3);
  await json(...args, '--status', 'active');
  expect(await stateOf('kai@reader.example')).toBe('active');
  expect((await json(...args, '--status', 'unsubscribed')).takenOff).toBe(1);
  expect(await stateOf('kai@reader.example')).toBe('unsubscribed');
  await json(...args, '--status', 'active');
  expect(await stateOf('kai@reader.example')).toBe('unsubscribed');
});

test('who is not known cannot be shown or erased, and code 3 says so', async () => {
  for (const act of ['show', 'erase']) {
    const { exitCode, out, err } = await run('subscribers', act, 'nobody@reader.example');
    expect({ exitCode, out }).toEqual({ exitCode: 3, out: '' });
    expect(err).toContain('No subscriber has this address.\n');
  }
});

test.each([
  ['a file that is not there', 'none.csv', '', 3, 'cannot be read.'],
  ['no column of addresses', 'bad.csv', 'name;age\nAna;3\n', 1, 'has no column of addresses'],
  [
    'an open quote',
    'bad.csv',
    'email,consent\nana@a.example,"x\n',
    1,
    'after line 1: a quote is opened and not closed',
  ],
])('an import of %s is refused in a sentence, with nothing left behind', async (_, name, content, code, reason) => {
  const { exitCode, out, err } = await run('subscribers', 'import', file(name, content), '--yes');
  expect({ exitCode, out }).toEqual({ exitCode: code, out: '' });
  expect(err.trim().split('\n').at(-1)).toContain(reason);
  expect(readdirSync(folder).filter((found) => found.startsWith(`${name}.`))).toEqual([]);
});

test.each([
  [['subscribers', 'list', '--state', 'happy']],
  [['subscribers', 'import']],
  [['subscribers', 'import', 'a.csv', '--cadence', 'hourly']],
  [['subscribers', 'import', 'a.csv', '--report', './a.csv']],
  [['subscribers', 'show', 'ana']],
  [['subscribers', 'frobnicate']],
])('%j is wrong usage', async (args) => {
  const { exitCode, out, err } = await run(...args);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).not.toBe('');
});

test('every command has an example', async () => {
  for (const args of [[], ['list'], ['show'], ['import'], ['export'], ['erase']]) {
    const { out } = await runSeedpress(['subscribers', ...args, '--help']);
    expect(out).toContain(`Example:\n  npx seedpress ${['subscribers', ...args].join(' ')}`);
  }
});
