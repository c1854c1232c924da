import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { internalFolders } from '../../functions/platform/contract.ts';
import { createClientConfig } from './base/aws-account.ts';
import type { RunningS3 } from './s3/start-s3.ts';

const reportFolders = [internalFolders.rejections, internalFolders.notices];

interface PrintReportsProps {
  readonly s3: RunningS3;
  readonly internalBucket: string;
  readonly print: (line: string) => void;
  readonly onError: (error: unknown) => void;
}

/** Prints reports on seeds as they are written; one that says what was printed before is not repeated. */
export const printReports = ({ s3, internalBucket, print, onError }: PrintReportsProps): (() => void) => {
  const printed = new Map<string, string>();
  const client = new S3Client(createClientConfig(s3.endpoint));
  const printReport = async (Key: string): Promise<void> => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: internalBucket, Key }));
      const report = (await Body?.transformToString()) ?? '';
      if (printed.get(Key) === report) return;
      printed.set(Key, report);
      for (const line of report.split('\n')) print(line);
    } catch (error) {
      // The seed was changed meanwhile, which deletes the report.
      if (!(error instanceof NoSuchKey)) throw error;
    }
  };
  const stopListening = s3.onEvent(({ type, bucket, key }) => {
    if (type === 'Object Created' && bucket === internalBucket && reportFolders.some((one) => key.startsWith(one)))
      setImmediate(() => printReport(key).catch(onError));
  });
  return () => {
    stopListening();
    client.destroy();
  };
};
