import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { startPublishFixture } from './publish-fixture.ts';

const key = '000_b4ff03a5ba8aed30.txt';

/** Names a golden file after the document, with an ending that shows it rightly in an editor. */
const goldenOf = (name: string): string => `golden/given-seed/${name}${/\.\w+$/.test(name) ? '' : '.html'}`;

test('the given seed, published alone, gives exactly these documents', async () => {
  const fixture = await startPublishFixture({ now: () => new Date('2026-11-20T12:00:00Z') });
  try {
    await fixture.upload(key, await readFile(new URL(`../../seeds/${key}`, import.meta.url)));
    await fixture.deliverAll();
    for (const name of (await fixture.list('site')).keys()) {
      // The search index is binary, and has tests of its own.
      if (name.startsWith('assets/') || name.startsWith('search/')) continue;
      // The style sheet's hash is its content's, and would touch every page with each change of a colour.
      const text = (await fixture.read('site', name))?.replaceAll(/style-[0-9a-f]+\.css/g, 'style.css');
      await expect(text).toMatchFileSnapshot(goldenOf(name));
    }
  } finally {
    await fixture.stop();
  }
});
