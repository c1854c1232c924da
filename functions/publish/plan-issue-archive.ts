import { readJsonObject } from '../adapters/bucket.ts';
import { toObjectKey } from '../adapters/site-objects.ts';
import type { FullEntry } from '../core/entry.ts';
import { toFeedId } from '../core/identity.ts';
import { selectPageMessages } from '../core/messages.ts';
import { buildIssueEntry, issueJsonSchema } from '../core/newsletter/issue/issue-entry.ts';
import { formatIssueName, type IssueSummary } from '../core/newsletter/issue/issue-record.ts';
import { renderIssuesPage } from '../core/newsletter/pages/render-issues-page.ts';
import type { Publication } from '../core/publication.ts';
import { sitePaths } from '../core/site-paths.ts';
import { formatIsoDay } from '../core/text/format-date.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { BuildContext } from './build-context.ts';
import { planFeedDocuments } from './plan-feed-documents.ts';
import { type PlannedDocument, planDocument } from './write-documents.ts';

/** Issues on the first page of their archive. */
const firstPageSize = 100;

/** The archive of issues and its feeds. The issues' own pages are written once, when an issue is composed. */
export const planIssueArchive = async (context: BuildContext): Promise<PlannedDocument[]> => {
  const { services, pageContext } = context;
  const { issues: store, publication } = services;
  const [latest, [oldest]] = await Promise.all([
    store.list({ newestFirst: true, limit: Math.max(firstPageSize, publication.feedSize) }),
    store.list({ limit: 1 }),
  ]);
  const years = listYears(publication, latest[0], oldest);
  const firstPage = { issues: latest.slice(0, firstPageSize), years };
  const yearPages = await mapInParallel(years, async (year): Promise<PlannedDocument> => {
    const [newest] = await store.list({ year, newestFirst: true, limit: 1 });
    return planDocument(sitePaths.issuesOfYear(year), { years, newest }, async () => {
      const issues = await store.list({ year, newestFirst: true });
      return renderIssuesPage(pageContext, { issues, years, year });
    });
  });
  return [
    planDocument(sitePaths.issues, firstPage, () => renderIssuesPage(pageContext, firstPage)),
    ...yearPages,
    ...planIssueFeeds(context, latest.slice(0, publication.feedSize)),
  ];
};

/** Newest first, with the years between that have no issue. */
const listYears = (
  publication: Publication,
  newest: IssueSummary | undefined,
  oldest: IssueSummary | undefined,
): string[] => {
  if (!newest || !oldest) return [];
  const toYear = ({ at }: IssueSummary) => Number(formatIsoDay(at, publication).slice(0, 4));
  const lastYear = toYear(newest);
  return Array.from({ length: lastYear - toYear(oldest) + 1 }, (_, yearsBack) => String(lastYear - yearsBack));
};

const planIssueFeeds = (context: BuildContext, issues: readonly IssueSummary[]): PlannedDocument[] => {
  const { publication } = context.services;
  return planFeedDocuments(
    context,
    {
      title: `${publication.title}: ${selectPageMessages(context.pageContext).issues}`,
      description: publication.description,
      page: sitePaths.issues,
      paths: sitePaths.issueFeeds,
      feedId: toFeedId(publication, sitePaths.issues),
      withdrawn: [],
      toPath: ({ slug }) => sitePaths.issue(slug, 'html'),
    },
    {
      items: issues.map((issue) => ({ id: formatIssueName(issue), issue })),
      inputs: issues,
      readEntries: (some) => mapInParallel(some, ({ issue }) => readIssueEntry(context, issue)),
    },
  );
};

const readIssueEntry = async ({ services }: BuildContext, issue: IssueSummary): Promise<FullEntry> => {
  const { buckets, publication } = services;
  const key = toObjectKey(sitePaths.issue(formatIssueName(issue), 'json'));
  const document = await readJsonObject(buckets.site, key, issueJsonSchema);
  if (!document) throw new Error(`the issue ${key} is missing from the site bucket`);
  return buildIssueEntry(publication, issue, document);
};
