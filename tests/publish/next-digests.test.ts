import { expect, test } from 'vitest';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';

test('a full digest stays as it is until something that it shows changes', async () => {
  const fixture = await createInMemoryPublishFixture();
  const write = (title: string): string => `---\ntitle: ${title}\n---\n\nThe story of ${title}.\n`;
  const publish = async (key: string, title: string): Promise<void> => {
    await fixture.upload(key, write(title));
    await fixture.deliverAll();
  };
  const readDigest = async (): Promise<string> => (await fixture.read('site', 'digest/daily.txt')) ?? '';
  /** As it is when everything is read anew. */
  const readRefreshed = async (): Promise<string> => {
    await fixture.services.build.requestRefresh();
    fixture.tick();
    await fixture.deliverAll();
    return readDigest();
  };
  for (let number = 100; number < 360; number += 1) await fixture.upload(`${number}.md`, write(`Story ${number}`));
  await fixture.deliver(fixture.pending.splice(0));
  const full = await readDigest();
  expect(full).toContain('Story 200');
  await publish('later.md', 'A later one');
  expect(await readDigest()).toBe(full);
  expect(await readRefreshed()).toBe(full);
  await publish('200.md', 'Story two hundred');
  const edited = await readDigest();
  expect(edited).toContain('Story two hundred');
  expect(await readRefreshed()).toBe(edited);
  for (let number = 201; number < 220; number += 1) await fixture.remove(`${number}.md`);
  await fixture.deliverAll();
  const withdrawn = await readDigest();
  expect(withdrawn).not.toContain('Story 210');
  expect(withdrawn).toContain('A later one');
  expect(await readRefreshed()).toBe(withdrawn);
});
