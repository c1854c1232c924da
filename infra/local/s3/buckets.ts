import { region } from '../base/aws-account.ts';
import { ServiceError } from '../base/service-error.ts';
import type { BucketStore } from './bucket-store.ts';
import type { S3Request, S3Response } from './s3-request.ts';
import { buildXmlDocument } from './xml.ts';

export const handleListBuckets = (store: BucketStore): S3Response => {
  const buckets = store.objects
    .listBuckets()
    .map(({ name, created }) => ({ Name: name, CreationDate: new Date(created).toISOString() }));
  const result = { Owner: { ID: 'local' }, Buckets: { Bucket: buckets } };
  return { status: 200, body: buildXmlDocument('ListAllMyBucketsResult', result) };
};

/** Succeeds for a bucket that exists already. */
export const handleCreateBucket = (store: BucketStore, { bucket }: S3Request): S3Response => {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new ServiceError(400, 'InvalidBucketName', 'The bucket name is not valid.');
  store.objects.addBucket(bucket, store.now().getTime());
  return { status: 200, headers: { location: `/${bucket}` } };
};

export const handleHeadBucket = (store: BucketStore, { bucket }: S3Request): S3Response => {
  store.requireBucket(bucket);
  return { status: 200, headers: { 'x-amz-bucket-region': region } };
};

/** An empty response means us-east-1. */
export const handleGetBucketLocation = (store: BucketStore, { bucket }: S3Request): S3Response => {
  store.requireBucket(bucket);
  return { status: 200, body: buildXmlDocument('LocationConstraint', {}) };
};

/** Objects have one version here, also where the template switches versions on. */
export const handleGetBucketVersioning = (store: BucketStore, { bucket }: S3Request): S3Response => {
  store.requireBucket(bucket);
  return { status: 200, body: buildXmlDocument('VersioningConfiguration', {}) };
};
