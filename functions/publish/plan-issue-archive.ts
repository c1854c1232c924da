import { readJsonObject } from '../adapters/bucket.ts';
import { toObjectKey } from '../adapters/site-objects.ts';
import type { FullEntry } from '../core/entry.ts';
import { toFeedId } from '../core/feed/feed-id.ts';
import type { FeedInput } from '../core/feed/feed-input.ts';
import { selectPageMessages } from '../core/messages.ts';
import { buildIssueEntry, issueJsonSchema } from '../core/newsletter/issue/issue-entry.ts';
import { formatIssueName, type IssueSummary } from '../core/newsletter/issue/issue-record.ts';
import { renderIssuesPage } from '../core/site/render-issues-page.ts';
import { sitePaths } from '../core/site-paths.ts';
import { formatIsoDay } from '../core/text/format-date.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { BuildContext } from './build-context.ts';
import { planFeedFormats } from './plan-feed-documents.ts';
import { type PlannedDocument, planDocument } from './write-documents.ts';

/** Issues on the first page of their archive. */
const firstPageSize = 100;

/** The archive of issues and its feeds. The issues themselves are not made here: they are frozen. */
export const planIssueArchive = async (round: BuildContext): Promise<PlannedDocument[]> => {
  const { issues: store, publication } = round.services;
  const [latest, [oldest]] = await Promise.all([
    store.list({ newestFirst: true, limit: Math.max(firstPageSize, publication.feedSize) }),
    store.list({ limit: 1 }),
  ]);
  const years = listYears(latest[0], oldest, (line) =>
    Number(formatIsoDay(line.at, publication).slice(0, 4)),
  );
  const page = { issues: latest.slice(0, firstPageSize), years };
  const ofYears = await mapInParallel(years, async (year): Promise<PlannedDocument> => {
    const [newest] = await store.list({ year, newestFirst: true, limit: 1 });
    const make = async () => {
      const issues = await store.list({ year, newestFirst: true });
      return renderIssuesPage(round.pageContext, { issues, years, year });
    };
    return planDocument(sitePaths.issuesOfYear(year), { years, newest }, make);
  });
  return [
    planDocument(sitePaths.issues, page, () => renderIssuesPage(round.pageContext, page)),
    ...ofYears,
    ...planIssueFeeds(round, latest.slice(0, publication.feedSize)),
  ];
};

/** Newest first, with every year in between. */
const listYears = (
  newest: IssueSummary | undefined,
  oldest: IssueSummary | undefined,
  yearOf: (line: IssueSummary) => number,
): string[] => {
  if (!newest || !oldest) return [];
  const last = yearOf(newest);
  return Array.from({ length: last - yearOf(oldest) + 1 }, (_, back) => String(last - back));
};

const planIssueFeeds = (round: BuildContext, issues: readonly IssueSummary[]): PlannedDocument[] => {
  const { services, since, pageContext: context } = round;
  const { publication, site } = services;
  const paths = sitePaths.issueFeeds;
  const inputs = { issues, since };
  let read: Promise<FullEntry[]> | undefined;
  const entries = () => {
    read ??= mapInParallel(issues, (line) => readIssueEntry(round, line));
    return read;
  };
  const readFeedInput = async (): Promise<FeedInput> => ({
    publication,
    site,
    title: `${publication.title}: ${selectPageMessages(context).issues}`,
    description: publication.description,
    page: sitePaths.issues,
    paths,
    feedId: toFeedId(publication, sitePaths.issues),
    entries: await entries(),
    withdrawn: [],
    since,
    toPath: ({ slug }) => sitePaths.issue(slug, 'html'),
  });
  return planFeedFormats(paths, inputs, readFeedInput);
};

const readIssueEntry = async ({ services }: BuildContext, line: IssueSummary): Promise<FullEntry> => {
  const { buckets, publication } = services;
  const key = toObjectKey(sitePaths.issue(formatIssueName(line), 'json'));
  const document = await readJsonObject(buckets.site, key, issueJsonSchema);
  if (!document) throw new Error(`the issue ${key} is missing from the site bucket`);
  return buildIssueEntry(publication, line, document);
};
