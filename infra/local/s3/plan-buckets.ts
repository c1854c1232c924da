import { z } from 'zod';
import { formatArn, region } from '../base/aws-account.ts';
import type { ServiceResourceTypes, TemplateResources } from '../template/resources.ts';

export const s3ResourceTypes: ServiceResourceTypes = {
  planned: {
    'AWS::S3::Bucket': (name) => ({
      ref: name,
      attributes: {
        Arn: formatArn('s3', name, ':'),
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      },
    }),
  },
};

export interface BucketPlan {
  readonly name: string;
  readonly sendsEventsToEventBridge: boolean;
}

const bucketSchema = z.object({
  NotificationConfiguration: z
    .object({ EventBridgeConfiguration: z.object({ EventBridgeEnabled: z.boolean().default(true) }).optional() })
    .optional(),
});

export const planBuckets = (resources: TemplateResources): BucketPlan[] =>
  resources.planEach('AWS::S3::Bucket', ({ name, properties }) => {
    const configuration = bucketSchema.parse(properties).NotificationConfiguration?.EventBridgeConfiguration;
    return { name, sendsEventsToEventBridge: configuration?.EventBridgeEnabled ?? false };
  });
