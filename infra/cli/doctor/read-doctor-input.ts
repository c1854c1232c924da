import { GetTopicAttributesCommand, paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { createSesClient } from '../../../functions/adapters/ses-mailer.ts';
import { listNames } from '../../../functions/core/lifecycle/list-positions.ts';
import type { Connection } from '../connection/connection.ts';
import { countMessages } from '../connection/count-messages.ts';
import { countChoices } from '../connection/count-readers.ts';
import { toClientSettings } from '../connection/create-cli-clients.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { listRejections } from '../rejections/read-rejections.ts';
import type { AlarmTopic } from './check-operations.ts';
import type { DoctorInput } from './run-checks.ts';

export const readDoctorInput = async (
  connection: Connection,
  { resolver, fetch }: Pick<DoctorInput, 'resolver' | 'fetch'>,
): Promise<DoctorInput> => {
  const { local, alarmTopicArn, queues, now } = connection;
  const services = createCliServices(connection);
  const { config, publication, site, build, lists, rateLimit, sqs, subscribers } = services;
  const [{ site: builtFor, pages }, [newest], { paused }, readers, rejections, messages] = await Promise.all([
    build.get(),
    lists.listEntries(listNames.latest, { newestFirst: true, limit: 1 }),
    rateLimit.get(),
    countChoices(subscribers, publication),
    listRejections(services),
    countMessages(sqs, queues),
  ]);
  return {
    publication,
    isLocal: local !== undefined,
    site,
    builtForSite: builtFor,
    pages,
    paused,
    resolver,
    fetch,
    now: now(),
    ses: createSesClient(toClientSettings(connection.environment, 'SESV2')),
    configurationSet: config.configurationSet,
    newestArticleId: newest?.id,
    subscribers: readers.cadences,
    readersOfFormerTopics: readers.withFormerTopicsOnly,
    rejections: rejections.length,
    deadLetters: messages.map(({ name, dead }) => ({ queue: name, count: dead })),
    readAlarmTopic: async () => {
      const topic = publication.alerts?.topic ?? alarmTopicArn;
      return topic === undefined ? undefined : readAlarmTopic(new SNSClient(), topic);
    },
  };
};

const readAlarmTopic = async (client: SNSClient, TopicArn: string): Promise<AlarmTopic> => {
  const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
  const subscriptions: string[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, { TopicArn }))
    for (const { SubscriptionArn = '' } of Subscriptions) subscriptions.push(SubscriptionArn);
  return { subscriptions, policy: Attributes?.Policy ?? '{"Statement":[]}' };
};
