import type { z } from 'zod';
import { type Bucket, readJsonObject } from '../adapters/bucket.ts';
import { type IssueDraft, issueDraftSchema } from '../core/newsletter/issue/issue-draft.ts';
import { formatLetterKey } from '../platform/contract.ts';

const issueMailSchema = issueDraftSchema.pick({ subject: true, html: true, text: true });

export interface IssueMailReader {
  /** @param letter the first by default */
  read(issue: string, letter?: number): Promise<Pick<IssueDraft, 'subject' | 'html' | 'text'>>;
}

/** An invocation has batches of few issues and letters. */
const maxKeptMails = 20;

/** Keeps the mails that were read last: a function delivers many batches of one issue. */
export const createIssueMailReader = (internalBucket: Pick<Bucket, 'get'>): IssueMailReader => {
  const kept = new Map<string, Promise<z.infer<typeof issueMailSchema>>>();
  const readMail = async (key: string) => {
    const mail = await readJsonObject(internalBucket, key, issueMailSchema);
    if (!mail) throw new Error(`the mail ${key} is missing from the internal bucket`);
    return mail;
  };
  return {
    read: async (issue, letter = 0) => {
      const key = formatLetterKey(issue, letter);
      const mail = kept.get(key) ?? readMail(key);
      kept.delete(key);
      kept.set(key, mail);
      for (const oldest of kept.keys()) if (kept.size > maxKeptMails) kept.delete(oldest);
      try {
        return await mail;
      } catch (error) {
        kept.delete(key);
        throw error;
      }
    },
  };
};
