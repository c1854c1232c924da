import { type IssueDraft, issueDraftSchema } from '../core/newsletter/issue-draft.ts';
import { type Issue, issueName } from '../core/newsletter/records.ts';
import { deskFolders } from '../runtime/contract.ts';
import { draftKey } from './freeze-issue.ts';
import { issueDocuments } from './issue-documents.ts';
import type { ComposingServices } from './services.ts';

/** Writes a frozen issue where readers and delivery find it: however often, the same bytes. */
export const writeIssue = async (services: ComposingServices, issue: Issue): Promise<Issue | undefined> => {
  const { buckets, issues, publication, site } = services;
  const name = issueName(issue);
  const draft = await readDraft(services, issue);
  await buckets.desk.put(`${deskFolders.issues}${name}.json`, JSON.stringify(draft), {
    contentType: 'application/json',
  });
  for (const { key, body, headers } of issueDocuments(site, name, draft))
    await buckets.site.put(key, body, headers);
  const { cadence } = issue;
  await issues.carry(draft.carries.map((one) => ({ ...one, cadence, issue: name })));
  await issues.enlist(issue, publication.timeZone);
  return issues.advance(issue, { state: 'addressing' });
};

const readDraft = async ({ buckets }: ComposingServices, issue: Issue): Promise<IssueDraft> => {
  const key = draftKey(issue, issue.draft ?? '');
  const object = await buckets.desk.get(key);
  if (!object?.bytes) throw new Error(`the draft ${key} is missing from the desk bucket`);
  return issueDraftSchema.parse(JSON.parse(new TextDecoder().decode(object.bytes)));
};
