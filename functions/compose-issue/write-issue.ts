import { readJsonObject } from '../adapters/bucket.ts';
import { toIssueHeaders, toObjectKey } from '../adapters/site-objects.ts';
import { type IssueDraft, type IssueLedger, issueDraftSchema } from '../core/newsletter/issue/issue-draft.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import type { LetterPlan } from '../core/newsletter/issue/letters.ts';
import { type IssueNeighbours, renderIssuePage } from '../core/newsletter/pages/render-issue-page.ts';
import { createPageContext, type PageContext } from '../core/site/page-context.ts';
import { sitePaths } from '../core/site-paths.ts';
import { formatLetterKey, internalFolders } from '../platform/contract.ts';
import { buildLetter, createDigestContext } from './build-issue-draft.ts';
import { buildIssueObjects, formatIssuePageKey } from './build-issue-objects.ts';
import { readPlannedDraft } from './freeze-issue.ts';
import type { ComposeIssueServices } from './services.ts';
import { minTimeLeftMs } from './write-batches.ts';

const jsonType = { contentType: 'application/json' };

export const writeIssue = async (
  services: ComposeIssueServices,
  issue: Issue,
  getTimeLeftMs: () => number,
): Promise<Issue | 'outOfTime' | undefined> => {
  const { buckets, issues, publication, sentArticles } = services;
  const name = formatIssueName(issue);
  const { cadence } = issue;
  const { plan, ...draft } = await readPlannedDraft(services, issue);
  await buckets.internal.put(formatLetterKey(name, 0), JSON.stringify(draft), jsonType);
  const ledger = JSON.stringify(await buildIssueLedger(services, issue, draft));
  await buckets.internal.put(`${internalFolders.ledger}${name}.json`, ledger, jsonType);
  const { pages } = await services.build.get();
  await writeIssueObjects({ ...services, pages }, issue, draft);
  const written = await writeLetters(services, issue, plan, getTimeLeftMs);
  if (written < plan.letters.length) {
    await issues.advance(issue, { state: 'frozen', lettersWritten: written });
    return 'outOfTime';
  }
  await sentArticles.record(draft.articles.map((article) => ({ ...article, cadence, issue: name })));
  await sentArticles.postpone(issue.leftOut ?? [], issue);
  await services.build.countRefresh();
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

type IssuePageServices = ComposeIssueServices & Pick<PageContext, 'pages'>;

/** The issue on the web, and the page of the one before, which links to it from now on. */
const writeIssueObjects = async (services: IssuePageServices, issue: Issue, draft: IssueDraft): Promise<void> => {
  const { buckets } = services;
  const earlier = await readEarlier(services, issue);
  const page = renderPage(services, issue, draft, { earlier });
  await buckets.internal.put(formatIssuePageKey(formatIssueName(issue)), page, pageHeaders);
  for (const { key, body, headers } of buildIssueObjects(formatIssueName(issue), page, draft))
    await buckets.site.put(key, body, headers);
  const earlierDraft =
    earlier && (await readJsonObject(buckets.internal, formatLetterKey(formatIssueName(earlier), 0), issueDraftSchema));
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
  { publication, site, render, pages }: IssuePageServices,
  issue: Issue,
  { subject, page }: IssueDraft,
  neighbours: IssueNeighbours,
): string => {
  const context = createPageContext({ publication, site, render, hasSignUp: true, pages });
  return renderIssuePage(context, { ...issue, subject }, page, neighbours);
};

const readEarlier = ({ issues }: ComposeIssueServices, { cadence, number }: Issue): Promise<Issue | undefined> =>
  issues.get(formatIssueName({ cadence, number: number - 1 }));

/** Writes the letters that are not there yet; gives how many are, when time runs out. */
const writeLetters = async (
  services: ComposeIssueServices,
  issue: Issue,
  { entries, letters }: LetterPlan,
  getTimeLeftMs: () => number,
): Promise<number> => {
  const { lettersWritten = 0 } = issue;
  const context = createDigestContext(services, issue);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  for (const [index, { articles, corrections, hasMore }] of letters.entries()) {
    const key = formatLetterKey(formatIssueName(issue), index + 1);
    if (index < lettersWritten) continue;
    if (getTimeLeftMs() < minTimeLeftMs) return index;
    const content = {
      entries: articles.flatMap((id) => byId.get(id) ?? []),
      corrections: corrections.flatMap((id) => byId.get(id) ?? []),
      hasMore,
    };
    const { mail } = await buildLetter(services, issue, context, content, true);
    const { subject, html, text } = mail;
    await services.buckets.internal.put(key, JSON.stringify({ subject, html, text }), jsonType);
  }
  return letters.length;
};
