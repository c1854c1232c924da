import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasChromium, startChromium } from '../core/site/browser.ts';
import { type LocalRunFixture, startLocalRunFixture } from './local-run-fixture.ts';

let run: LocalRunFixture;
beforeAll(async () => {
  run = await startLocalRunFixture({ newsletter: { hold: true } });
});
afterAll(() => run?.close());

/** The operator's mail; the settings of the sample name its sender. */
const operator = 'editor@harbour-gazette.example';
const shots = process.env.SEEDPRESS_SHOTS;

test.skipIf(!hasChromium)(
  'an editor writes an introduction on a phone, previews again, approves, and readers get it',
  async () => {
    await run.subscribe('dan@example.org');
    for (const title of ['The ferry is late', 'A bell buoy', 'Tides by hand'])
      await run.publish(title, `It is ${title}.`);
    await run.seedpress('issue', 'compose', 'daily', '--yes');
    const link = /http\S+\/approve\?token=\S+/.exec(run.findLastMailTo(operator).text)?.[0] ?? '';
    const browser = await startChromium();
    try {
      const page = await browser.newPage({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
      await page.goto(link);
      await page.fill('#page-subject', 'A quiet week in the harbour');
      await page.fill('#page-introduction', 'Dear readers,\n\n*nothing* sank.');
      const place = page.locator('.placing li', { hasText: 'The ferry is late' });
      await place.getByLabel('Place').fill('1');
      await page.locator('.placing li', { hasText: 'A bell buoy' }).getByLabel('Leave out').check();
      if (shots) await page.screenshot({ path: join(shots, 'edit.png'), fullPage: true });
      await page.getByRole('button', { name: 'Save and preview again' }).click();
      if (shots) await page.screenshot({ path: join(shots, 'saved.png'), fullPage: true });
      await expect.poll(() => run.findLastMailTo(operator).subject).toBe('Approve: A quiet week in the harbour');
      await page.goto(link);
      expect(await page.locator('.placing bdi').allTextContents()).toEqual([
        'The ferry is late',
        'Tides by hand',
        'A bell buoy',
      ]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      if (shots) await page.screenshot({ path: join(shots, 'previewed.png'), fullPage: true });
      await page.getByRole('button', { name: 'Approve and send' }).click();
      expect(await page.textContent('h1')).toBe('The issue was approved');
      await expect.poll(() => run.findLastMailTo('dan@example.org').subject).toBe('A quiet week in the harbour');
    } finally {
      await browser.close();
    }
    const mail = run.findLastMailTo('dan@example.org');
    expect(mail.text).toContain('nothing sank.');
    expect(mail.text).not.toContain('A bell buoy');
    const issue = await (await fetch(`${run.site}/issues/daily-1`)).text();
    expect(issue).toContain('<em>nothing</em> sank.');
  },
);

test.skipIf(!hasChromium)(
  'the command edits the next issue, says what it will be, and sends what was left out',
  async () => {
    await run.publish('Fog', 'It is thick.');
    await run.seedpress('issue', 'compose', 'daily', '--yes');
    const introduction = join(run.data, 'introduction.md');
    writeFileSync(introduction, 'Good morning.');
    const printed = await run.seedpress(
      ...[
        'issue',
        'edit',
        'daily-2',
        '--introduction',
        introduction,
        '--order',
        'a-bell-buoy.md',
        '--leave-out',
        'fog.md',
      ],
    );
    expect(printed).toMatch(/^Subject +A bell buoy/m);
    expect(printed).toContain('1. A bell buoy');
    expect(printed).toContain('– Fog, left out');
    await run.seedpress('issue', 'approve', 'daily-2');
    await expect.poll(() => run.findLastMailTo('dan@example.org').text).toContain('Good morning.');
    expect(run.findLastMailTo('dan@example.org').text).not.toContain('It is thick.');
  },
);
