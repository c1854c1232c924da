import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DeployContext } from './deploy-context.ts';
import { waitForMail } from './newsletter-steps.ts';
import type { DeployStep } from './run-deploy-steps.ts';
import { runProcess } from './run-process.ts';

const program = fileURLToPath(new URL('../../infra/cli/seedpress.js', import.meta.url));

/** Runs the operator's command on a stack, and gives what it wrote. */
const runSeedpressOn = (
  { aws, folder, signal }: DeployContext,
  stack: string,
  args: readonly string[],
): Promise<string> =>
  runProcess(process.execPath, [program, '--stack', stack, ...args], {
    cwd: folder,
    env: aws.environment,
    timeoutSeconds: 150,
    signal,
  });

/** Runs the operator's command on the deployed stack, and gives its answer. */
export const runSeedpressJson = async (stage: DeployContext, ...args: string[]) =>
  JSON.parse(await runSeedpressOn(stage, stage.readOutputs().stackName, [...args, '--json']));

const checkStatus = async (stage: DeployContext): Promise<void> => {
  const { SiteAddress } = stage.readOutputs();
  const status = await runSeedpressJson(stage, 'status');
  assert.equal(status.site, SiteAddress);
  assert.equal(status.issues[0].name, 'daily-1');
  // Mail by SMTP brings no feedback, which would have a queue of its own.
  assert.equal(status.queues.length, 3);
  for (const { dead } of status.queues) assert.equal(dead, 0);
  const [newest] = await runSeedpressJson(stage, 'articles', '--limit', '1');
  assert.match(newest.address, new RegExp(`^${SiteAddress}/articles/`));
  assert.deepEqual(
    (await runSeedpressJson(stage, 'rejections')).map(({ key }: { key: string }) => key),
    ['broken.md'],
  );
  assert.match((await runSeedpressJson(stage, 'rejections', 'broken.md')).report, /broken\.md was not published/);
  const [issue] = await runSeedpressJson(stage, 'issues');
  assert.deepEqual([issue.name, issue.planned, issue.sent, issue.addsUp], ['daily-1', 1, 1, true]);
  await assert.rejects(runSeedpressOn(stage, 'Nobody', ['status']), /ended with 3\nThere is no stack Nobody/);
  const other = runSeedpressOn(stage, 'CDKToolkit', ['status']);
  await assert.rejects(other, /ended with 1\nThe stack CDKToolkit is not a publication/);
};

const checkSubscribers = async (stage: DeployContext): Promise<void> => {
  const file = join(stage.folder, 'readers.csv');
  const reader = 'bea@example.org';
  await writeFile(file, `email,cadence,confirmed at,consent\n${reader},weekly,2025-03-01,On paper\n`);
  await runSeedpressJson(stage, 'subscribers', 'import', file, '--yes');
  assert.equal((await runSeedpressJson(stage, 'subscribers', 'show', reader)).state, 'active');
  const { active } = await runSeedpressJson(stage, 'subscribers', 'list');
  assert.equal(active, 2);
  await runSeedpressJson(stage, 'subscribers', 'erase', reader, '--yes');
  const { active: left, erased } = await runSeedpressJson(stage, 'subscribers', 'list');
  assert.deepEqual([left, erased], [1, 1]);
};

const checkTestMail = async (stage: DeployContext): Promise<void> => {
  const tester = 'desk@example.org';
  await runSeedpressJson(stage, 'send-test', tester, '--issue', 'daily-1');
  assert.match(await waitForMail(stage, tester, 1), /^Subject: Test: /m);
};

const checkPublishAndWithdraw = async (stage: DeployContext): Promise<void> => {
  const file = join(stage.folder, 'oars.md');
  await writeFile(file, '# Oars found\n\nThey lie at the harbour office.\n');
  const [published] = await runSeedpressJson(stage, 'publish', file, '--as', 'found/oars.md');
  assert.equal(published.state, 'published');
  assert.match((await stage.request(published.address)).body, /They lie at the harbour office/);
  await runSeedpressJson(stage, 'rebuild', '--yes');
  assert.equal((await stage.request(published.address)).status, 200);
  await runSeedpressJson(stage, 'withdraw', 'found/oars.md', '--yes');
  assert.equal((await stage.request(published.address)).status, 410);
};

const checkExportAndCost = async (stage: DeployContext): Promise<void> => {
  const into = join(stage.folder, 'export');
  await runSeedpressJson(stage, 'export', into);
  const seed = await readFile(join(into, 'articles/lamp.md'), 'utf8');
  assert.match(seed, /For eleven winters the tower was dark/);
  assert.match(await readFile(join(into, 'subscribers.csv'), 'utf8'), /ann@example\.org/);
  const { total } = await runSeedpressJson(stage, 'cost');
  assert.ok(total > 0);
  assert.deepEqual(await runSeedpressJson(stage, 'redrive', '--dry-run'), []);
};

/** What the operator does from elsewhere, with nothing but the stack's name. */
export const createCliSteps = (stage: DeployContext): DeployStep[] => [
  {
    name: 'the operator’s command finds the stack by its name, and tells what is in it',
    run: () => checkStatus(stage),
  },
  { name: 'the operator imports a reader, and erases them', run: () => checkSubscribers(stage) },
  {
    name: 'the operator publishes a file, has everything made anew, and withdraws the file',
    run: () => checkPublishAndWithdraw(stage),
  },
  {
    name: 'the operator exports everything, and asks what a month costs',
    run: () => checkExportAndCost(stage),
  },
  { name: 'the operator mails an issue to one address', run: () => checkTestMail(stage) },
];
