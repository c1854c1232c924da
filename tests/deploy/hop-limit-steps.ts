import assert from 'node:assert/strict';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import {
  GetFunctionRecursionConfigCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionRecursionConfigCommand,
} from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { runSeedpressJson } from './cli-steps.ts';
import type { DeployContext } from './deploy-context.ts';
import { listDeployedResources } from './list-deployed-resources.ts';
import { waitForDeliveryCounts } from './newsletter-steps.ts';
import { putDeployedSeed, waitForFeedEntry } from './publishing-steps.ts';
import type { DeployStep } from './run-deploy-steps.ts';
import { toClientOptions } from './site-client.ts';

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Properties: z.object({ RecursiveLoop: z.enum(['Allow', 'Terminate']).optional() }).default({}) }),
  ),
});

/** What the deployed template says of each function. */
const readRecursionSettings = async (stage: DeployContext) => {
  const formation = new CloudFormationClient(toClientOptions(stage.aws));
  const { stackName: StackName } = stage.readOutputs();
  const { TemplateBody = '' } = await formation.send(new GetTemplateCommand({ StackName }));
  formation.destroy();
  const { Resources } = templateSchema.parse(JSON.parse(TemplateBody));
  return (await listDeployedResources(stage))
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ logicalId, physicalId }) => ({
      logicalId,
      FunctionName: physicalId,
      RecursiveLoop: Resources[logicalId]?.Properties.RecursiveLoop,
    }));
};

const isHttpRequest = (request: unknown): request is { headers: Record<string, string> } =>
  typeof request === 'object' && request !== null && 'headers' in request;

/** A client whose invocations are the seventeenth of a chain, as MiniStack counts them. */
const createSeventeenthCaller = ({ aws }: DeployContext): LambdaClient => {
  const lambda = new LambdaClient(toClientOptions(aws));
  lambda.middlewareStack.add(
    (next) => (args) => {
      if (isHttpRequest(args.request)) args.request.headers['x-ministack-invoke-depth'] = '16';
      return next(args);
    },
    { step: 'build' },
  );
  return lambda;
};

const holdPastHopLimit = async (stage: DeployContext): Promise<void> => {
  const lambda = new LambdaClient(toClientOptions(stage.aws));
  const functions = await readRecursionSettings(stage);
  // MiniStack deploys functions without the template's setting: it is made here as docs/runbook.md#recursion-stopped says.
  for (const { FunctionName, RecursiveLoop } of functions) {
    await lambda.send(new PutFunctionRecursionConfigCommand({ FunctionName, RecursiveLoop }));
    const deployed = await lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName }));
    assert.equal(deployed.RecursiveLoop, RecursiveLoop);
  }
  lambda.destroy();
  await putDeployedSeed(stage, 'lock.txt', 'The lock is closed\n\nUntil the heron has moved.\n');
  await waitForFeedEntry(stage, 'The lock is closed');
  await runSeedpressJson(stage, 'issue', 'hold', '--reason', 'a wrong picture');
  const { issue } = await runSeedpressJson(stage, 'issue', 'compose', 'daily', '--yes');
  assert.deepEqual([issue?.planned, issue?.sent, issue?.waiting], [1, 0, 1]);
  await invokeSeventeenth(stage, functions, { issue: issue.name, batch: 1 });
  await runSeedpressJson(stage, 'issue', 'resume', '--yes');
  assert.deepEqual(await waitForDeliveryCounts(stage, issue.name), { planned: 1, sent: 1 });
};

/** A function that waits by sending itself a message goes on; any other is stopped. */
const invokeSeventeenth = async (
  stage: DeployContext,
  functions: Awaited<ReturnType<typeof readRecursionSettings>>,
  message: object,
): Promise<void> => {
  const lambda = createSeventeenthCaller(stage);
  const invoke = async (start: string) => {
    const { FunctionName } = functions.find(({ logicalId }) => logicalId.startsWith(start)) ?? {};
    const Payload = JSON.stringify({ Records: [{ messageId: 'seventeenth', body: JSON.stringify(message) }] });
    return (await lambda.send(new InvokeCommand({ FunctionName, Payload }))).Payload?.transformToString();
  };
  assert.deepEqual(JSON.parse((await invoke('NewsletterDeliver')) ?? ''), { batchItemFailures: [] });
  await assert.rejects(invoke('NewsletterFeedback'), { name: 'RecursiveInvocationException' });
  lambda.destroy();
};

/** What waits by sending itself messages, for longer than Lambda lets others. */
export const createHopLimitSteps = (stage: DeployContext): DeployStep[] => [
  {
    name: 'a delivery that is held past the hop limit is queued again, and sent once it is resumed',
    run: () => holdPastHopLimit(stage),
  },
];
