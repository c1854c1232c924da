import { z } from 'zod';
import type { Bucket } from '../adapters/bucket.ts';
import { internalFolders } from '../platform/contract.ts';

const issueMailSchema = z.object({ subject: z.string(), html: z.string(), text: z.string() });
export type IssueMail = z.infer<typeof issueMailSchema>;

/** Fetches the letters of issues. They never change once they are queued. */
export interface IssueMailReader {
  /** @throws when the issue has no letter */
  read(issue: string): Promise<IssueMail>;
}

/** Remembers the letter that was read last: a function delivers many batches of one issue. */
export const createIssueMailReader = (internalBucket: Pick<Bucket, 'get'>): IssueMailReader => {
  let last: { readonly issue: string; readonly letter: IssueMail } | undefined;
  return {
    read: async (issue) => {
      if (last?.issue === issue) return last.letter;
      const object = await internalBucket.get(`${internalFolders.issues}${issue}.json`);
      if (!object?.bytes) throw new Error(`the letter of ${issue} is missing from the desk bucket`);
      const letter = issueMailSchema.parse(JSON.parse(new TextDecoder().decode(object.bytes)));
      last = { issue, letter };
      return letter;
    },
  };
};
