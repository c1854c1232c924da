import { type IssueDraft, issueDraftSchema, putReaderLinks } from '../core/newsletter/issue-draft.ts';
import { newsletterPaths } from '../core/newsletter/paths.ts';
import { type Issue, issueName } from '../core/newsletter/records.ts';
import { addressOf, sitePaths } from '../core/site-paths.ts';
import { forever, headersOf, keyOf } from '../publishing/write-documents.ts';
import { deskFolders } from '../runtime/contract.ts';
import { draftKey } from './freeze-issue.ts';
import type { ComposingServices } from './services.ts';

/** Writes a frozen issue where readers and delivery find it: however often, the same bytes. */
export const writeIssue = async (services: ComposingServices, issue: Issue): Promise<Issue | undefined> => {
  const { buckets, issues, publication } = services;
  const name = issueName(issue);
  const draft = await readDraft(services, issue);
  await buckets.desk.put(`${deskFolders.issues}${name}.json`, JSON.stringify(draft), {
    contentType: 'application/json',
  });
  for (const [path, body] of documentsOf(services, name, draft))
    await buckets.site.put(keyOf(path), body, { ...headersOf(path), cacheControl: forever });
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

/** The copy on the web leads those who would leave, or change what they get, to the page that explains it. */
const documentsOf = ({ site }: ComposingServices, name: string, { html, text, json }: IssueDraft) => {
  const subscribe = addressOf(site, sitePaths.subscribe);
  const links = { unsubscribe: subscribe, preferences: subscribe };
  return [
    [newsletterPaths.issue(name, 'html'), putReaderLinks(html, links)],
    [newsletterPaths.issue(name, 'txt'), putReaderLinks(text, links)],
    [newsletterPaths.issue(name, 'json'), json],
  ] as const;
};
