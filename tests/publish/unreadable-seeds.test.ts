import { S3ServiceException } from '@aws-sdk/client-s3';
import { afterEach, expect, test } from 'vitest';
import { createSeedParser } from '../../functions/adapters/seed-parser.ts';
import { sampleImages } from '../core/image/sample-images.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';

const seedParser = createSeedParser({
  entry: new URL('../adapters/unruly-process.ts', import.meta.url),
  timeoutMs: 1000,
});
afterEach(() => seedParser.close());

test('seeds that cannot be read are rejected, and keep no other message of their batch from being handled', async () => {
  const fixture = await createInMemoryPublishFixture();
  const services = { ...fixture.services, seedParser };
  const texts = ['', 'hang', '', 'abort', '', 'hangInside', '', ''];
  for (const [index, text] of texts.entries()) await fixture.upload(`${index}.md`, text);
  expect(await fixture.deliver(fixture.pending.splice(0), services)).toEqual([]);
  for (const [index, text] of texts.entries()) {
    const report = await fixture.read('internal', `rejections/${index}.md.txt`);
    expect(report).toContain(text === '' ? `Reason: ${index}.md by` : 'Reason: The file');
  }
});

test('a seed that the time left is too short for is queued again, and read by the next invocation', async () => {
  const fixture = await createInMemoryPublishFixture();
  await fixture.upload('a.md', 'hang');
  await fixture.upload('b.png', sampleImages['plain.png']);
  const services = { ...fixture.services, seedParser };
  expect(await fixture.deliver(fixture.pending.splice(0), services, () => 40_000)).toEqual([]);
  expect(await fixture.list('internal')).toEqual(new Map());
  expect([...(await fixture.list('site')).keys()]).toContain('images/b.png');
  expect(fixture.pending).toHaveLength(1);
  await fixture.deliverAll(services);
  expect(await fixture.read('internal', 'rejections/a.md.txt')).toContain('takes too long to read');
});

test.each([
  ['AccessDenied', 'User: publish is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:x:1:key/k'],
  ['KMS.DisabledException', 'arn:aws:kms:x:1:key/k is disabled.'],
])('an upload whose KMS key may not be used is refused with a reason (%s)', async (name, message) => {
  const failure = new S3ServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode: 403 } });
  const fixture = await createInMemoryPublishFixture({
    onRequest: (_command, about) => {
      if (about.some((part) => typeof part === 'string' && /seeds\/secret\./.test(part))) throw failure;
    },
  });
  for (const key of ['secret.md', 'secret.png', 'secret.pdf', 'open.md'])
    await fixture.upload(key, '# A title\n\nA text.\n');
  await fixture.deliverAll();
  for (const key of ['secret.md', 'secret.png', 'secret.pdf'])
    expect(await fixture.read('internal', `rejections/${key}.txt`)).toContain('a KMS key that Seedpress may not use');
  expect([...(await fixture.list('site')).keys()].filter((key) => key.startsWith('articles/'))).toHaveLength(1);
});

test('a seed that the role may not read at all is tried again', async () => {
  const failure = new S3ServiceException({
    name: 'AccessDenied',
    message: 'Access Denied',
    $fault: 'client',
    $metadata: {},
  });
  const fixture = await createInMemoryPublishFixture({
    onRequest: (_command, about) => {
      if (about.includes('seeds/a.md')) throw failure;
    },
  });
  await fixture.upload('a.md', '# A title\n\nA text.\n');
  expect(await fixture.deliver(fixture.pending.splice(0))).toHaveLength(1);
});
