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
