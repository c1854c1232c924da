import type { BucketStore } from './bucket-store.ts';
import { S3Error } from './s3-error.ts';
import type { S3Answer, S3Request } from './s3-request.ts';
import { xmlDocument } from './xml.ts';

/** ListBuckets. */
export const listBuckets = (store: BucketStore): S3Answer => {
  const buckets = store.objects
    .buckets()
    .map(({ name, created }) => ({ Name: name, CreationDate: new Date(created).toISOString() }));
  const result = { Owner: { ID: 'local' }, Buckets: { Bucket: buckets } };
  return { status: 200, body: xmlDocument('ListAllMyBucketsResult', result) };
};

/** CreateBucket; one that is there already is as good. */
export const createBucket = (store: BucketStore, { bucket }: S3Request): S3Answer => {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new S3Error(400, 'InvalidBucketName', 'The bucket name is not valid.');
  store.objects.addBucket(bucket, store.now().getTime());
  return { status: 200, headers: { location: `/${bucket}` } };
};

/** HeadBucket. */
export const headBucket = (store: BucketStore, { bucket }: S3Request): S3Answer => {
  store.requireBucket(bucket);
  return { status: 200, headers: { 'x-amz-bucket-region': 'us-east-1' } };
};

/** GetBucketLocation: an empty answer is us-east-1. */
export const getBucketLocation = (store: BucketStore, { bucket }: S3Request): S3Answer => {
  store.requireBucket(bucket);
  return { status: 200, body: xmlDocument('LocationConstraint', {}) };
};

/** GetBucketVersioning: objects have one version here, whatever the template says. */
export const getBucketVersioning = (store: BucketStore, { bucket }: S3Request): S3Answer => {
  store.requireBucket(bucket);
  return { status: 200, body: xmlDocument('VersioningConfiguration', {}) };
};
