import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { maxSeedBytes } from '../../../functions/core/article/check-seed-file.ts';
import type { CliServices } from '../connection/create-cli-services.ts';

/**
 * Uploads a file; a large one is not read into memory.
 * @returns the ETag of the object
 */
export const putSeedFile = async (
  { s3, buckets }: Pick<CliServices, 's3' | 'buckets'>,
  { key, path, contentType }: { readonly key: string; readonly path: string; readonly contentType?: string },
): Promise<string> => {
  const isLarge = (await stat(path)).size > maxSeedBytes;
  const Body = isLarge ? createReadStream(path) : await readFile(path);
  const { ETag = '' } = await s3.send(
    new PutObjectCommand({ Bucket: buckets.seeds.name, Key: key, Body, ContentType: contentType }),
  );
  return ETag.replaceAll('"', '');
};
