import { createBucket } from '../../../functions/adapters/bucket.ts';
import { createSesClient } from '../../../functions/adapters/ses-mailer.ts';
import { createTableClient } from '../../../functions/adapters/table/client.ts';
import { createListStore } from '../../../functions/adapters/table/lists.ts';
import { readComposeIssueConfig } from '../../../functions/runtime/config.ts';
import { createMailer } from '../../../functions/runtime/create-mailer.ts';
import type { Connection } from '../connection.ts';
import { createCliClients, toClientSettings } from '../create-clients.ts';
import { createNewsletterStores } from '../newsletter/open-ledger.ts';
import { readKnownCounts } from './gather-counts.ts';
import type { KnownCounts } from './month-counts.ts';

/** Counts the last thirty days of the publication that a connection leads to. */
export const countLastMonth = (connection: Connection): Promise<KnownCounts> => {
  const { buckets, mail } = readComposeIssueConfig(connection.environment);
  const { publication, dynamo, tableName, build, issues, subscribers } = createNewsletterStores(connection);
  return readKnownCounts({
    ...{ publication, build, issues, subscribers },
    now: connection.now(),
    lists: createListStore(createTableClient(dynamo, tableName)),
    site: createBucket(createCliClients(connection).s3, buckets.site),
    mailer: createMailer(publication, mail, () => createSesClient(toClientSettings(connection, 'SESV2'))),
  });
};
