import { readJsonObject } from '../adapters/bucket.ts';
import { type IssueDraft, issueDraftSchema } from '../core/newsletter/issue/issue-draft.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import { internalFolders } from '../platform/contract.ts';
import { buildIssueObjects } from './build-issue-objects.ts';
import { formatDraftKey } from './freeze-issue.ts';
import type { ComposeIssueServices } from './services.ts';

export const writeIssue = async (services: ComposeIssueServices, issue: Issue): Promise<Issue | undefined> => {
  const { buckets, issues, publication, sentArticles, site } = services;
  const name = formatIssueName(issue);
  const { cadence } = issue;
  const draft = await readDraft(services, issue);
  await buckets.internal.put(`${internalFolders.issues}${name}.json`, JSON.stringify(draft), {
    contentType: 'application/json',
  });
  for (const { key, body, headers } of buildIssueObjects(site, name, draft)) await buckets.site.put(key, body, headers);
  await sentArticles.record(draft.articles.map((article) => ({ ...article, cadence, issue: name })));
  await sentArticles.postpone(issue.leftOut ?? [], issue);
  await issues.addToIndex(issue, publication.timeZone);
  return issues.advance(issue, { state: 'addressing' });
};

const readDraft = async ({ buckets }: ComposeIssueServices, issue: Issue): Promise<IssueDraft> => {
  const key = formatDraftKey(issue, issue.draft ?? '');
  const draft = await readJsonObject(buckets.internal, key, issueDraftSchema);
  if (!draft) throw new Error(`the draft ${key} is missing from the internal bucket`);
  return draft;
};
