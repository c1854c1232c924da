import { readJsonObject } from '../adapters/bucket.ts';
import { toIssueHeaders, toObjectKey } from '../adapters/site-objects.ts';
import { type IssueDraft, type IssueLedger, issueDraftSchema } from '../core/newsletter/issue/issue-draft.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import { type IssueNeighbours, renderIssuePage } from '../core/newsletter/pages/render-issue-page.ts';
import { createPageContext } from '../core/site/page-context.ts';
import { sitePaths } from '../core/site-paths.ts';
import { internalFolders } from '../platform/contract.ts';
import { buildIssueObjects, formatIssuePageKey } from './build-issue-objects.ts';
import { formatDraftKey } from './freeze-issue.ts';
import type { ComposeIssueServices } from './services.ts';

export const writeIssue = async (services: ComposeIssueServices, issue: Issue): Promise<Issue | undefined> => {
  const { buckets, issues, publication, sentArticles } = services;
  const name = formatIssueName(issue);
  const { cadence } = issue;
  const draft = await readDraft(services, issue);
  await buckets.internal.put(formatIssueKey(issue), JSON.stringify(draft), {
    contentType: 'application/json',
  });
  const ledger = JSON.stringify(await buildIssueLedger(services, issue, draft));
  await buckets.internal.put(`${internalFolders.ledger}${name}.json`, ledger, { contentType: 'application/json' });
  await writeIssueObjects(services, issue, draft);
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

/** The issue on the web, and the page of the one before, which links to it from now on. */
const writeIssueObjects = async (services: ComposeIssueServices, issue: Issue, draft: IssueDraft): Promise<void> => {
  const { buckets } = services;
  const earlier = await readEarlier(services, issue);
  const page = renderPage(services, issue, draft, { earlier });
  await buckets.internal.put(formatIssuePageKey(formatIssueName(issue)), page, pageHeaders);
  for (const { key, body, headers } of buildIssueObjects(formatIssueName(issue), page, draft))
    await buckets.site.put(key, body, headers);
  const earlierDraft = earlier && (await readJsonObject(buckets.internal, formatIssueKey(earlier), issueDraftSchema));
  if (!earlierDraft) return;
  const neighbours = { earlier: await readEarlier(services, earlier), later: { ...issue, subject: draft.subject } };
  const earlierPage = renderPage(services, earlier, earlierDraft, neighbours);
  const name = formatIssueName(earlier);
  await buckets.internal.put(formatIssuePageKey(name), earlierPage, pageHeaders);
  const path = sitePaths.issue(name, 'html');
  await buckets.site.put(toObjectKey(path), earlierPage, toIssueHeaders(path));
};

const pageHeaders = { contentType: 'text/html; charset=utf-8' } as const;

const renderPage = (
  { publication, site, render }: ComposeIssueServices,
  issue: Issue,
  { subject, page }: IssueDraft,
  neighbours: IssueNeighbours,
): string => {
  const context = createPageContext({ publication, site, render, hasSignUp: true });
  return renderIssuePage(context, { ...issue, subject }, page, neighbours);
};

const readEarlier = ({ issues }: ComposeIssueServices, { cadence, number }: Issue): Promise<Issue | undefined> =>
  issues.get(formatIssueName({ cadence, number: number - 1 }));

const formatIssueKey = (issue: Issue): string => `${internalFolders.issues}${formatIssueName(issue)}.json`;

const readDraft = async ({ buckets }: ComposeIssueServices, issue: Issue): Promise<IssueDraft> => {
  const key = formatDraftKey(issue, issue.draft ?? '');
  const draft = await readJsonObject(buckets.internal, key, issueDraftSchema);
  if (!draft) throw new Error(`the draft ${key} is missing from the internal bucket`);
  return draft;
};
