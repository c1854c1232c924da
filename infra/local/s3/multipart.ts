import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { hashMd5 } from '../base/hash-md5.ts';
import { ServiceError } from '../base/service-error.ts';
import type { BucketStore } from './bucket-store.ts';
import { findCopySource } from './copy-object.ts';
import { selectStoredHeaders } from './object-headers.ts';
import type { MultipartPart, MultipartUpload } from './object-records.ts';
import { parseRange } from './range.ts';
import { receiveBody } from './receive-body.ts';
import { createInvalidArgumentError, createNoSuchUploadError } from './s3-error.ts';
import { findHeader, type S3Request, type S3Response } from './s3-request.ts';
import { buildXmlDocument, readXmlBody } from './xml.ts';

const findUpload = (store: BucketStore, { bucket, key, query }: S3Request): MultipartUpload | undefined =>
  store.objects.findUpload(query.get('uploadId') ?? '', bucket, key);

const requireUpload = (store: BucketStore, request: S3Request): MultipartUpload => {
  const upload = findUpload(store, request);
  if (!upload) throw createNoSuchUploadError();
  return upload;
};

export const handleCreateMultipartUpload = (store: BucketStore, { bucket, key, headers }: S3Request): S3Response => {
  store.requireBucket(bucket);
  const id = randomUUID();
  store.objects.addUpload({ id, bucket, key, headers: selectStoredHeaders(headers) });
  const result = { Bucket: bucket, Key: key, UploadId: id };
  return { status: 200, body: buildXmlDocument('InitiateMultipartUploadResult', result) };
};

const parsePartNumber = ({ query }: S3Request): number => {
  const number = Number(query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > 10_000)
    throw createInvalidArgumentError('The part number must be from 1 to 10000.');
  return number;
};

const savePart = (store: BucketStore, request: S3Request, part: MultipartPart): void => {
  const upload = findUpload(store, request);
  if (!upload) {
    store.bodies.remove([part.file]);
    throw createNoSuchUploadError();
  }
  const replaced = store.objects.listParts(upload.id).filter(({ number }) => number === part.number);
  store.objects.putPart(upload.id, part);
  store.bodies.remove(replaced.map(({ file }) => file));
};

export const handleUploadPart = async (store: BucketStore, request: S3Request): Promise<S3Response> => {
  requireUpload(store, request);
  const number = parsePartNumber(request);
  const { checksum, ...body } = await receiveBody(store, request);
  savePart(store, request, { number, ...body });
  return { status: 200, headers: { etag: `"${body.md5}"`, ...checksum } };
};

export const handleUploadPartCopy = async (store: BucketStore, request: S3Request): Promise<S3Response> => {
  requireUpload(store, request);
  const number = parsePartNumber(request);
  const source = findCopySource(store, request);
  const range = parseRange(findHeader(request.headers, 'x-amz-copy-source-range'), source.size);
  if (range === 'unsatisfiable') throw createInvalidArgumentError('The range to copy is not in the source.');
  const body = await store.bodies.write(store.bodies.read(source.file, range));
  savePart(store, request, { number, ...body });
  const result = { LastModified: store.now().toISOString(), ETag: `"${body.md5}"` };
  return { status: 200, body: buildXmlDocument('CopyPartResult', result) };
};

const partSchema = z.object({ PartNumber: z.coerce.number(), ETag: z.string() });
const completionSchema = z.object({
  CompleteMultipartUpload: z.object({ Part: z.union([partSchema, z.array(partSchema)]) }),
});

/** The last part may be smaller. */
const minPartBytes = 5 * 1024 * 1024;

const findPart = (parts: readonly MultipartPart[], { PartNumber, ETag }: z.infer<typeof partSchema>): MultipartPart => {
  const part = parts.find(({ number }) => number === PartNumber);
  if (part?.md5 === ETag.replace(/^"(.*)"$/, '$1')) return part;
  throw new ServiceError(400, 'InvalidPart', `Part ${PartNumber} was not uploaded, or with another ETag.`);
};

export const handleCompleteMultipartUpload = async (store: BucketStore, request: S3Request): Promise<S3Response> => {
  const { id, bucket, key, headers } = requireUpload(store, request);
  const { CompleteMultipartUpload } = await readXmlBody(request.body, completionSchema);
  const stored = store.objects.listParts(id);
  const parts = [CompleteMultipartUpload.Part].flat().map((part) => findPart(stored, part));
  parts.forEach(({ number, size }, index) => {
    const next = parts[index + 1];
    if (next && next.number <= number)
      throw new ServiceError(400, 'InvalidPartOrder', 'The parts must be listed in ascending order.');
    if (next && size < minPartBytes)
      throw new ServiceError(400, 'EntityTooSmall', `Part ${number} is smaller than 5 MiB and not the last.`);
  });

  async function* concatenateParts(): AsyncGenerator<Buffer> {
    for (const { file } of parts) yield* store.bodies.read(file);
  }
  const { file, size } = await store.bodies.write(concatenateParts());
  const digests = Buffer.concat(parts.map(({ md5 }) => Buffer.from(md5, 'hex')));
  const etag = `${hashMd5(digests)}-${parts.length}`;
  store.commit(
    { bucket, key, file, size, etag, headers },
    {
      reason: 'CompleteMultipartUpload',
      conditions: request.headers,
      within: () => store.objects.removeUpload(id),
    },
  );
  store.bodies.remove(stored.map((part) => part.file));
  const result = { Location: `/${bucket}/${key}`, Bucket: bucket, Key: key, ETag: `"${etag}"` };
  return { status: 200, body: buildXmlDocument('CompleteMultipartUploadResult', result) };
};

export const handleAbortMultipartUpload = (store: BucketStore, request: S3Request): S3Response => {
  const { id } = requireUpload(store, request);
  const parts = store.objects.listParts(id);
  store.objects.removeUpload(id);
  store.bodies.remove(parts.map(({ file }) => file));
  return { status: 204 };
};
