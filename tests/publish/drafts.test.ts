import { expect, test } from 'vitest';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';

const article = (fields: string): string => `---\ntitle: Ferry\n${fields}---\nThe text of it.\n`;

test('an article that is uploaded again as a draft is withdrawn without a report, and returns when it is none', async () => {
  const fixture = await createInMemoryPublishFixture();
  const upload = async (fields: string) => {
    await fixture.upload('ferry.md', article(fields));
    await fixture.deliverAll();
    return [...(await fixture.list('site')).keys()].filter((key) => key.startsWith('articles/'));
  };
  expect(await upload('')).toEqual(['articles/ferry']);
  expect(await upload('status: draft\n')).toEqual([]);
  expect([...(await fixture.list('internal')).keys()].filter((key) => key.startsWith('rejections/'))).toEqual([]);
  expect(await upload('status: published\n')).toEqual(['articles/ferry']);
});

test('what an author may want to know of a seed that is not refused is in the internal bucket while it holds', async () => {
  const fixture = await createInMemoryPublishFixture();
  const upload = async (fields: string) => {
    await fixture.upload('ferry.md', article(fields));
    await fixture.deliverAll();
    return fixture.read('internal', 'notices/ferry.md.txt');
  };
  expect(await upload('draft: true\n')).toMatch(
    /^ferry\.md is not public\.\n\nReason: This is a draft, as its field “draft” says\.\nWhere: {2}line 3\nUpload: /,
  );
  expect(await upload('sumary: In short\n')).toMatch(
    /^ferry\.md can be improved\.\n\nline 3: `sumary` is not known; did you mean `summary`\?\nUpload: /,
  );
  expect(await upload('')).toBeUndefined();
  await upload('draft: true\n');
  await fixture.remove('ferry.md');
  await fixture.deliverAll();
  expect(await fixture.read('internal', 'notices/ferry.md.txt')).toBeUndefined();
});

test('an article leaves the site when its expiryDate passes, and not before', async () => {
  let now = new Date();
  const fixture = await createInMemoryPublishFixture({ now: () => now });
  const expiry = new Date(Date.now() + 3_600_000);
  await fixture.upload('ferry.md', article(`expiryDate: ${expiry.toISOString()}\n`));
  await fixture.deliverAll();
  const listArticlesAt = async (time: Date) => {
    now = time;
    fixture.tick();
    await fixture.deliverAll();
    return [...(await fixture.list('site')).keys()].filter((key) => key.startsWith('articles/'));
  };
  expect(await listArticlesAt(new Date(expiry.getTime() - 1000))).toEqual(['articles/ferry']);
  expect(await fixture.read('site', 'rss.xml')).toContain('Ferry');
  expect(await listArticlesAt(expiry)).toEqual([]);
  expect(await fixture.read('site', 'rss.xml')).not.toContain('<title>Ferry');
});
