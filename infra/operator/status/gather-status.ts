import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { createBuildStore } from '../../../functions/adapters/table/build.ts';
import { createTableClient } from '../../../functions/adapters/table/client.ts';
import { createIssueStore } from '../../../functions/adapters/table/issues.ts';
import { createPaceStore } from '../../../functions/adapters/table/pace.ts';
import { issueName } from '../../../functions/core/newsletter/records.ts';
import { readConfig } from '../../../functions/runtime/config.ts';
import type { ConnectedQueue, Connection } from '../connection.ts';
import { createOperatorClients } from '../create-clients.ts';

/** Issues that are shown. */
const shown = 5;

/** SQS counts about. `dead` are the messages that it gave up on. */
const countMessages = async (sqs: SQSClient, { name, url, deadLettersUrl }: ConnectedQueue) => {
  const count = async (QueueUrl: string) => {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: [
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesDelayed',
          'ApproximateNumberOfMessagesNotVisible',
        ],
      }),
    );
    const { ApproximateNumberOfMessages: visible = 0, ApproximateNumberOfMessagesDelayed: delayed = 0 } =
      Attributes;
    const inFlight = Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0);
    return { waiting: Number(visible) + Number(delayed), inFlight };
  };
  const [work, dead] = await Promise.all([
    count(url),
    deadLettersUrl === undefined ? undefined : count(deadLettersUrl),
  ]);
  return { name, ...work, dead: dead ? dead.waiting + dead.inFlight : 0 };
};

/** What a publication is at: read with a few requests, however large the archive. */
export const gatherStatus = async (connection: Connection) => {
  const { publication, site, table: name } = readConfig(connection.environment);
  const clients = createOperatorClients(connection);
  const table = createTableClient(clients.dynamo, name);
  // A queue of dead letters is counted with the queue whose messages it takes.
  const deadLetters = new Set(connection.queues.map(({ deadLettersUrl }) => deadLettersUrl));
  const work = connection.queues.filter(({ url }) => !deadLetters.has(url));
  const [build, queues, issues, pace] = await Promise.all([
    createBuildStore(table).get(),
    Promise.all(work.map((queue) => countMessages(clients.sqs, queue))),
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
