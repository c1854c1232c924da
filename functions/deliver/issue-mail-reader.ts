import type { z } from 'zod';
import { type Bucket, readJsonObject } from '../adapters/bucket.ts';
import { type IssueDraft, issueDraftSchema } from '../core/newsletter/issue/issue-draft.ts';
import { internalFolders } from '../platform/contract.ts';

const issueMailSchema = issueDraftSchema.pick({ subject: true, html: true, text: true });

export interface IssueMailReader {
  read(issue: string): Promise<Pick<IssueDraft, 'subject' | 'html' | 'text'>>;
}

/** Keeps the mail that was read last: a function delivers many batches of one issue. */
export const createIssueMailReader = (internalBucket: Pick<Bucket, 'get'>): IssueMailReader => {
  let last: { readonly issue: string; readonly mail: z.infer<typeof issueMailSchema> } | undefined;
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
