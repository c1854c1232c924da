import * as z from 'zod';
import { formatCount } from '../output/format-values.ts';
import { createReporter, type DoctorFinding } from './doctor-finding.ts';

export interface DeadLetterCount {
  readonly queue: string;
  readonly count: number;
}

export const checkDeadLetters = (queues: readonly DeadLetterCount[]): DoctorFinding[] => {
  const report = createReporter('dead letters');
  const found = queues.filter(({ count }) => count > 0);
  if (found.length === 0) return [report.ok('No message has failed.')];
  return found.map(({ queue, count }) =>
    report.problem(
      `${formatCount(count, 'message')} of ${queue} failed five times.`,
      `See why in its function's log, then: npx seedpress redrive --queue ${queue}.`,
    ),
  );
};

export const checkRejections = (count: number): DoctorFinding => {
  const report = createReporter('rejections');
  if (count === 0) return report.ok('No seed is refused.');
  return report.warning(
    `${formatCount(count, 'seed is', 'seeds are')} refused.`,
    'See the reasons: npx seedpress rejections. Upload corrected files, or delete them.',
  );
};

export const checkPause = (paused: { readonly at: string; readonly reason: string } | undefined): DoctorFinding => {
  const report = createReporter('pause');
  if (!paused) return report.ok('Sending is not paused.');
  return report.problem(
    `Sending has been paused since ${paused.at}: ${paused.reason}.`,
    'Find the cause, docs/runbook.md#sending-paused; then: npx seedpress issue resume.',
  );
};

/** @param count of readers who chose topics of which none is offered any more */
export const checkTopicReaders = (count: number): DoctorFinding[] =>
  count === 0
    ? []
    : [
        createReporter('topics').warning(
          `${formatCount(count, 'reader')} chose only topics that the settings do not offer any more: they get nothing without an article of those topics.`,
          'Add the former topics to those that the new one stands for: docs/settings.md#topics.',
        ),
      ];

export interface AlarmTopic {
  /** Of each subscription: an ARN, or `PendingConfirmation`. */
  readonly subscriptions: readonly string[];
  /** The JSON text of its policy. */
  readonly policy: string;
}

const policySchema = z.object({
  Statement: z.array(
    z.object({
      Effect: z.string(),
      Principal: z.union([z.string(), z.record(z.string(), z.union([z.string(), z.string().array()]))]).optional(),
      Action: z.union([z.string().transform((action) => [action]), z.string().array()]),
    }),
  ),
});

/** The default policy of a topic lets everything in its account publish; any other has to name CloudWatch. */
const letsCloudWatchPublish = (policy: string): boolean =>
  policySchema.parse(JSON.parse(policy)).Statement.some(({ Effect, Principal = '', Action }) => {
    const principals = typeof Principal === 'string' ? [Principal] : Object.values(Principal).flat();
    return (
      Effect === 'Allow' &&
      Action.some((action) => /^sns:(publish|\*)$/i.test(action)) &&
      principals.some((principal) => principal === '*' || principal === 'cloudwatch.amazonaws.com')
    );
  });

/** @param topic undefined where the stack has none and the settings name none */
export const checkAlarms = (topic: AlarmTopic | undefined): DoctorFinding => {
  const report = createReporter('alarms');
  if (topic && !letsCloudWatchPublish(topic.policy))
    return report.problem(
      'CloudWatch may not publish to the topic of alarms, so no alarm arrives.',
      'Deploy again. To a topic of your own, add a policy that allows sns:Publish for cloudwatch.amazonaws.com.',
    );
  const states = topic?.subscriptions ?? [];
  if (states.length === 0)
    return report.problem(
      'Nobody is notified of alarms.',
      'Deploy again, or subscribe to the topic in the SNS console.',
    );
  const waiting = states.filter((state) => !state.startsWith('arn:')).length;
  if (waiting < states.length) return report.ok('Alarms are mailed.');
  return report.problem(
    'Nobody has confirmed the subscription to alarms.',
    'Click the link in the mail from AWS Notifications, or request it again in the SNS console.',
  );
};
