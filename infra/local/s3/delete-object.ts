import { z } from 'zod';
import { ServiceError } from '../base/service-error.ts';
import type { BucketStore } from './bucket-store.ts';
import type { S3Request, S3Response } from './s3-request.ts';
import { buildXmlDocument, readXmlBody } from './xml.ts';

/** Succeeds for an object that does not exist. */
export const handleDeleteObject = (store: BucketStore, request: S3Request): S3Response => {
  const { 'if-match': ifMatch } = request.headers;
  store.remove(request.bucket, request.key, ifMatch === undefined ? {} : { 'if-match': ifMatch });
  return { status: 204 };
};

const objectSchema = z.object({ Key: z.string().min(1), ETag: z.string().optional() });
const deletionSchema = z.object({
  Delete: z.object({ Object: z.union([objectSchema, z.array(objectSchema).max(1000)]), Quiet: z.string().optional() }),
});

export const handleDeleteObjects = async (store: BucketStore, { bucket, body }: S3Request): Promise<S3Response> => {
  store.requireBucket(bucket);
  const { Delete } = await readXmlBody(body, deletionSchema);
  const deleted: { Key: string }[] = [];
  const errors: { Key: string; Code: string; Message: string }[] = [];
  for (const { Key, ETag } of [Delete.Object].flat()) {
    try {
      store.remove(bucket, Key, ETag === undefined ? {} : { 'if-match': ETag });
      deleted.push({ Key });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      errors.push({ Key, Code: error.code, Message: error.message });
    }
  }
  const isQuiet = Delete.Quiet?.trim() === 'true';
  return { status: 200, body: buildXmlDocument('DeleteResult', { Deleted: isQuiet ? [] : deleted, Error: errors }) };
};
