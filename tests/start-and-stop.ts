import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Starts the project as a stranger would, with `npm start`, waits until the sample seeds are in the feed, and stops it
 * with Ctrl-C. Exit code 0 when all of that happened.
 */
const patience = 120_000;

const data = await mkdtemp(join(tmpdir(), 'seedpress-start-'));
const child = spawn('npm', ['start', '--', '--data', data, '--site-port', '0', '--s3-port', '0'], {
  detached: true,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const began = Date.now();
let printed = '';
child.stdout.setEncoding('utf8').on('data', (text: string) => {
  printed += text;
});
const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));

const feedAddress = (): string | undefined => /http:\/\/127\.0\.0\.1:\d+\/feed\.json/.exec(printed)?.[0];

const waitForFeed = async (): Promise<string> => {
  while (Date.now() - began < patience && child.exitCode === null) {
    const address = feedAddress();
    const answer = address && (await fetch(address).catch(() => undefined));
    const text = answer && answer.ok ? await answer.text() : '';
    if (text.includes('US embassy in Baghdad hit by rockets, no casualties')) return address ?? '';
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the sample seeds did not appear in the feed; npm start printed:\n${printed}`);
};

try {
  const address = await waitForFeed();
  console.log(`${address} shows the sample seeds after ${((Date.now() - began) / 1000).toFixed(1)} s`);
} finally {
  if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
  const code = await ended;
  console.log(`stopped with exit code ${code}`);
  await rm(data, { recursive: true, force: true });
}
