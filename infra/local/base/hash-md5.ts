import { createHash } from 'node:crypto';

/** In hex, as S3 writes ETags and SQS the hashes of messages. */
export const hashMd5 = (content: string | Uint8Array): string => createHash('md5').update(content).digest('hex');
