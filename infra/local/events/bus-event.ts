import { randomUUID } from 'node:crypto';
import { accountId, region } from '../base/aws-account.ts';
import type { S3Event } from '../s3/bucket-store.ts';
import type { JsonValue } from '../template/template.ts';
import type { SchedulePlan } from './plan-schedules.ts';

/** An event as EventBridge delivers it. */
export type BusEvent = { readonly [name: string]: JsonValue };

/** The key is not encoded, other than in S3's older notifications. */
export const buildS3BusEvent = (event: S3Event): BusEvent => {
  const { id, type, reason, bucket, key, size, etag, sequencer, time } = event;
  const object = type === 'Object Created' ? { key, size, etag, sequencer } : { key, sequencer };
  return {
    version: '0',
    id,
    'detail-type': type,
    source: 'aws.s3',
    account: accountId,
    time,
    region,
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object,
      'request-id': id,
      requester: accountId,
      'source-ip-address': '127.0.0.1',
      reason,
      ...(type === 'Object Deleted' ? { 'deletion-type': 'Permanently Deleted' } : {}),
    },
  };
};

export const buildScheduledBusEvent = (ruleArn: string, at: Date): BusEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: accountId,
  time: `${at.toISOString().slice(0, 19)}Z`,
  region,
  resources: [ruleArn],
  detail: {},
});

/**
 * The input of a schedule, with its keywords replaced
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html).
 */
export const buildScheduleInput = ({ arn, target }: SchedulePlan, at: Date): string =>
  target.input
    // Scheduled times are full seconds; a time that a user chose may not be one.
    .replaceAll('<aws.scheduler.scheduled-time>', at.toISOString().replace('.000Z', 'Z'))
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', '1');
