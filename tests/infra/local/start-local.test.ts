import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { readControlFile } from '../../../infra/local/control/control-file.ts';
import { sendControlRequest } from '../../../infra/local/control/send-control-request.ts';
import { formatAddresses } from '../../../infra/local/format-addresses.ts';
import { type LocalRunOptions, startLocal } from '../../../infra/local/start-local.ts';
import { createTemporaryFolder } from './create-function-plan.ts';
import { createTestS3Client } from './s3/s3-fixture.ts';
import { smallAppResources, writeSmallAppAssembly } from './small-app.ts';

const folders = () => {
  const folder = createTemporaryFolder();
  const [data, seeds] = [join(folder, 'data'), join(folder, 'seeds')];
  mkdirSync(seeds);
  return { data, seeds };
};

const start = async (more: Partial<LocalRunOptions> = {}, resources: object = smallAppResources) => {
  const printed: string[] = [];
  const options: LocalRunOptions = {
    ...folders(),
    sitePort: 0,
    s3Port: 0,
    inboxPort: 0,
    retryDelaySeconds: 0.1,
    synthesize: async (outdir) => writeSmallAppAssembly(outdir, resources),
    print: (text) => printed.push(text),
    ...more,
  };
  const local = await startLocal(options);
  onTestFinished(() => local.close());
  const client = createTestS3Client(local.servers.s3.endpoint);
  const upload = (Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket: 'seeds', Key, Body }));
  const read = async (key: string) => (await fetch(`${local.site}/${encodeURIComponent(key)}`)).text();
  const pending = () => {
    const { visible, inFlight } = local.servers.queues.countMessages('uploads');
    return visible + inFlight;
  };
  return { local, options, printed, upload, read, pending };
};

test('an upload goes through bucket, bus, queue and function to the site', async () => {
  const { local, upload, read } = await start();
  await upload('notes/a + b é.txt', 'hello');
  await expect.poll(() => read('notes/a + b é.txt')).toBe('HELLO');
  await expect.poll(() => read('ticked')).toBe(local.site);
});

test('the folder is published, edited and withdrawn', async () => {
  const { local, options, read } = await start();
  const file = join(options.seeds, 'story.txt');
  writeFileSync(file, 'first');
  await local.mirror();
  await expect.poll(() => read('story.txt')).toBe('FIRST');
  writeFileSync(file, 'second');
  await expect.poll(() => read('story.txt')).toBe('SECOND');
  rmSync(file);
  await expect.poll(() => read('story.txt')).toBe('withdrawn');
});

test('a failed message is retried, and one that always fails is reported and does not block others', async () => {
  const { local, upload, read, pending, printed } = await start();
  await Promise.all([upload('once', 'fails once'), upload('never', 'always fails'), upload('fine', 'fine')]);
  await expect.poll(() => read('once')).toBe('FAILS ONCE');
  expect(await read('fine')).toBe('FINE');
  await expect.poll(() => local.servers.queues.countMessages('dead-letters').visible).toBe(1);
  await expect.poll(pending).toBe(0);
  expect(printed.filter((line) => line.includes('gave up on a message after 3 attempts'))).toHaveLength(1);
  expect(printed).toContain('publish: error: failed  error: Error: never');
});

test('the reports on seeds that are refused or not public are printed, and one that is written again is not repeated', async () => {
  const { upload, read, pending, printed } = await start();
  await Promise.all([upload('bad.md', 'refused'), upload('draft.md', 'draft')]);
  await expect.poll(() => printed).toContain('bad.md was not published.');
  await expect.poll(() => printed).toContain('draft.md is not public.');
  await Promise.all([upload('bad.md', 'refused'), upload('fine.md', 'fine')]);
  await expect.poll(() => read('fine.md')).toBe('FINE');
  await expect.poll(pending).toBe(0);
  await upload('worse.md', 'refused');
  await expect.poll(() => printed).toContain('worse.md was not published.');
  expect(printed.filter((line) => line === 'bad.md was not published.')).toHaveLength(1);
});

test('a function that is the target of a rule is invoked again when it fails', async () => {
  const Called = {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['test'] },
      Targets: [{ Arn: { 'Fn::GetAtt': ['Publish', 'Arn'] } }],
    },
  };
  const Permission = {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: 'Publish' },
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': ['Called', 'Arn'] },
    },
  };
  const { local, read } = await start({}, { ...smallAppResources, Called, Permission });
  local.bus.putEvent({ source: 'test' });
  await expect.poll(() => read('called')).toBe('at call 2');
});

test('requests are answered with the token in the data folder, and refused without it', async () => {
  const { local, options } = await start();
  expect(await sendControlRequest(options.data, { action: 'describe' })).toMatchObject({
    inbox: local.servers.ses.endpoint,
    clockOffsetMs: 0,
    queues: expect.arrayContaining([
      { name: 'uploads', url: expect.any(String), deadLettersUrl: expect.stringContaining('dead-letters') },
    ]),
  });
  const { endpoint } = readControlFile(options.data) ?? {};
  const headers = { authorization: 'Bearer guessed' };
  const refused = await fetch(endpoint ?? '', { method: 'POST', headers, body: '{"action":"describe"}' });
  expect(refused.status).toBe(403);
  await local.close();
  expect(readControlFile(options.data)).toBeUndefined();
});

test('the progress of a burst is printed', async () => {
  const { local, pending, printed } = await start();
  // All are queued before the first is handled, and a slow one heads each of the two batches that are handled first.
  for (let at = 0; at < 300; at += 1) {
    const key = at === 0 || at === 10 ? 'slow' : `burst/${at}`;
    local.servers.queues.send(
      'uploads',
      JSON.stringify({ 'detail-type': 'Object Created', detail: { object: { key } } }),
    );
  }
  await expect.poll(pending).toBe(0);
  // Each minute's tick is a message too.
  await expect.poll(() => printed.join('\n')).toMatch(/Publishing: \d+ of 30\d\n(.*\n)*Publishing: all 30\d done/);
});

test('the addresses are printed, with the command to upload', async () => {
  const { local } = await start();
  const text = formatAddresses(local, { seedsFolder: 'seeds/', command: 'npx seedpress' });
  expect(text).toContain('The Small Paper is running.');
  for (const path of ['/', '/subscribe', '/rss.xml', '/atom.xml', '/feed.json', '/digest/daily.html'])
    expect(text).toContain(`${local.site}${path}\n`);
  expect(text).toContain(`${local.servers.ses.endpoint}/\n`);
  expect(text).toContain('npx seedpress issue compose daily');
  expect(text).toContain(`aws s3 cp story.txt s3://seeds/ --endpoint-url ${local.servers.s3.endpoint}`);
});

test('a second run on the same folder, a missing folder, a port in use and an unknown type are reported', async () => {
  const { local, options } = await start();
  await expect(startLocal(options)).rejects.toThrow(`running already on ${options.data}`);
  await expect(start({ seeds: '/does/not/exist' })).rejects.toThrow('no folder /does/not/exist');
  await expect(start({ s3Port: local.servers.s3.port })).rejects.toThrow(`port ${local.servers.s3.port} is taken`);
  const sitePort = Number(new URL(local.site).port);
  await expect(start({ sitePort })).rejects.toThrow(`port ${sitePort} is taken`);
  const { data, seeds } = folders();
  const strange = { ...smallAppResources, Strange: { Type: 'AWS::Kinesis::Stream' } };
  await expect(start({ data, seeds }, strange)).rejects.toThrow('AWS::Kinesis::Stream');
  // Nothing of the failed start is left: the folder is free.
  await start({ data, seeds });
});

test('data of an earlier version, whose table lacks an index, is reported', async () => {
  const { GlobalSecondaryIndexes: _none, ...old } = smallAppResources.Table.Properties;
  const AttributeDefinitions = old.AttributeDefinitions.slice(0, 2);
  const Table = { ...smallAppResources.Table, Properties: { ...old, AttributeDefinitions } };
  const before = await start({}, { ...smallAppResources, Table });
  await before.local.close();
  const { data, seeds } = before.options;
  await expect(start({ data, seeds })).rejects.toThrow('earlier version');
});

const where = z.object({ s3: z.string(), site: z.string() });
const startProcess = async (data: string, seeds: string) => {
  const script = fileURLToPath(new URL('./run-small-app.ts', import.meta.url));
  const running: ChildProcess = spawn(process.execPath, [script, '--data', data, '--seeds', seeds], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => {
    running.kill('SIGKILL');
  });
  if (!running.stdout) throw new Error('no output to read');
  for await (const line of createInterface({ input: running.stdout }))
    return { running, ...where.parse(JSON.parse(line)) };
  throw new Error('it did not start');
};

test('a run that is killed during a burst has lost nothing after a restart', async () => {
  const { data, seeds } = folders();
  const first = await startProcess(data, seeds);
  const exited = once(first.running, 'exit');
  const client = createTestS3Client(first.s3);
  const names = Array.from({ length: 200 }, (_, at) => `burst ${at}`);
  const done = new Set<string>();
  const uploads = names.map(async (Key) => {
    await client.send(new PutObjectCommand({ Bucket: 'seeds', Key, Body: `text of ${Key}` }));
    done.add(Key);
    if (done.size === 100) first.running.kill('SIGKILL');
  });
  await Promise.allSettled(uploads);
  await exited;
  expect(done.size).toBeGreaterThanOrEqual(100);
  expect(done.size).toBeLessThan(names.length);

  const second = await startProcess(data, seeds);
  for (const name of done) {
    const published = async () => (await fetch(`${second.site}/${encodeURIComponent(name)}`)).text();
    await expect.poll(published).toBe(`TEXT OF ${name.toUpperCase()}`);
  }
});

/** The template without the statements of a policy that allow an action. */
const withoutAction = (id: 'RolePolicy' | 'UploadsPolicy' | 'SitePolicy', action: string) => {
  const { Type, Properties } = smallAppResources[id];
  const { Statement } = Properties.PolicyDocument;
  const kept = Statement.filter(({ Action }) => ![Action].flat().includes(action));
  expect(kept.length).toBeLessThan(Statement.length);
  return {
    ...smallAppResources,
    [id]: { Type, Properties: { ...Properties, PolicyDocument: { Statement: kept } } },
  };
};

test.each([
  ['s3:GetObject', 'arn:aws:s3:::seeds/a.txt'],
  ['s3:PutObject', 'arn:aws:s3:::site/a.txt'],
])(
  'without a statement for %s, the function fails, and the terminal names it, the action and the resource',
  async (action, resource) => {
    const { upload, printed } = await start({}, withoutAction('RolePolicy', action));
    await upload('a.txt', 'hello');
    await expect
      .poll(() => printed)
      .toContain(`publish: AccessDenied: ${action} on ${resource}: no statement of its role role allows it`);
    await expect.poll(() => printed.join('\n')).toMatch(/publish: error: failed .*AccessDenied/);
  },
);

test('without the statement of the bucket policy, CloudFront reads nothing', async () => {
  const { local, upload, read, printed } = await start({}, withoutAction('SitePolicy', 's3:GetObject'));
  await upload('a.txt', 'hello');
  await expect.poll(() => local.functions.isBusy()).toBe(false);
  expect(await read('a.txt')).toContain('<Code>AccessDenied</Code>');
  expect(printed).toContainEqual(
    expect.stringMatching(
      /^cloudfront\.amazonaws\.com for \S+: AccessDenied: s3:GetObject on arn:aws:s3:::site\/a\.txt: no policy/,
    ),
  );
});

test('a template that AWS services could not run is refused', async () => {
  const tick = 'arn:aws:events:us-east-1:000000000000:rule/tick';
  await expect(start({}, withoutAction('UploadsPolicy', 'sqs:SendMessage'))).rejects.toThrow(
    `events.amazonaws.com for ${tick}: AccessDenied: sqs:SendMessage on arn:aws:sqs:us-east-1:000000000000:uploads: no policy of the resource allows it`,
  );
  await expect(start({}, withoutAction('RolePolicy', 'sqs:ReceiveMessage'))).rejects.toThrow(
    /^AWS would refuse.*\npublish: AccessDenied: sqs:ReceiveMessage on \S+:uploads: no statement of its role role/,
  );
});
