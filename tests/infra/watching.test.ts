import { globSync, readFileSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { metrics, metricsDimension, metricsNamespace } from '../../functions/platform/contract.ts';
import { EdgeAlert } from '../../infra/constructs/edge-alert.ts';
import { listPolicies } from './list-policies.ts';
import { type SynthesizedStack, synthesizeStack } from './synthesize-stack.ts';

const root = new URL('../../', import.meta.url);
const stack = await synthesizeStack();

const namesOf = (type: string) =>
  stack
    .listByType(type)
    .map(([name]) => name)
    .sort();
const alarms = () => stack.listByType('AWS::CloudWatch::Alarm').map(([, properties]) => properties);

/** What GitHub makes of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

/** Metrics of ours by the names that the functions count by. */
const findMetricsInCode = () => {
  const sources = globSync('functions/**/*.ts', { cwd: root }).map((file) => readFileSync(new URL(file, root), 'utf8'));
  return Object.entries(metrics).flatMap(([name, metric]) =>
    sources.some((source) => source.includes(`'${name}'`) && /\bcount\(/.test(source)) ? [metric] : [],
  );
};

const functionName = z.object({ Ref: z.string() });
const target = z.object({ deadLetterTargetArn: z.object({ 'Fn::GetAtt': z.string().array() }) });

describe('alarms', () => {
  it('all state the impact, the action and an existing section of the runbook', () => {
    const [topic] = namesOf('AWS::SNS::Topic');
    const runbook = readFileSync(new URL('docs/runbook.md', root), 'utf8');
    const anchors = runbook.match(/^#+ .*$/gm)?.map(anchorOf) ?? [];
    for (const { AlarmDescription, AlarmActions, OKActions } of alarms()) {
      const parts = /^[A-Z].*[a-z]\. What to do: .+[a-z]\. See docs\/runbook\.md#([a-z-]+)$/.exec(
        String(AlarmDescription),
      );
      expect(anchors, String(AlarmDescription)).toContain(parts?.[1]);
      expect(AlarmActions).toEqual([{ Ref: topic }]);
      expect(OKActions).toEqual([{ Ref: topic }]);
    }
    expect(alarms().length).toBeGreaterThan(14);
  });

  it('may all publish to their topic, whose policy replaces the default one', () => {
    const allowed = listPolicies(stack, 'AWS::SNS::TopicPolicy').flatMap(({ statements }) =>
      statements.filter(
        ({ Effect, Principal }) =>
          Effect === 'Allow' && JSON.stringify(Principal) === '{"Service":"cloudwatch.amazonaws.com"}',
      ),
    );
    expect(allowed.map(({ Action }) => Action)).toEqual([['sns:Publish']]);
    const actions = alarms().flatMap(({ AlarmActions, OKActions }) =>
      z.json().array().parse([AlarmActions, OKActions].flat()),
    );
    expect(actions).toHaveLength(2 * alarms().length);
    for (const action of actions) expect(allowed[0]?.Resource).toContainEqual(action);
    expect(allowed[0]?.Condition).toMatchObject({
      ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', expect.arrayContaining([':alarm:*'])] } },
    });
  });

  it('go to the sender, to another address, or to a topic of the publisher', async () => {
    const subscribed = ({ listByType }: SynthesizedStack) =>
      listByType('AWS::SNS::Subscription').map(([, { Protocol, Endpoint }]) => [Protocol, Endpoint]);
    expect(subscribed(stack)).toEqual([['email', 'editor@harbour-gazette.example']]);
    const toAddress = await synthesizeStack({ alerts: { email: 'ops@gazette.example' } });
    expect(subscribed(toAddress)).toEqual([['email', 'ops@gazette.example']]);
    const topic = 'arn:aws:sns:eu-west-1:123456789012:operators';
    const toTopic = await synthesizeStack({ alerts: { topic } });
    expect(toTopic.listByType('AWS::SNS::Topic')).toEqual([]);
    const actions = toTopic.listByType('AWS::CloudWatch::Alarm').map(([, { AlarmActions }]) => AlarmActions);
    expect(new Set(actions.flat())).toEqual(new Set([topic]));
  });

  it('watch the dead letters of every queue', () => {
    const watched = JSON.stringify(
      alarms().filter(({ MetricName }) => MetricName === 'ApproximateNumberOfMessagesVisible'),
    );
    const redriven = stack
      .listByType('AWS::SQS::Queue')
      .flatMap(([, { RedrivePolicy }]) => (RedrivePolicy ? [RedrivePolicy] : []));
    const dead = redriven.map((policy) => target.parse(policy).deadLetterTargetArn['Fn::GetAtt'][0]);
    expect(dead).toHaveLength(4);
    for (const name of dead) expect(watched).toContain(JSON.stringify({ 'Fn::GetAtt': [name, 'QueueName'] }));
  });

  it('watch what every function fails at: the dead letters of its queue, for subscriptions the errors of its API', () => {
    const source = z.object({
      FunctionName: functionName,
      EventSourceArn: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
    });
    const watched = JSON.stringify(
      alarms().filter(({ MetricName }) => MetricName === 'ApproximateNumberOfMessagesVisible'),
    );
    const fed = stack.listByType('AWS::Lambda::EventSourceMapping').map(([, properties]) => source.parse(properties));
    for (const { EventSourceArn } of fed) {
      const queue = stack.resources.get(EventSourceArn['Fn::GetAtt'][0]);
      const { deadLetterTargetArn } = target.parse(queue?.Properties.RedrivePolicy);
      expect(watched).toContain(deadLetterTargetArn['Fn::GetAtt'][0]);
    }
    const answering = namesOf('AWS::Lambda::Function').filter((name) => name.includes('Subscriptions'));
    // Pictures that fail stay as they are, and `publish` is told.
    const harmless = namesOf('AWS::Lambda::Function').filter((name) => name.includes('ResizePicture'));
    expect(harmless).toHaveLength(1);
    const watchedFunctions = [...harmless, ...fed.map(({ FunctionName }) => FunctionName.Ref), ...answering];
    expect(watchedFunctions.sort()).toEqual(namesOf('AWS::Lambda::Function'));
    expect(alarms().filter(({ MetricName }) => MetricName === '5xx')).toHaveLength(1);
  });

  it.each([
    ['AWS/Lambda', 'Throttles'],
    ['AWS/Lambda', 'RecursiveInvocationsDropped'],
    ['AWS/CloudFront', '5xxErrorRate'],
    [metricsNamespace, 'IssuesOverdue'],
  ])('watch %s %s', (namespace, name) => {
    expect(alarms().filter(({ Namespace, MetricName }) => Namespace === namespace && MetricName === name)).toHaveLength(
      1,
    );
  });

  it('watch the edge in us-east-1 only, where its metrics are', () => {
    const countAlarms = (region: string): number => {
      const inRegion = new Stack(undefined, 'Gazette', { env: { region } });
      const distribution = Distribution.fromDistributionAttributes(inRegion, 'Distribution', {
        distributionId: 'E1',
        domainName: 'd1.cloudfront.net',
      });
      new EdgeAlert(inRegion, 'Edge', { distribution, topic: new Topic(inRegion, 'Topic') });
      return inRegion.node.findAll().filter((each) => each instanceof CfnAlarm).length;
    };
    expect(['us-east-1', 'eu-west-1'].map(countAlarms)).toEqual([1, 0]);
  });

  it('watch hubs where there are any', async () => {
    const hasHubAlarm = ({ text }: SynthesizedStack): boolean => text.includes('"HubFailures"');
    expect(hasHubAlarm(stack)).toBe(false);
    expect(hasHubAlarm(await synthesizeStack({ hubs: ['https://hub.example/'] }))).toBe(true);
  });

  it('tell when SES stops or allows sending, by an event that may go to their topic', () => {
    const [topic] = namesOf('AWS::SNS::Topic');
    const [rule] = stack
      .listByType('AWS::Events::Rule')
      .filter(([, { EventPattern }]) => JSON.stringify(EventPattern ?? {}).includes('Sending Status Disabled'));
    expect(rule?.[1].Targets).toMatchObject([{ Arn: { Ref: topic } }]);
    const allowed = listPolicies(stack, 'AWS::SNS::TopicPolicy')
      .flatMap(({ statements }) => statements)
      .filter(({ Principal }) => JSON.stringify(Principal) === '{"Service":"events.amazonaws.com"}');
    expect(allowed).toMatchObject([
      {
        Effect: 'Allow',
        Action: ['sns:Publish'],
        Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule?.[0], 'Arn'] } } },
      },
    ]);
    const runbook = readFileSync(new URL('docs/runbook.md', root), 'utf8');
    const anchor = /docs\/runbook\.md#([a-z-]+)/.exec(JSON.stringify(rule?.[1].Targets))?.[1];
    expect(runbook.match(/^#+ .*$/gm)?.map(anchorOf)).toContain(anchor);
  });

  it('watch metrics that a function of this stack emits', () => {
    const ours = alarms().filter(({ Namespace }) => Namespace === metricsNamespace);
    expect(ours.length).toBeGreaterThan(5);
    for (const { MetricName, Dimensions } of ours) {
      expect(findMetricsInCode()).toContain(MetricName);
      const dimension = z.object({ Name: z.literal(metricsDimension), Value: functionName });
      const [{ Value }] = z.tuple([dimension]).parse(Dimensions);
      expect(namesOf('AWS::Lambda::Function')).toContain(Value.Ref);
    }
  });
});

const widget = z.object({
  type: z.string(),
  properties: z.looseObject({
    title: z.string().optional(),
    metrics: z.array(z.array(z.unknown())).default([]),
    annotations: z.object({ horizontal: z.array(z.object({ value: z.number() })) }).optional(),
  }),
});

describe('the dashboard', () => {
  const dashboards = () => stack.listByType('AWS::CloudWatch::Dashboard').map(([, properties]) => properties);
  /** Its text, with the logical ids of what CloudFormation fills in. */
  const widgets = () => {
    const body = z
      .object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.json())]) })
      .parse(dashboards()[0]?.DashboardBody)['Fn::Join'][1];
    const text = body
      .map((part) => (typeof part === 'string' ? part : JSON.stringify(part).replace(/\W+/g, '.')))
      .join('');
    return z.object({ widgets: widget.array() }).parse(JSON.parse(text)).widgets;
  };
  const titled = (start: string) => widgets().find(({ properties: { title } }) => title?.startsWith(start));
  const shown = () => widgets().flatMap(({ properties }) => properties.metrics);

  it('is one, with a name of its own in every stage, and within the free metrics', () => {
    expect(dashboards()).toHaveLength(1);
    expect(dashboards()[0]).not.toHaveProperty('DashboardName');
    expect(shown().length).toBeLessThanOrEqual(50);
  });

  it.each([
    ['Uploads', ['Invocations', 'Published', 'Rejections']],
    ['From upload to reader', ['PublishingTime', 'p50', 'p95']],
    ['Age of the oldest message', ['ApproximateAgeOfOldestMessage']],
    ['Dead letters', ['ApproximateNumberOfMessagesVisible']],
    ['Active subscribers', ['SubscribersDaily', 'SubscribersWeekly']],
    ['Subscribers who became', ['SignUps', 'Confirmations', 'Unsubscribes', 'SignUpsRefused', 'MailFailures']],
    ['Subscribers who became', ['Bounces', 'Complaints']],
    [
      'Messages of issues',
      ['MessagesPlanned', 'MessagesSent', 'MessagesFailed', 'MessagesSuppressed', 'MessagesUncertain'],
    ],
    ['Bounces', ['Reputation.BounceRate']],
    ['Complaints', ['Reputation.ComplaintRate']],
    ['Lambda, GB-seconds', ['Duration']],
    ['Table, units', ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits']],
    ['Messages sent', ['MessagesSent']],
    ['CloudFront', ['Requests', 'BytesDownloaded']],
  ])('shows %s', (title, names) => {
    const text = JSON.stringify(titled(title)?.properties.metrics);
    for (const name of names) expect(text).toContain(`"${name}"`);
  });

  it('shows every queue and every function', () => {
    const ages = JSON.stringify(titled('Age of the oldest message'));
    for (const name of namesOf('AWS::SQS::Queue').filter((each) => !each.includes('DeadLetters')))
      expect(ages).toContain(name);
    const durations = JSON.stringify(titled('Lambda, GB-seconds'));
    for (const name of namesOf('AWS::Lambda::Function')) expect(durations).toContain(name);
  });

  it('shows the limits at which AWS suspends sending', () => {
    const lines = ['Bounces', 'Complaints'].map((title) =>
      titled(title)?.properties.annotations?.horizontal.map(({ value }) => value),
    );
    expect(lines).toEqual([[0.05], [0.001]]);
  });

  it('shows metrics that a function emits, and together with the alarms all of them', () => {
    const ours = shown().flatMap(([namespace, name]) => (namespace === metricsNamespace ? [String(name)] : []));
    expect(findMetricsInCode()).toEqual(expect.arrayContaining(ours));
    const watched = alarms().flatMap(({ Namespace, MetricName }) =>
      Namespace === metricsNamespace ? [String(MetricName)] : [],
    );
    expect([...new Set([...ours, ...watched])].sort()).toEqual(Object.values(metrics).sort());
  });
});
