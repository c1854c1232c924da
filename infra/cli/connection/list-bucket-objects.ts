import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';

export interface ListedObject {
  readonly key: string;
  readonly etag: string;
  readonly uploadedMs: number;
}

export async function* listBucketObjects(
  client: S3Client,
  Bucket: string,
  Prefix = '',
): AsyncGenerator<readonly ListedObject[]> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix }))
    yield Contents.map(({ Key = '', ETag = '', LastModified }) => ({
      key: Key,
      etag: ETag.replaceAll('"', ''),
      uploadedMs: LastModified?.getTime() ?? 0,
    }));
}
