import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { startS3Fixture } from './s3-fixture.ts';

const target = { Bucket: 'box', Key: 'large file.bin' };
const begin = async (client: S3Client) => {
  const { UploadId = '' } = await client.send(
    new CreateMultipartUploadCommand({ ...target, ContentType: 'text/plain', Metadata: { a: '1' } }),
  );
  return UploadId;
};
const part = async (client: S3Client, UploadId: string, PartNumber: number, Body: Buffer) => {
  const { ETag } = await client.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body }));
  return { PartNumber, ETag };
};
const complete = (client: S3Client, UploadId: string, Parts: { PartNumber: number; ETag: string | undefined }[]) =>
  client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
const md5 = (data: Buffer) => createHash('md5').update(data).digest();

const six = Buffer.alloc(6 << 20, 'six');
const seven = Buffer.alloc(7 << 20, 'seven');

test('an upload in parts in any order is one object and one event', async () => {
  const { client, events } = await startS3Fixture();
  const id = await begin(client);
  const second = await part(client, id, 2, seven);
  await part(client, id, 1, Buffer.from('replaced'));
  const first = await part(client, id, 1, six);
  expect(events).toEqual([]);
  const { ETag } = await complete(client, id, [first, second]);
  expect(ETag).toBe(`"${md5(Buffer.concat([md5(six), md5(seven)])).toString('hex')}-2"`);

  const read = await client.send(new GetObjectCommand(target));
  expect(Buffer.from((await read.Body?.transformToByteArray()) ?? []).equals(Buffer.concat([six, seven]))).toBe(true);
  expect(read).toMatchObject({ ContentType: 'text/plain', Metadata: { a: '1' }, ETag });
  expect(events).toMatchObject([
    { reason: 'CompleteMultipartUpload', key: target.Key, size: six.length + seven.length },
  ]);
  await expect(complete(client, id, [first, second])).rejects.toMatchObject({ name: 'NoSuchUpload' });
});

test('parts are copied from objects', async () => {
  const { client } = await startS3Fixture();
  await client.send(new PutObjectCommand({ Bucket: 'other', Key: 'source', Body: six }));
  const UploadId = await begin(client);
  const copy = async (PartNumber: number, CopySourceRange: string) => {
    const { CopyPartResult } = await client.send(
      new UploadPartCopyCommand({
        ...target,
        UploadId,
        PartNumber,
        CopySource: 'other/source',
        CopySourceRange,
      }),
    );
    return { PartNumber, ETag: CopyPartResult?.ETag };
  };
  await complete(client, UploadId, [await copy(1, `bytes=0-${(5 << 20) - 1}`), await copy(2, 'bytes=0-5')]);
  const read = await client.send(new GetObjectCommand({ ...target, Range: `bytes=${5 << 20}-` }));
  expect(await read.Body?.transformToString()).toBe('sixsix');
});

test('an incomplete upload creates no object', async () => {
  const { client, events } = await startS3Fixture();
  const id = await begin(client);
  const small = await part(client, id, 1, Buffer.from('small'));
  const large = await part(client, id, 2, six);
  await expect(complete(client, id, [small, large])).rejects.toMatchObject({ name: 'EntityTooSmall' });
  await expect(complete(client, id, [large, small])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
  await expect(complete(client, id, [{ ...large, ETag: '"x"' }])).rejects.toMatchObject({
    name: 'InvalidPart',
  });
  await expect(complete(client, id, [{ ...large, PartNumber: 3 }])).rejects.toMatchObject({
    name: 'InvalidPart',
  });
  await client.send(new AbortMultipartUploadCommand({ ...target, UploadId: id }));
  await expect(part(client, id, 1, six)).rejects.toMatchObject({ name: 'NoSuchUpload' });
  await expect(client.send(new GetObjectCommand(target))).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect(events).toEqual([]);
});
