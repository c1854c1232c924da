import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startS3Fixture } from './s3-fixture.ts';

const put = (client: S3Client, Key: string, Body: string | Uint8Array = Key, more = {}) =>
  client.send(new PutObjectCommand({ Bucket: 'box', Key, Body, ...more }));
const get = async (client: S3Client, Key: string, more = {}) => {
  const answer = await client.send(new GetObjectCommand({ Bucket: 'box', Key, ...more }));
  return { ...answer, bytes: Buffer.from((await answer.Body?.transformToByteArray()) ?? []) };
};
const status = (code: number) =>
  expect.objectContaining({ $metadata: expect.objectContaining({ httpStatusCode: code }) });

const oddKeys = [
  'plain.txt',
  'with space + plus.txt',
  'a%2Fb%20c',
  '/leading/slash',
  '//two',
  'trailing/',
  '../../etc/passwd',
  '..',
  '.',
  'a/../b',
  'Zürich – 漢字 🚢.md',
  'e\u0301 decomposed',
  'quo\'te"<&>?#[]{}|\\^~`',
  'tab\tand\nline',
  'x'.repeat(1024),
];

describe('an object', () => {
  test('is returned with its bytes, type, ETag and metadata', async () => {
    const { client } = await startS3Fixture();
    const written = await put(client, 'a/page', 'Hello', {
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'max-age=300',
      ContentEncoding: 'identity',
      Metadata: { sequencer: '00AB' },
    });
    const read = await get(client, 'a/page');
    expect(read.bytes.toString()).toBe('Hello');
    expect(written.ETag).toBe(`"${createHash('md5').update('Hello').digest('hex')}"`);
    expect(read).toMatchObject({
      ETag: written.ETag,
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'max-age=300',
      ContentEncoding: 'identity',
      ContentLength: 5,
      Metadata: { sequencer: '00AB' },
      LastModified: expect.any(Date),
    });
    const head = await client.send(new HeadObjectCommand({ Bucket: 'box', Key: 'a/page' }));
    expect(head).toMatchObject({ ETag: written.ETag, ContentLength: 5, Metadata: { sequencer: '00AB' } });
  });

  test.each(oddKeys)('has any key: %j', async (key) => {
    const { client, events } = await startS3Fixture();
    await put(client, key);
    expect((await get(client, key)).bytes.toString()).toBe(key);
    const listed = await client.send(new ListObjectsV2Command({ Bucket: 'box' }));
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual([key]);
    await client.send(
      new CopyObjectCommand({ Bucket: 'other', Key: key, CopySource: `box/${encodeURIComponent(key)}` }),
    );
    await client.send(new DeleteObjectsCommand({ Bucket: 'box', Delete: { Objects: [{ Key: key }] } }));
    await expect(get(client, key)).rejects.toThrow(status(404));
    expect(events.map(({ type, bucket, key: told }) => [type, bucket, told])).toEqual([
      ['Object Created', 'box', key],
      ['Object Created', 'other', key],
      ['Object Deleted', 'box', key],
    ]);
  });

  test('may be empty', async () => {
    const { client } = await startS3Fixture();
    await put(client, 'nothing', '');
    expect((await get(client, 'nothing')).bytes).toHaveLength(0);
    await expect(get(client, 'nothing', { Range: 'bytes=0-' })).rejects.toThrow(status(416));
  });

  test('is replaced as a whole, and a reader of the old one gets all of it', async () => {
    const { client } = await startS3Fixture();
    const old = Buffer.alloc(3_000_000, 'old');
    await put(client, 'k', old, { CacheControl: 'no-store' });
    const reading = await client.send(new GetObjectCommand({ Bucket: 'box', Key: 'k' }));
    await put(client, 'k', 'new');
    expect(Buffer.from((await reading.Body?.transformToByteArray()) ?? []).equals(old)).toBe(true);
    const read = await get(client, 'k');
    expect(read.bytes.toString()).toBe('new');
    expect(read.CacheControl).toBeUndefined();
  });

  test('that does not exist is 404, and so is a missing bucket', async () => {
    const { client } = await startS3Fixture();
    await expect(get(client, 'none')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(client.send(new PutObjectCommand({ Bucket: 'nowhere', Key: 'k', Body: '' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    await expect(client.send(new HeadObjectCommand({ Bucket: 'box', Key: 'none' }))).rejects.toThrow(status(404));
    await client.send(new DeleteObjectCommand({ Bucket: 'box', Key: 'none' }));
  });
});

describe('a body', () => {
  test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'of 12 MiB is streamed in chunks with a trailing %s',
    async (algorithm) => {
      const { client } = await startS3Fixture();
      const body = Buffer.alloc(12 * 1024 * 1024, 'seedpress ');
      const pieces = Array.from({ length: 12 }, (_, at) => body.subarray(at << 20, (at + 1) << 20));
      await client.send(
        new PutObjectCommand({
          Bucket: 'box',
          Key: 'large',
          Body: Readable.from(pieces),
          ContentLength: body.length,
          ChecksumAlgorithm: algorithm,
        }),
      );
      const read = await get(client, 'large');
      expect(read.bytes.equals(body)).toBe(true);
      expect(read.ContentEncoding).toBeUndefined();
      const head = await client.send(new HeadObjectCommand({ Bucket: 'box', Key: 'large', ChecksumMode: 'ENABLED' }));
      expect(head).toHaveProperty(`Checksum${algorithm}`, expect.stringMatching(/=$/));
    },
  );

  test.each([
    ['Content-MD5', { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }, 'BadDigest'],
    ['CRC32', { 'x-amz-checksum-crc32': 'AAAAAA==' }, 'BadDigest'],
    ['SHA-256 of the payload', { 'x-amz-content-sha256': '0'.repeat(64) }, 'XAmzContentSHA256Mismatch'],
  ])('that is not what its %s says is refused and changes nothing', async (_what, headers, code) => {
    const { client, s3, events } = await startS3Fixture();
    await put(client, 'k', 'before');
    const answer = await fetch(`${s3.endpoint}/box/k`, { method: 'PUT', headers, body: 'after' });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(code)]);
    expect((await get(client, 'k')).bytes.toString()).toBe('before');
    expect(events).toHaveLength(1);
  });

  test('with a wrong trailing checksum or incomplete chunks is refused', async () => {
    const { s3 } = await startS3Fixture();
    const send = (body: string) =>
      fetch(`${s3.endpoint}/box/k`, {
        method: 'PUT',
        headers: { 'content-encoding': 'aws-chunked', 'x-amz-trailer': 'x-amz-checksum-crc32' },
        body,
      });
    const wrong = await send('5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n');
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('BadDigest')]);
    const cut = await send('5\r\nhel');
    expect([cut.status, await cut.text()]).toEqual([400, expect.stringContaining('IncompleteBody')]);
    const right = await send('2\r\nhe\r\n3\r\nllo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n');
    expect([right.status, await (await fetch(`${s3.endpoint}/box/k`)).text()]).toEqual([200, 'hello']);
  });

  test('is read by range', async () => {
    const { client } = await startS3Fixture();
    const body = Buffer.from('0123456789');
    await put(client, 'digits', body);
    await fc.assert(
      fc.asyncProperty(fc.nat(9), fc.nat(20), async (start, length) => {
        const read = await get(client, 'digits', { Range: `bytes=${start}-${start + length}` });
        expect(read.bytes.equals(body.subarray(start, start + length + 1))).toBe(true);
        expect(read.ContentRange).toBe(`bytes ${start}-${Math.min(9, start + length)}/10`);
      }),
      { numRuns: 20 },
    );
    expect((await get(client, 'digits', { Range: 'bytes=-3' })).bytes.toString()).toBe('789');
    await expect(get(client, 'digits', { Range: 'bytes=10-' })).rejects.toThrow(status(416));
  });
});

describe('conditions', () => {
  test('If-None-Match: * writes only a new object', async () => {
    const { client, events } = await startS3Fixture();
    const attempts = await Promise.allSettled(
      Array.from({ length: 10 }, (_, at) => put(client, 'once', `writer ${at}`, { IfNoneMatch: '*' })),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(events).toHaveLength(1);
    await expect(put(client, 'once', 'late', { IfNoneMatch: '*' })).rejects.toThrow(status(412));
  });

  test('If-Match writes and deletes only a known version', async () => {
    const { client } = await startS3Fixture();
    const { ETag: seen } = await put(client, 'k', 'one');
    const { ETag: newer } = await put(client, 'k', 'two', { IfMatch: seen });
    await expect(put(client, 'k', 'three', { IfMatch: seen })).rejects.toThrow(status(412));
    await expect(put(client, 'none', 'x', { IfMatch: seen })).rejects.toThrow(status(404));
    await expect(client.send(new DeleteObjectCommand({ Bucket: 'box', Key: 'k', IfMatch: seen }))).rejects.toThrow(
      status(412),
    );
    await client.send(new DeleteObjectCommand({ Bucket: 'box', Key: 'k', IfMatch: newer }));
    await expect(get(client, 'k')).rejects.toThrow(status(404));
  });

  test('a reader with the current version gets 304, one with a wrong condition 412', async () => {
    const { client, s3 } = await startS3Fixture();
    const { ETag = '' } = await put(client, 'k', 'text', { CacheControl: 'max-age=1' });
    const read = (headers: Record<string, string>) => fetch(`${s3.endpoint}/box/k`, { headers });
    const modified = (await read({})).headers.get('last-modified') ?? '';
    const before = new Date(Date.parse(modified) - 1000).toUTCString();
    expect((await read({ 'if-none-match': `"x", W/${ETag}` })).status).toBe(304);
    expect((await read({ 'if-none-match': '"x"' })).status).toBe(200);
    expect((await read({ 'if-none-match': '"x"', 'if-modified-since': modified })).status).toBe(200);
    expect((await read({ 'if-modified-since': modified })).status).toBe(304);
    expect((await read({ 'if-modified-since': before })).status).toBe(200);
    expect((await read({ 'if-match': '"x"' })).status).toBe(412);
    expect((await read({ 'if-unmodified-since': before })).status).toBe(412);
    expect((await read({ 'if-none-match': ETag })).headers.get('cache-control')).toBe('max-age=1');
  });
});

describe('a copy', () => {
  test('keeps the headers of the source, or gets those of the request', async () => {
    const { client } = await startS3Fixture();
    await put(client, 'from', 'text', { ContentType: 'text/plain', Metadata: { a: '1' } });
    const copy = (more: object) =>
      client.send(new CopyObjectCommand({ Bucket: 'box', Key: 'to', CopySource: '/box/from', ...more }));
    await copy({});
    expect(await get(client, 'to')).toMatchObject({ ContentType: 'text/plain', Metadata: { a: '1' } });
    await copy({ MetadataDirective: 'REPLACE', ContentType: 'text/css' });
    expect(await get(client, 'to')).toMatchObject({ ContentType: 'text/css', Metadata: {} });
    await expect(copy({ CopySourceIfMatch: '"other"' })).rejects.toThrow(status(412));
    await expect(copy({ Key: 'from' })).rejects.toThrow(status(400));
    await expect(copy({ CopySource: 'box/none' })).rejects.toThrow(status(404));
  });
});

describe('an unsupported request', () => {
  test('is refused and overwrites nothing', async () => {
    const { client, s3, events } = await startS3Fixture();
    await put(client, 'k', 'text');
    await expect(
      client.send(new PutObjectTaggingCommand({ Bucket: 'box', Key: 'k', Tagging: { TagSet: [] } })),
    ).rejects.toThrow(status(501));
    for (const query of ['tagging', 'acl', 'retention', 'anything=1', 'versionId=1'])
      for (const method of ['PUT', 'GET', 'DELETE'])
        expect((await fetch(`${s3.endpoint}/box/k?${query}`, { method })).status).toBe(501);
    expect((await get(client, 'k')).bytes.toString()).toBe('text');
    expect(events).toHaveLength(1);
  });

  test('may be a URL that is not UTF-8', async () => {
    const { s3 } = await startS3Fixture();
    expect((await fetch(`${s3.endpoint}/box/%FF`, { method: 'PUT', body: 'x' })).status).toBe(400);
  });
});

describe('limits of S3 count bytes', () => {
  test('a key has at most 1,024', async () => {
    const { client } = await startS3Fixture();
    await put(client, 'é'.repeat(512));
    await put(client, `a${'漢'.repeat(341)}`);
    const refused = { name: 'KeyTooLongError', message: 'Your key is too long' };
    await expect(put(client, `${'é'.repeat(512)}a`)).rejects.toMatchObject(refused);
    await expect(put(client, '漢'.repeat(342))).rejects.toMatchObject(refused);
    const Objects = [{ Key: '漢'.repeat(342) }, { Key: 'é'.repeat(512) }];
    const { Deleted, Errors } = await client.send(new DeleteObjectsCommand({ Bucket: 'box', Delete: { Objects } }));
    expect(Deleted).toEqual([{ Key: 'é'.repeat(512) }]);
    expect(Errors).toMatchObject([{ Code: 'KeyTooLongError' }]);
  });

  test('the metadata of an object has at most 2 KB, names and values together', async () => {
    const { client } = await startS3Fixture();
    await put(client, 'a', 'text', { Metadata: { one: 'x'.repeat(1021), two: 'x'.repeat(1021) } });
    const Metadata = { one: 'x'.repeat(1021), two: 'x'.repeat(1022) };
    const refused = { name: 'MetadataTooLarge' };
    await expect(put(client, 'a', 'text', { Metadata })).rejects.toMatchObject(refused);
    const copy = { Bucket: 'box', Key: 'b', CopySource: 'box/a', MetadataDirective: 'REPLACE' as const, Metadata };
    await expect(client.send(new CopyObjectCommand(copy))).rejects.toMatchObject(refused);
  });
});
