import { z } from 'zod';
import { pollersPerQueue } from './assumptions.ts';

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z
        .looseObject({
          MemorySize: z.number().exactOptional(),
          FunctionName: z.unknown().optional(),
          ScalingConfig: z.object({ MaximumConcurrency: z.number() }).exactOptional(),
        })
        .default({}),
    }),
  ),
});

const functionIds = {
  publish: /PublishFunction[0-9A-F]{8}$/,
  resizePicture: /ResizePictureFunction[0-9A-F]{8}$/,
  composeIssue: /ComposeIssueFunction[0-9A-F]{8}$/,
  deliver: /DeliverFunction[0-9A-F]{8}$/,
  subscriptions: /SubscriptionsFunction[0-9A-F]{8}$/,
  recordFeedback: /RecordFeedbackFunction[0-9A-F]{8}$/,
} as const;

export interface StackResources {
  readonly alarms: number;
  readonly dashboards: number;
  /** Pollers of all queues while these are idle. */
  readonly pollers: number;
  /** Of each function; 0 for one that the stack does not have. */
  readonly memoryGigabytes: Readonly<Record<keyof typeof functionIds, number>>;
  readonly maxConcurrentDeliveries: number;
}

export const readStackResources = (template: unknown): StackResources => {
  const resources = Object.entries(templateSchema.parse(template).Resources);
  const listByType = (type: string) => resources.filter(([, { Type }]) => Type === type);
  const functions = listByType('AWS::Lambda::Function');
  const mappings = listByType('AWS::Lambda::EventSourceMapping');
  const toGigabytes = (id: RegExp): number =>
    (functions.find(([name]) => id.test(name))?.[1].Properties.MemorySize ?? 0) / 1024;
  const deliver = functions.find(([name]) => functionIds.deliver.test(name))?.[0];
  const deliveries = mappings.find(([, { Properties }]) => isReference(Properties.FunctionName, deliver));
  return {
    alarms: listByType('AWS::CloudWatch::Alarm').length,
    dashboards: listByType('AWS::CloudWatch::Dashboard').length,
    pollers: mappings.reduce(
      (sum, [, { Properties }]) => sum + pollersPerQueue[Properties.ScalingConfig ? 'limited' : 'unlimited'],
      0,
    ),
    memoryGigabytes: {
      publish: toGigabytes(functionIds.publish),
      resizePicture: toGigabytes(functionIds.resizePicture),
      composeIssue: toGigabytes(functionIds.composeIssue),
      deliver: toGigabytes(functionIds.deliver),
      subscriptions: toGigabytes(functionIds.subscriptions),
      recordFeedback: toGigabytes(functionIds.recordFeedback),
    },
    maxConcurrentDeliveries: deliveries?.[1].Properties.ScalingConfig?.MaximumConcurrency ?? 1,
  };
};

const referenceSchema = z.object({ Ref: z.string() });

const isReference = (value: unknown, id: string | undefined): boolean =>
  id !== undefined && referenceSchema.safeParse(value).data?.Ref === id;
