import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { waitForSite } from './wait-for-site.ts';

/** Makes the README's pictures from the sample seeds: `npm run screenshots`. Needs Chromium. */
const images = new URL('../docs/images/', import.meta.url).pathname;

const countSamples = async (): Promise<number> => {
  const names = await readdir(new URL('../seeds/', import.meta.url));
  return names.filter((name) => /\.(txt|md|html)$/.test(name)).length;
};

/** Every sample has its page, and the photograph its sizes, which are looked for once a minute. */
const waitForSamples = async (site: string): Promise<void> => {
  const count = await countSamples();
  for (let waited = 0; waited < 180; waited += 1) {
    const home = await fetch(site).then((answer) => answer.text());
    const shown = new Set(Array.from(home.matchAll(/href="(\/articles\/[^"#]+)"/g), ([, path]) => path)).size;
    if (shown === count && home.includes('.webp 960w')) return;
    await sleep(1000);
  }
  throw new Error('the samples were not published within three minutes');
};

const data = await mkdtemp(join(tmpdir(), 'seedpress-screenshots-'));
const child = spawn('npm', ['start', '--', '--data', data, '--site-port', '0', '--s3-port', '0', '--inbox-port', '0'], {
  detached: true,
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const site = await waitForSite(child, 'US embassy in Baghdad');
  await waitForSamples(site);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  for (const [name, path, width, height] of [
    ['site', '/', 1200, 1000],
    ['digest', '/digest/daily.html', 700, 1000],
  ] as const) {
    const page = await browser.newPage({ viewport: { width, height } });
    await page.goto(site + path);
    await page.screenshot({ path: `${images}${name}.png` });
  }
  await browser.close();
} finally {
  if (child.pid) process.kill(-child.pid, 'SIGINT');
  await new Promise((resolve) => child.on('exit', resolve));
  await rm(data, { recursive: true, force: true });
}
