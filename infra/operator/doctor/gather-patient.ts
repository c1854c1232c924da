import { SNSClient } from '@aws-sdk/client-sns';
import { createSesClient } from '../../../functions/adapters/ses-mailer.ts';
import { createTableClient } from '../../../functions/adapters/table/client.ts';
import { createListStore } from '../../../functions/adapters/table/lists.ts';
import { lists } from '../../../functions/core/filing/lists.ts';
import { readComposingConfig } from '../../../functions/runtime/config.ts';
import type { Connection } from '../connection.ts';
import { countMessages } from '../count-messages.ts';
import { countReaders } from '../count-readers.ts';
import { clientSettings, createOperatorClients } from '../create-clients.ts';
import { openLedger } from '../newsletter/open-ledger.ts';
import { listRejections } from '../rejections/read-rejections.ts';
import type { Patient } from './examine.ts';
import { gatherSubscriptions } from './gather-subscriptions.ts';

/** All that is examined of a publication, found by its connection. */
export const gatherPatient = async (
  connection: Connection,
  { resolver, fetch }: Pick<Patient, 'resolver' | 'fetch'>,
): Promise<Patient> => {
  const { isLocal, alarmTopic, queues, now } = connection;
  const { mail } = readComposingConfig(connection.environment);
  const { sqs } = createOperatorClients(connection);
  const { publication, site, dynamo, tableName, build, pace, subscribers } = openLedger(connection);
  const { entries } = createListStore(createTableClient(dynamo, tableName));
  const [{ site: builtFor }, [newest], { paused }, readers, rejections, messages] = await Promise.all([
    build.get(),
    entries(lists.latest, { newestFirst: true, limit: 1 }),
    pace.get(),
    countReaders(subscribers),
    listRejections(connection),
    countMessages(sqs, queues),
  ]);
  return {
    ...{ publication, isLocal, site, builtFor, paused, resolver, fetch },
    now: now(),
    ses: createSesClient(clientSettings(connection, 'SESV2')),
    configurationSet: mail.configurationSet,
    newest: newest?.id,
    subscribers: readers,
    rejections: rejections.length,
    deadLetters: messages.map(({ name, dead }) => ({ queue: name, count: dead })),
    alarmSubscriptions: async () =>
      alarmTopic === undefined ? [] : gatherSubscriptions(new SNSClient(), alarmTopic),
  };
};
