import type { z } from 'zod';
import { type Bucket, readJsonObject } from '../adapters/bucket.ts';
import { type IssueDraft, issueDraftSchema } from '../core/newsletter/issue/issue-draft.ts';
import { internalFolders } from '../platform/contract.ts';

const issueMailSchema = issueDraftSchema.pick({ subject: true, html: true, text: true });

export interface IssueMailReader {
  read(issue: string): Promise<Pick<IssueDraft, 'subject' | 'html' | 'text'>>;
}

/** An invocation has batches of few issues. */
const maxKeptMails = 4;

/** Keeps the mails that were read last: a function delivers many batches of one issue. */
export const createIssueMailReader = (internalBucket: Pick<Bucket, 'get'>): IssueMailReader => {
  const kept = new Map<string, Promise<z.infer<typeof issueMailSchema>>>();
  const readMail = async (issue: string) => {
    const mail = await readJsonObject(internalBucket, `${internalFolders.issues}${issue}.json`, issueMailSchema);
    if (!mail) throw new Error(`the mail of ${issue} is missing from the internal bucket`);
    return mail;
  };
  return {
    read: async (issue) => {
      const mail = kept.get(issue) ?? readMail(issue);
      kept.delete(issue);
      kept.set(issue, mail);
      for (const oldest of kept.keys()) if (kept.size > maxKeptMails) kept.delete(oldest);
      try {
        return await mail;
      } catch (error) {
        kept.delete(issue);
        throw error;
      }
    },
  };
};
