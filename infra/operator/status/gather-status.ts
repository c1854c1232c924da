import { createBuildStore } from '../../../functions/adapters/table/build.ts';
import { createTableClient } from '../../../functions/adapters/table/client.ts';
import { createIssueStore } from '../../../functions/adapters/table/issues.ts';
import { createPaceStore } from '../../../functions/adapters/table/pace.ts';
import { issueName } from '../../../functions/core/newsletter/records.ts';
import { readConfig } from '../../../functions/runtime/config.ts';
import type { Connection } from '../connection.ts';
import { countMessages } from '../count-messages.ts';
import { createOperatorClients } from '../create-clients.ts';

/** Issues that are shown. */
const shown = 5;

/** What a publication is at: read with a few requests, however large the archive. */
export const gatherStatus = async (connection: Connection) => {
  const { publication, site, table: name } = readConfig(connection.environment);
  const clients = createOperatorClients(connection);
  const table = createTableClient(clients.dynamo, name);
  const [build, queues, issues, pace] = await Promise.all([
    createBuildStore(table).get(),
    countMessages(clients.sqs, connection.queues),
    createIssueStore(table).lines({ newestFirst: true, limit: shown }),
    createPaceStore(table).get(),
  ]);
  return {
    publication: publication.title,
    site: build.site ?? site,
    time: connection.now().toISOString(),
    announced: build.announced,
    builds: { requested: build.requested, built: build.built },
    queues,
    paused: pace.paused,
    issues: issues.map((line) => ({ name: issueName(line), ...line })),
  };
};

export type Status = Awaited<ReturnType<typeof gatherStatus>>;
