import assert from 'node:assert/strict';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type MetricAlarm,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { GetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { accountId } from '../../infra/local/base/aws-account.ts';
import { type Caller, decideAccess } from '../../infra/local/iam/decide-access.ts';
import { policySchema } from '../../infra/local/iam/parse-policy.ts';
import type { DeployContext } from './deploy-context.ts';
import type { DeployStep } from './run-deploy-steps.ts';
import { toClientOptions } from './site-client.ts';
import { waitUntil } from './wait-until.ts';

const json = z.string().transform((text): unknown => JSON.parse(text));
/** An alarm as CloudWatch tells it, in the envelope that SNS puts around it. */
const notificationSchema = json.pipe(
  z.object({
    Message: json.pipe(z.object({ AlarmName: z.string(), NewStateValue: z.string(), AlarmDescription: z.string() })),
  }),
);

const listAlarms = async (cloudWatch: CloudWatchClient): Promise<MetricAlarm[]> => {
  const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ MaxRecords: 100 }));
  assert.ok(MetricAlarms.length > 10);
  return MetricAlarms;
};

/** The only topic that alarms go to, when they begin and when they are over. */
const findTopic = (alarms: readonly MetricAlarm[]): string => {
  const topics = new Set(alarms.flatMap(({ AlarmActions = [], OKActions = [] }) => [...AlarmActions, ...OKActions]));
  for (const { AlarmActions, OKActions, AlarmName } of alarms)
    assert.deepEqual([AlarmActions?.length, OKActions?.length], [1, 1], AlarmName);
  const [topic = '', ...others] = topics;
  assert.deepEqual(others, []);
  return topic;
};

/** MiniStack publishes alarms whatever the topic's policy says, so the deployed policy is evaluated here. */
const checkTopicPolicy = async (sns: SNSClient, TopicArn: string, alarms: readonly MetricAlarm[]): Promise<void> => {
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  const statements = json.pipe(policySchema).parse(Attributes?.Policy);
  const policies = { roles: new Map(), resources: [{ attachedTo: [TopicArn], statements }] };
  const decide = (caller: Caller) => decideAccess({ caller, action: 'sns:Publish', resource: TopicArn }, policies);
  const service = 'cloudwatch.amazonaws.com';
  for (const { AlarmArn = '' } of alarms) {
    assert.equal(decide({ kind: 'service', service, sourceArn: AlarmArn }), 'allowed', AlarmArn);
    const sourceArn = AlarmArn.replace(accountId, '111122223333');
    assert.equal(decide({ kind: 'service', service, sourceArn }), 'implicit deny');
  }
};

/** Subscribes a queue to the topic, as a pager or a chat would be. */
const subscribeQueue = async ({ sqs, aws }: DeployContext, sns: SNSClient, TopicArn: string): Promise<string> => {
  const QueueName = 'alarms';
  const Endpoint = `arn:aws:sqs:${aws.region}:${accountId}:${QueueName}`;
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: Endpoint,
    Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy } }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  return QueueUrl;
};

const receiveAlarm = ({ sqs }: DeployContext, QueueUrl: string) =>
  waitUntil('an alarm arrives', async () => {
    const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    if (!message) return undefined;
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    const { AlarmName, NewStateValue, AlarmDescription } = notificationSchema.parse(message.Body).Message;
    assert.match(AlarmDescription, /What to do: .+ See docs\/runbook\.md#[a-z-]+$/);
    return { AlarmName, NewStateValue };
  });

const checkAlarms = async (stage: DeployContext): Promise<void> => {
  const cloudWatch = new CloudWatchClient(toClientOptions(stage.aws));
  const sns = new SNSClient(toClientOptions(stage.aws));
  const alarms = await listAlarms(cloudWatch);
  const topic = findTopic(alarms);
  await checkTopicPolicy(sns, topic, alarms);
  const queue = await subscribeQueue(stage, sns, topic);
  // By hand, as docs/deploying.md has the operator do it.
  const { AlarmName, Namespace, MetricName, Dimensions } =
    alarms.find((alarm) => /SetAside/.test(alarm.AlarmName ?? '')) ?? {};
  for (const StateValue of ['ALARM', 'OK'] as const) {
    await cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'Trying it out' }));
    assert.deepEqual(await receiveAlarm(stage, queue), { AlarmName, NewStateValue: StateValue });
  }
  await cloudWatch.send(new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName, Dimensions, Value: 1 }] }));
  assert.deepEqual(await receiveAlarm(stage, queue), { AlarmName, NewStateValue: 'ALARM' });
  sns.destroy();
  cloudWatch.destroy();
};

/** Alarms, from CloudWatch to whoever is told of them. */
export const createAlarmSteps = (stage: DeployContext): DeployStep[] => [
  {
    name: 'an alarm by hand and one by its metric reach the topic’s subscribers, and its policy allows every alarm',
    run: () => checkAlarms(stage),
  },
];
