import { formatIssueName } from '../../../functions/core/newsletter/issue/issue-record.ts';
import type { Connection } from '../connection/connection.ts';
import { countMessages } from '../connection/count-messages.ts';
import { createCliServices } from '../connection/create-cli-services.ts';

/** Issues that are shown. */
const maxShownIssues = 5;

/** What a publication is at: read with a few requests, however large the archive. */
export const readStatus = async (connection: Connection) => {
  const { publication, site, sqs, ...stores } = createCliServices(connection);
  const [build, queues, issues, { paused }] = await Promise.all([
    stores.build.get(),
    countMessages(sqs, connection.queues),
    stores.issues.list({ newestFirst: true, limit: maxShownIssues }),
    stores.rateLimit.get(),
  ]);
  return {
    publication: publication.title,
    site: build.site ?? site,
    time: connection.now().toISOString(),
    announced: build.announced,
    builds: { requested: build.requested, built: build.built },
    queues,
    paused,
    issues: issues.map((line) => ({ name: formatIssueName(line), ...line })),
  };
};

export type PublicationStatus = Awaited<ReturnType<typeof readStatus>>;
