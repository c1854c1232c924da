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

/** @param states of the alarm topic's e-mail subscriptions: an ARN, or `PendingConfirmation` */
export const checkAlarms = (states: readonly string[]): DoctorFinding => {
  const report = createReporter('alarms');
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
