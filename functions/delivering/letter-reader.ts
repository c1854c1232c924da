import { z } from 'zod';
import type { Bucket } from '../adapters/bucket.ts';
import { deskFolders } from '../runtime/contract.ts';

const letterSchema = z.object({ subject: z.string(), html: z.string(), text: z.string() });
export type IssueLetter = z.infer<typeof letterSchema>;

/** Fetches the letters of issues. They never change once they are queued. */
export interface LetterReader {
  /** @throws when the issue has no letter */
  read(issue: string): Promise<IssueLetter>;
}

/** Remembers the letter that was read last: a function delivers many batches of one issue. */
export const createLetterReader = (desk: Pick<Bucket, 'get'>): LetterReader => {
  let last: { readonly issue: string; readonly letter: IssueLetter } | undefined;
  return {
    read: async (issue) => {
      if (last?.issue === issue) return last.letter;
      const object = await desk.get(`${deskFolders.issues}${issue}.json`);
      if (!object?.bytes) throw new Error(`the letter of ${issue} is missing from the desk bucket`);
      const letter = letterSchema.parse(JSON.parse(new TextDecoder().decode(object.bytes)));
      last = { issue, letter };
      return letter;
    },
  };
};
