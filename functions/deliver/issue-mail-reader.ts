import * as z from 'zod';
import { type Bucket, readJsonObject } from '../adapters/bucket.ts';
import { internalFolders } from '../platform/contract.ts';

const issueMailSchema = z.object({ subject: z.string(), html: z.string(), text: z.string() });
export type IssueMail = z.infer<typeof issueMailSchema>;

/** Reads the mails of issues. They never change once they are queued. */
export interface IssueMailReader {
  /** @throws when the issue has no mail */
  read(issue: string): Promise<IssueMail>;
}

/** Keeps the mail that was read last: a function delivers many batches of one issue. */
export const createIssueMailReader = (internalBucket: Pick<Bucket, 'get'>): IssueMailReader => {
  let last: { readonly issue: string; readonly mail: IssueMail } | undefined;
  return {
    read: async (issue) => {
      if (last?.issue === issue) return last.mail;
      const mail = await readJsonObject(internalBucket, `${internalFolders.issues}${issue}.json`, issueMailSchema);
      if (!mail) throw new Error(`the mail of ${issue} is missing from the internal bucket`);
      last = { issue, mail };
      return mail;
    },
  };
};
