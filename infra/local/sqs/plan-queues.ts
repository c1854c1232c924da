import { z } from 'zod';
import { formatArn } from '../base/aws-account.ts';
import type { ServiceResourceTypes, TemplateResources } from '../template/resources.ts';
import type { QueueSettings } from './queues.ts';

export const sqsResourceTypes: ServiceResourceTypes = {
  planned: {
    'AWS::SQS::Queue': (name, { toQueueUrl }) => ({
      ref: toQueueUrl(name),
      attributes: { Arn: formatArn('sqs', name), QueueName: name, QueueUrl: toQueueUrl(name) },
    }),
  },
};

const queueSchema = z.object({
  VisibilityTimeout: z.number().default(30),
  DelaySeconds: z.number().default(0),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
});

export const planQueues = (resources: TemplateResources): QueueSettings[] =>
  resources.planEach('AWS::SQS::Queue', ({ name, properties }) => {
    const { VisibilityTimeout, DelaySeconds, RedrivePolicy } = queueSchema.parse(properties);
    const settings = { name, visibilityTimeout: VisibilityTimeout, delay: DelaySeconds };
    if (!RedrivePolicy) return settings;
    const { name: queue } = resources.find('AWS::SQS::Queue', RedrivePolicy.deadLetterTargetArn);
    return { ...settings, deadLetters: { queue, maxReceives: RedrivePolicy.maxReceiveCount } };
  });
