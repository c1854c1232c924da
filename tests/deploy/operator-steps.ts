import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mailTo } from './newsletter-steps.ts';
import type { Stage } from './open-stage.ts';
import { runCommand } from './run-command.ts';
import type { Step } from './take-steps.ts';

const program = fileURLToPath(new URL('../../infra/operator/seedpress.js', import.meta.url));

/** Runs the operator's command on a stack, and gives what it wrote. */
const operateOn = ({ aws, folder, signal }: Stage, stack: string, args: readonly string[]): Promise<string> =>
  runCommand(process.execPath, [program, '--stack', stack, ...args], {
    cwd: folder,
    env: aws.environment,
    seconds: 150,
    signal,
  });

/** Runs the operator's command on the deployed stack, and gives its answer. */
export const operate = async (stage: Stage, ...args: string[]) =>
  JSON.parse(await operateOn(stage, stage.deployed().stackName, [...args, '--json']));

const look = async (stage: Stage): Promise<void> => {
  const { SiteAddress } = stage.deployed();
  const status = await operate(stage, 'status');
  assert.equal(status.site, SiteAddress);
  assert.equal(status.issues[0].name, 'daily-1');
  // Mail by SMTP brings no feedback, which would have a queue of its own.
  assert.equal(status.queues.length, 3);
  for (const { dead } of status.queues) assert.equal(dead, 0);
  const [newest] = await operate(stage, 'articles', '--limit', '1');
  assert.match(newest.address, new RegExp(`^${SiteAddress}/articles/`));
  assert.deepEqual(
    (await operate(stage, 'rejections')).map(({ key }: { key: string }) => key),
    ['broken.md'],
  );
  assert.match((await operate(stage, 'rejections', 'broken.md')).report, /broken\.md was not published/);
  const [issue] = await operate(stage, 'issues');
  assert.deepEqual([issue.name, issue.planned, issue.sent, issue.addsUp], ['daily-1', 1, 1, true]);
  await assert.rejects(operateOn(stage, 'Nobody', ['status']), /ended with 3\nThere is no stack Nobody/);
  const other = operateOn(stage, 'CDKToolkit', ['status']);
  await assert.rejects(other, /ended with 1\nThe stack CDKToolkit is no publication/);
};

const keepList = async (stage: Stage): Promise<void> => {
  const file = join(stage.folder, 'readers.csv');
  const reader = 'bea@example.org';
  await writeFile(file, `email,cadence,confirmed at,consent\n${reader},weekly,2025-03-01,On paper\n`);
  await operate(stage, 'subscribers', 'import', file, '--yes');
  assert.equal((await operate(stage, 'subscribers', 'show', reader)).state, 'active');
  const { active } = await operate(stage, 'subscribers', 'list');
  assert.equal(active, 2);
  await operate(stage, 'subscribers', 'erase', reader, '--yes');
  const { active: left, erased } = await operate(stage, 'subscribers', 'list');
  assert.deepEqual([left, erased], [1, 1]);
};

const sendTest = async (stage: Stage): Promise<void> => {
  const tester = 'desk@example.org';
  await operate(stage, 'send-test', tester, '--issue', 'daily-1');
  assert.match(await mailTo(stage, tester, 1), /^Subject: Test: /m);
};

const publishAndWithdraw = async (stage: Stage): Promise<void> => {
  const file = join(stage.folder, 'oars.md');
  await writeFile(file, '# Oars found\n\nThey lie at the harbour office.\n');
  const [published] = await operate(stage, 'publish', file, '--as', 'found/oars.md');
  assert.equal(published.state, 'published');
  assert.match((await stage.visit(published.address)).body, /They lie at the harbour office/);
  await operate(stage, 'rebuild', '--yes');
  assert.equal((await stage.visit(published.address)).status, 200);
  await operate(stage, 'withdraw', 'found/oars.md', '--yes');
  assert.equal((await stage.visit(published.address)).status, 404);
};

const takeStock = async (stage: Stage): Promise<void> => {
  const into = join(stage.folder, 'export');
  await operate(stage, 'export', into);
  const seed = await readFile(join(into, 'articles/lamp.md'), 'utf8');
  assert.match(seed, /For eleven winters the tower was dark/);
  assert.match(await readFile(join(into, 'subscribers.csv'), 'utf8'), /ann@example\.org/);
  const { total } = await operate(stage, 'cost');
  assert.ok(total > 0);
  assert.deepEqual(await operate(stage, 'redrive', '--dry-run'), []);
};

/** What the operator does from elsewhere, with nothing but the stack's name. */
export const operatorSteps = (stage: Stage): Step[] => [
  {
    name: 'the operator’s command finds the stack by its name, and tells what is in it',
    act: () => look(stage),
  },
  { name: 'the operator imports a reader, and erases them', act: () => keepList(stage) },
  {
    name: 'the operator publishes a file, has everything made anew, and withdraws the file',
    act: () => publishAndWithdraw(stage),
  },
  { name: 'the operator exports everything, and asks what a month costs', act: () => takeStock(stage) },
  { name: 'the operator mails an issue to one address', act: () => sendTest(stage) },
];
