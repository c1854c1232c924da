import { issueDocuments } from '../../../functions/composing/issue-documents.ts';
import { issueDraftSchema } from '../../../functions/core/newsletter/issue-draft.ts';
import { issueName } from '../../../functions/core/newsletter/records.ts';
import { inParallel } from '../../../functions/publishing/in-parallel.ts';
import { deskFolders } from '../../../functions/runtime/contract.ts';
import { OperatorError } from '../failures.ts';
import type { Seeds } from '../seeds/open-seeds.ts';

/** Letters held at once. */
const atOnce = 8;

type Restoring = Pick<Seeds, 'buckets' | 'issues' | 'site'>;

/** Writes the documents of an issue that are not as they were, by the letter that was mailed. Gives how many. */
const restoreIssue = async ({ buckets, site }: Restoring, name: string): Promise<number> => {
  const letter = await buckets.desk.get(`${deskFolders.issues}${name}.json`);
  if (!letter?.bytes) throw new OperatorError(`The letter of ${name} is missing from the desk bucket.`);
  const draft = issueDraftSchema.parse(JSON.parse(new TextDecoder().decode(letter.bytes)));
  let restored = 0;
  for (const { key, body, headers } of issueDocuments(site, name, draft)) {
    const found = await buckets.site.get(key);
    if (found?.bytes && Buffer.from(found.bytes).equals(Buffer.from(body))) continue;
    await buckets.site.put(key, body, headers);
    restored += 1;
  }
  return restored;
};

/**
 * Issues are frozen, so no builder makes them; the archive of issues cannot be built while one is missing.
 * @returns how many documents were written
 */
export const restoreIssues = async (on: Restoring): Promise<number> => {
  const names = (await on.issues.lines()).map(issueName);
  const restored = await inParallel(names, (name) => restoreIssue(on, name), atOnce);
  return restored.reduce((all, one) => all + one, 0);
};
