import { formatCount } from '../output/format-count.ts';
import { type DoctorFinding, reportOk, reportProblem, reportWarning } from './doctor-finding.ts';

export interface DeadLetterCount {
  readonly queue: string;
  readonly count: number;
}

export const checkDeadLetters = (queues: readonly DeadLetterCount[]): DoctorFinding[] => {
  const check = 'dead letters';
  const found = queues.filter(({ count }) => count > 0);
  if (found.length === 0) return [reportOk(check, 'No message has failed.')];
  return found.map(({ queue, count }) =>
    reportProblem(
      check,
      `${formatCount(count, 'message')} of ${queue} failed five times.`,
      `See why in its function's log, then: npx seedpress redrive --queue ${queue}.`,
    ),
  );
};

export const checkRejections = (count: number): DoctorFinding => {
  const check = 'rejections';
  if (count === 0) return reportOk(check, 'No seed is refused.');
  return reportWarning(
    check,
    `${formatCount(count, 'seed is', 'seeds are')} refused.`,
    'See the reasons: npx seedpress rejections. Upload corrected files, or delete them.',
  );
};

export const checkPause = (paused: { readonly at: string; readonly reason: string } | undefined): DoctorFinding => {
  const check = 'pause';
  if (!paused) return reportOk(check, 'Sending is not paused.');
  return reportProblem(
    check,
    `Sending has been paused since ${paused.at}: ${paused.reason}.`,
    'Find the cause, docs/runbook.md#sending-paused; then: npx seedpress issue resume.',
  );
};

/** @param states of the alarm topic's e-mail subscriptions: an ARN, or `PendingConfirmation` */
export const checkAlarms = (states: readonly string[]): DoctorFinding => {
  const check = 'alarms';
  if (states.length === 0)
    return reportProblem(
      check,
      'Nobody is notified of alarms.',
      'Deploy again, or subscribe to the topic in the SNS console.',
    );
  const waiting = states.filter((state) => !state.startsWith('arn:')).length;
  if (waiting < states.length) return reportOk(check, 'Alarms are mailed.');
  return reportProblem(
    check,
    'Nobody has confirmed the subscription to alarms.',
    'Click the link in the mail from AWS Notifications, or request it again in the SNS console.',
  );
};
