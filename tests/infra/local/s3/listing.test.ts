import {
  type _Object,
  type CommonPrefix,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startS3Fixture } from './s3-fixture.ts';

const fill = (client: S3Client, keys: readonly string[]) =>
  Promise.all(keys.map((Key) => client.send(new PutObjectCommand({ Bucket: 'box', Key, Body: Key }))));
const empty = (client: S3Client, keys: readonly string[]) =>
  client.send(new DeleteObjectsCommand({ Bucket: 'box', Delete: { Objects: keys.map((Key) => ({ Key })) } }));

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

interface Page {
  Contents?: _Object[] | undefined;
  CommonPrefixes?: CommonPrefix[] | undefined;
}
const namesIn = (pages: Page[]) =>
  pages.flatMap(({ Contents = [], CommonPrefixes = [] }) =>
    [...Contents.map(({ Key = '' }) => Key), ...CommonPrefixes.map(({ Prefix = '' }) => Prefix)].sort(byBytes),
  );

const expected = (keys: readonly string[], prefix: string, delimiter: string) => {
  const names = keys
    .filter((key) => key.startsWith(prefix))
    .map((key) => {
      const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
      return at < 0 ? key : key.slice(0, at + delimiter.length);
    });
  return [...new Set(names)].sort(byBytes);
};

test('pages of any size list each key and common prefix once, in byte order', async () => {
  const { client } = await startS3Fixture();
  const segment = fc.constantFrom('a', 'B', 'b', 'Z', '_', 'é', '～', '😀', 'a b', '+');
  const key = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(key, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('', 'a', 'a/', 'B/', 'é/'),
      fc.constantFrom('', '/'),
      fc.integer({ min: 1, max: 4 }),
      async (keys, Prefix, Delimiter, MaxKeys) => {
        await fill(client, keys);
        const input = { Bucket: 'box', Prefix, Delimiter, MaxKeys };
        const pages: Page[] = [];
        for await (const page of paginateListObjectsV2({ client }, input)) {
          expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys);
          pages.push(page);
        }
        expect(namesIn(pages)).toEqual(expected(keys, Prefix, Delimiter));

        const first: Page[] = [];
        let Marker: string | undefined = '';
        do {
          const page: Page & { NextMarker?: string | undefined } = await client.send(
            new ListObjectsCommand({ ...input, Marker }),
          );
          first.push(page);
          Marker = page.NextMarker;
        } while (Marker !== undefined);
        expect(namesIn(first)).toEqual(expected(keys, Prefix, Delimiter));
        await empty(client, keys);
      },
    ),
    { numRuns: 40 },
  );
});

test('a listing starts after a key, and encodes keys on request', async () => {
  const { client } = await startS3Fixture();
  await fill(client, ['a b', 'a+b', 'a/1', 'a\u0001']);
  const after = await client.send(new ListObjectsV2Command({ Bucket: 'box', StartAfter: 'a b' }));
  expect(after.Contents?.map(({ Key }) => Key)).toEqual(['a+b', 'a/1']);
  const encoded = await client.send(new ListObjectsV2Command({ Bucket: 'box', EncodingType: 'url' }));
  expect(encoded.Contents?.map(({ Key }) => Key)).toEqual(['a%01', 'a%20b', 'a%2Bb', 'a/1']);
});

test('a thousand keys with special characters are deleted in one request', async () => {
  const { client, events } = await startS3Fixture();
  const keys = Array.from({ length: 1000 }, (_, at) => `<${at}> & "more" '${at}'`);
  for (let at = 0; at < keys.length; at += 100) await fill(client, keys.slice(at, at + 100));
  const { Deleted, Errors } = await empty(client, keys);
  expect([Deleted?.length, Errors]).toEqual([1000, undefined]);
  const left = await client.send(new ListObjectsV2Command({ Bucket: 'box' }));
  expect(left.KeyCount).toBe(0);
  expect(events).toHaveLength(2000);
});

test('buckets are listed and found, and have a region', async () => {
  const { client } = await startS3Fixture();
  const { Buckets } = await client.send(new ListBucketsCommand({}));
  expect(Buckets?.map(({ Name }) => Name)).toEqual(['box', 'other']);
  await client.send(new HeadBucketCommand({ Bucket: 'box' }));
  await expect(client.send(new HeadBucketCommand({ Bucket: 'none' }))).rejects.toThrow();
  const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket: 'box' }));
  expect(LocationConstraint).toBeFalsy();
});
