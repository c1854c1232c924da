import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { vi } from 'vitest';
import { listen } from '../../../infra/local/base/http-server.ts';
import { runSeedpress } from './run-seedpress.ts';

export interface StackFixtureOptions {
  readonly stackName: string;
  /** What each function is told. */
  readonly variables: Readonly<Record<string, string>>;
  /** URLs of its queues. */
  readonly queues: readonly string[];
  /** States of the alarm topic's e-mail subscriptions. */
  readonly subscriptions: readonly string[];
  /** Where the services are that answer for themselves, such as `AWS_ENDPOINT_URL_SESV2`. */
  readonly services: Readonly<Record<string, string>>;
}

const topic = 'arn:aws:sns:us-east-1:000000000000:alarms';

const formatMember = (fields: Readonly<Record<string, string>>): string =>
  `<member>${Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</member>`;

/** Of a template that is not the project's own: two alarms, a dashboard and a function. */
const deployedResources = {
  LateAlarm: { Type: 'AWS::CloudWatch::Alarm' },
  LostAlarm: { Type: 'AWS::CloudWatch::Alarm' },
  Dashboard: { Type: 'AWS::CloudWatch::Dashboard' },
  PublishFunction0123ABCD: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 1024 } },
};

/** Answers of CloudFormation and SNS, whose protocol is the same. */
const responses: Readonly<Record<string, (options: StackFixtureOptions) => string>> = {
  ListStackResources: ({ queues }) => {
    const resources = [
      ['AWS::Lambda::Function', 'publish'],
      ['AWS::SNS::Topic', topic],
      ...queues.map((url) => ['AWS::SQS::Queue', url]),
    ].map(([ResourceType = '', PhysicalResourceId = '']) =>
      formatMember({ LogicalResourceId: 'Resource', ResourceType, PhysicalResourceId }),
    );
    return `<StackResourceSummaries>${resources.join('')}</StackResourceSummaries>`;
  },
  GetTemplate: () => `<TemplateBody>${JSON.stringify({ Resources: deployedResources })}</TemplateBody>`,
  GetTopicAttributes: () => {
    const allow = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish' };
    const policy = JSON.stringify({ Statement: [allow] });
    return `<Attributes><entry><key>Policy</key><value>${policy}</value></entry></Attributes>`;
  },
  ListSubscriptionsByTopic: ({ subscriptions }) =>
    `<Subscriptions>${subscriptions
      .map((SubscriptionArn) => formatMember({ SubscriptionArn, Protocol: 'email', TopicArn: topic }))
      .join('')}</Subscriptions>`,
};

const handleRequest = async (options: StackFixtureOptions, request: IncomingMessage): Promise<[number, string]> => {
  const asked = new URLSearchParams(await text(request));
  const action = asked.get('Action') ?? '';
  if (request.method === 'GET') return [200, JSON.stringify({ Environment: { Variables: options.variables } })];
  if (asked.has('StackName') && asked.get('StackName') !== options.stackName)
    return [
      400,
      `<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id ${asked.get('StackName')} does not exist</Message></Error></ErrorResponse>`,
    ];
  const result = responses[action]?.(options) ?? '';
  return [200, `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`];
};

/**
 * A deployed stack as CloudFormation, Lambda and SNS tell of it on 127.0.0.1, and the operator's command that asks
 * them.
 */
export const startStackFixture = async (options: StackFixtureOptions) => {
  const server = await listen(
    createServer(async (request, response) => {
      const [status, body] = await handleRequest(options, request);
      response.writeHead(status).end(body);
    }),
    0,
  );
  const env = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: server.endpoint,
    AWS_MAX_ATTEMPTS: '1',
    ...options.services,
  };
  return {
    close: server.close,
    /** Runs `seedpress` in this process. Clients read their endpoints from its environment meanwhile. */
    run: async (args: readonly string[]): Promise<{ exitCode: number; out: string; err: string }> => {
      for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
      vi.stubEnv('AWS_PROFILE', undefined);
      try {
        return await runSeedpress(args, env);
      } finally {
        vi.unstubAllEnvs();
      }
    },
  };
};
