import { createBucket } from '../../../functions/adapters/bucket.ts';
import { createSesClient } from '../../../functions/adapters/ses-mailer.ts';
import { createTableClient } from '../../../functions/adapters/table/client.ts';
import { createListStore } from '../../../functions/adapters/table/lists.ts';
import { readComposingConfig } from '../../../functions/runtime/config.ts';
import { createMailer } from '../../../functions/runtime/create-mailer.ts';
import type { Connection } from '../connection.ts';
import { clientSettings, createOperatorClients } from '../create-clients.ts';
import { openLedger } from '../newsletter/open-ledger.ts';
import { gatherCounts } from './gather-counts.ts';
import type { KnownCounts } from './month-counts.ts';

/** Counts the last thirty days of the publication that a connection leads to. */
export const countPublication = (connection: Connection): Promise<KnownCounts> => {
  const { buckets, mail } = readComposingConfig(connection.environment);
  const { publication, dynamo, tableName, build, issues, subscribers } = openLedger(connection);
  return gatherCounts({
    ...{ publication, build, issues, subscribers },
    now: connection.now(),
    lists: createListStore(createTableClient(dynamo, tableName)),
    site: createBucket(createOperatorClients(connection).s3, buckets.site),
    mailer: createMailer(publication, mail, () => createSesClient(clientSettings(connection, 'SESV2'))),
  });
};
