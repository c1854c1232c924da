import type { BucketStore } from './bucket-store.ts';
import { selectStoredHeaders } from './object-headers.ts';
import { receiveBody } from './receive-body.ts';
import type { S3Request, S3Response } from './s3-request.ts';

export const handlePutObject = async (store: BucketStore, request: S3Request): Promise<S3Response> => {
  const { bucket, key, headers } = request;
  store.requireBucket(bucket);
  const { file, size, md5, checksum } = await receiveBody(store, request);
  store.commit(
    { bucket, key, file, size, etag: md5, headers: { ...selectStoredHeaders(headers), ...checksum } },
    { reason: 'PutObject', conditions: headers },
  );
  return { status: 200, headers: { etag: `"${md5}"`, ...checksum } };
};
