import {
  CloudFormationClient,
  GetTemplateCommand,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { environmentVariables } from '../../../functions/platform/contract.ts';
import { formatErrorMessage } from '../../local/base/format-error-message.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import type { ConnectedQueue, Connection } from './connection.ts';

const listStackResources = async (stack: string): Promise<StackResourceSummary[]> => {
  const found: StackResourceSummary[] = [];
  try {
    const pages = paginateListStackResources({ client: new CloudFormationClient() }, { StackName: stack });
    for await (const page of pages) found.push(...(page.StackResourceSummaries ?? []));
  } catch (error) {
    const message = formatErrorMessage(error);
    // CloudFormation has no error type of its own for it.
    if (!message.includes('does not exist')) throw error;
    throw new CliError(
      `There is no stack ${stack} in this account and region. Name another with --stack, or start a local run with npm start.`,
      exitCodes.notFound,
      { cause: error },
    );
  }
  return found;
};

const selectResourceIds = (resources: readonly StackResourceSummary[], type: string): string[] =>
  resources.flatMap(({ ResourceType, ResourceStatus, PhysicalResourceId }) =>
    ResourceType === type && ResourceStatus !== 'DELETE_COMPLETE' && PhysicalResourceId ? [PhysicalResourceId] : [],
  );

const readEnvironment = async (stack: string, names: readonly string[]): Promise<Record<string, string>> => {
  const lambda = new LambdaClient();
  const answers = await Promise.all(
    names.map((FunctionName) => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))),
  );
  const environment: Record<string, string> = Object.assign(
    {},
    ...answers.map(({ Environment }) => Environment?.Variables ?? {}),
  );
  if (environmentVariables.publication in environment) return environment;
  throw new CliError(`The stack ${stack} is not a publication.`);
};

const redriveSchema = z.object({ deadLetterTargetArn: z.string() });

const readQueues = async (urls: readonly string[]): Promise<ConnectedQueue[]> => {
  const sqs = new SQSClient();
  const toQueueName = (address: string): string => address.split(/[/:]/).at(-1) ?? address;
  return Promise.all(
    urls.map(async (url) => {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['RedrivePolicy'] }),
      );
      const target = Attributes.RedrivePolicy
        ? redriveSchema.parse(JSON.parse(Attributes.RedrivePolicy)).deadLetterTargetArn
        : undefined;
      const deadLettersUrl = target && urls.find((each) => toQueueName(each) === toQueueName(target));
      return { name: toQueueName(url), url, ...(deadLettersUrl && { deadLettersUrl }) };
    }),
  );
};

export const connectStack = async (stack: string): Promise<Connection> => {
  const resources = await listStackResources(stack);
  const [environment, queues] = await Promise.all([
    readEnvironment(stack, selectResourceIds(resources, 'AWS::Lambda::Function')),
    readQueues(selectResourceIds(resources, 'AWS::SQS::Queue')),
  ]);
  const [alarmTopic] = selectResourceIds(resources, 'AWS::SNS::Topic');
  return {
    name: `The stack ${stack} on AWS`,
    environment,
    queues,
    readTemplate: async () => {
      const { TemplateBody = '{}' } = await new CloudFormationClient().send(
        new GetTemplateCommand({ StackName: stack }),
      );
      return JSON.parse(TemplateBody);
    },
    ...(alarmTopic !== undefined && { alarmTopicArn: alarmTopic }),
    now: () => new Date(),
  };
};
