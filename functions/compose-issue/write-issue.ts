import { readJsonObject } from '../adapters/bucket.ts';
import { type IssueDraft, type IssueLedger, issueDraftSchema } from '../core/newsletter/issue/issue-draft.ts';
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
  const ledger = JSON.stringify(await buildIssueLedger(services, issue, draft));
  await buckets.internal.put(`${internalFolders.ledger}${name}.json`, ledger, { contentType: 'application/json' });
  for (const { key, body, headers } of buildIssueObjects(site, name, draft)) await buckets.site.put(key, body, headers);
  await sentArticles.record(draft.articles.map((article) => ({ ...article, cadence, issue: name })));
  await sentArticles.postpone(issue.leftOut ?? [], issue);
  await issues.addToIndex(issue, publication.timeZone);
  return issues.advance(issue, { state: 'addressing' });
};

/** Before anybody is mailed, so that no issue is mailed of which nothing but the table knows. */
const buildIssueLedger = async (
  { articles: store }: ComposeIssueServices,
  { at, after, upTo, articles: articleCount, leftOut = [] }: Issue,
  { subject, articles }: IssueDraft,
): Promise<IssueLedger> => {
  const records = await store.getMany([...articles.map(({ articleId }) => articleId), ...leftOut]);
  return { at, after, upTo, subject, articleCount, articles, leftOut, records };
};

const readDraft = async ({ buckets }: ComposeIssueServices, issue: Issue): Promise<IssueDraft> => {
  const key = formatDraftKey(issue, issue.draft ?? '');
  const draft = await readJsonObject(buckets.internal, key, issueDraftSchema);
  if (!draft) throw new Error(`the draft ${key} is missing from the internal bucket`);
  return draft;
};
