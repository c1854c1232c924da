import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitForSite } from './wait-for-site.ts';

/**
 * Starts the project as a stranger would, with `npm start`, waits until the sample seeds are in the feed, and stops it
 * with Ctrl-C. Ends with exit code 0 when all of that happened, `npm start` ended with 0 too, and the data is for its
 * owner alone.
 */
const data = await mkdtemp(join(tmpdir(), 'seedpress-start-'));
const began = Date.now();
const child = spawn('npm', ['start', '--', '--data', data, '--site-port', '0', '--s3-port', '0', '--inbox-port', '0'], {
  detached: true,
  // Ctrl-C ends sh with a signal whatever its command ends with; bash runs the command in its own place.
  env: { ...process.env, npm_config_script_shell: 'bash' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
try {
  const site = await waitForSite(child, 'US embassy in Baghdad hit by rockets, no casualties');
  console.log(`${site} shows the sample seeds after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  for (const name of await readdir(data)) {
    const { mode } = await stat(join(data, name));
    if ((mode & 0o077) !== 0) throw new Error(`others may use ${name} of the data folder: ${mode.toString(8)}`);
  }
} finally {
  if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
  const code = await ended;
  console.log(`stopped with exit code ${code}`);
  if (code !== 0) process.exitCode = 1;
  await rm(data, { recursive: true, force: true });
}
