import {
  CloudFormationClient,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { variables } from '../../functions/runtime/contract.ts';
import type { ConnectedQueue, Connection } from './connection.ts';
import { exitCodes, OperatorError } from './failures.ts';

const resourcesOf = async (stack: string): Promise<StackResourceSummary[]> => {
  const found: StackResourceSummary[] = [];
  try {
    const pages = paginateListStackResources({ client: new CloudFormationClient() }, { StackName: stack });
    for await (const page of pages) found.push(...(page.StackResourceSummaries ?? []));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // CloudFormation has no error type of its own for it.
    if (!message.includes('does not exist')) throw error;
    throw new OperatorError(
      `There is no stack ${stack} in this account and region: --stack names another, npm start begins a local run.`,
      exitCodes.notFound,
      { cause: error },
    );
  }
  return found;
};

const idsOf = (resources: readonly StackResourceSummary[], type: string): string[] =>
  resources.flatMap(({ ResourceType, ResourceStatus, PhysicalResourceId }) =>
    ResourceType === type && ResourceStatus !== 'DELETE_COMPLETE' && PhysicalResourceId
      ? [PhysicalResourceId]
      : [],
  );

/** Variables of all functions that are the publication's own. @throws {OperatorError} where there are none */
const readEnvironment = async (stack: string, names: readonly string[]): Promise<Record<string, string>> => {
  const lambda = new LambdaClient();
  const answers = await Promise.all(
    names.map((FunctionName) => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))),
  );
  const environment: Record<string, string> = Object.assign(
    {},
    ...answers.map(({ Environment }) => Environment?.Variables ?? {}),
  );
  if (variables.publication in environment) return environment;
  throw new OperatorError(`The stack ${stack} is no publication.`);
};

const redriveSchema = z.object({ deadLetterTargetArn: z.string() });

const readQueues = async (urls: readonly string[]): Promise<ConnectedQueue[]> => {
  const sqs = new SQSClient();
  const nameOf = (address: string): string => address.split(/[/:]/).at(-1) ?? address;
  return Promise.all(
    urls.map(async (url) => {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['RedrivePolicy'] }),
      );
      const target = Attributes.RedrivePolicy
        ? redriveSchema.parse(JSON.parse(Attributes.RedrivePolicy)).deadLetterTargetArn
        : undefined;
      const deadLettersUrl = target && urls.find((each) => nameOf(each) === nameOf(target));
      return { name: nameOf(url), url, ...(deadLettersUrl && { deadLettersUrl }) };
    }),
  );
};

/**
 * A deployed stack, with the usual AWS credentials.
 * @throws {OperatorError} where there is no such stack, or it is something else
 */
export const connectStack = async (stack: string): Promise<Connection> => {
  const resources = await resourcesOf(stack);
  const [environment, queues] = await Promise.all([
    readEnvironment(stack, idsOf(resources, 'AWS::Lambda::Function')),
    readQueues(idsOf(resources, 'AWS::SQS::Queue')),
  ]);
  const [alarmTopic] = idsOf(resources, 'AWS::SNS::Topic');
  return {
    ...{ name: `The stack ${stack} on AWS`, isLocal: false, environment, queues },
    ...(alarmTopic !== undefined && { alarmTopic }),
    now: () => new Date(),
  };
};
