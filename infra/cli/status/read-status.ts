import { formatIssueName, type IssueSummary } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { cadences } from '../../../functions/core/publication.ts';
import type { Connection } from '../connection/connection.ts';
import { countMessages } from '../connection/count-messages.ts';
import { countChoices } from '../connection/count-readers.ts';
import { type CliServices, createCliServices } from '../connection/create-cli-services.ts';
import { findOpenIssue } from '../newsletter/find-next-issue.ts';
import { readIssueReport } from '../newsletter/list-issue-reports.ts';
import { listNotices } from '../notices/read-notices.ts';
import { listRejections } from '../rejections/read-rejections.ts';

const maxShownIssues = 5;
/** Issues with more delivery batches are not counted: status takes a few requests, however large the list is. */
const maxCountedBatches = 250;

export const readStatus = async (connection: Connection) => {
  const stores = createCliServices(connection);
  const { local } = connection;
  const [build, queues, issues, { paused }, rejections, notices, readers] = await Promise.all([
    stores.build.get(),
    countMessages(stores.sqs, connection.queues),
    readLatestIssues(stores),
    stores.rateLimit.get(),
    listRejections(stores),
    listNotices(stores),
    local && countChoices(stores.subscribers, stores.publication),
  ]);
  return {
    publication: stores.publication.title,
    site: build.site ?? stores.site,
    time: connection.now().toISOString(),
    timeZone: stores.publication.timeZone,
    announced: build.announced,
    builds: { requested: build.requested, built: build.built },
    queues,
    paused,
    ...(local && {
      local: {
        inbox: local.inbox,
        clockOffsetMs: local.clockOffsetMs,
        nextFiring: local.nextFiring,
        readers: readers?.cadences,
        formerCadences: readers?.formerCadences,
        topics: readers?.topics,
      },
    }),
    rejections,
    notices,
    issues,
  };
};

export type PublicationStatus = Awaited<ReturnType<typeof readStatus>>;

const readLatestIssues = async (stores: CliServices) => {
  const [listed, ...open] = await Promise.all([
    stores.issues.listAll({ newestFirst: true, limit: maxShownIssues }),
    ...cadences.map((cadence) => findOpenIssue(stores, cadence)),
  ]);
  const found = new Map<string, IssueSummary>();
  for (const issue of [...open, ...listed]) if (issue) found.set(formatIssueName(issue), issue);
  const latest = [...found].toSorted(([, a], [, b]) => b.at.localeCompare(a.at)).slice(0, maxShownIssues);
  return Promise.all(
    latest.map(async ([name, { at, subject, articles }]) => {
      const issue = await stores.issues.get(name);
      if (issue && issue.batches <= maxCountedBatches) return readIssueReport(stores, issue);
      // An issue of a publication that was imported has no record.
      return { name, at, subject, articles, ...(issue && { state: issue.state, planned: issue.planned }) };
    }),
  );
};
