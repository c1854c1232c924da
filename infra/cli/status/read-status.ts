import { createBuildStore } from '../../../functions/adapters/table/build.ts';
import { createTableClient } from '../../../functions/adapters/table/client.ts';
import { createIssueStore } from '../../../functions/adapters/table/issues.ts';
import { createRateLimitStore } from '../../../functions/adapters/table/rate-limit.ts';
import { formatIssueName } from '../../../functions/core/newsletter/records.ts';
import { readPublishConfig } from '../../../functions/runtime/environment.ts';
import type { Connection } from '../connection/connection.ts';
import { countMessages } from '../connection/count-messages.ts';
import { createCliClients } from '../connection/create-clients.ts';

/** Issues that are shown. */
const maxShownIssues = 5;

/** What a publication is at: read with a few requests, however large the archive. */
export const readStatus = async (connection: Connection) => {
  const { publication, site, table: name } = readPublishConfig(connection.environment);
  const clients = createCliClients(connection);
  const table = createTableClient(clients.dynamo, name);
  const [build, queues, issues, pace] = await Promise.all([
    createBuildStore(table).get(),
    countMessages(clients.sqs, connection.queues),
    createIssueStore(table).listIssues({ newestFirst: true, limit: maxShownIssues }),
    createRateLimitStore(table).get(),
  ]);
  return {
    publication: publication.title,
    site: build.site ?? site,
    time: connection.now().toISOString(),
    announced: build.announced,
    builds: { requested: build.requested, built: build.built },
    queues,
    paused: pace.paused,
    issues: issues.map((line) => ({ name: formatIssueName(line), ...line })),
  };
};

export type PublicationStatus = Awaited<ReturnType<typeof readStatus>>;
