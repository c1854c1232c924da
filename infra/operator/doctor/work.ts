import { type Finding, ok, problem, warning } from './finding.ts';

/** A queue's dead letters. */
export interface DeadLetters {
  readonly queue: string;
  readonly count: number;
}

const plural = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

export const judgeDeadLetters = (queues: readonly DeadLetters[]): Finding[] => {
  const check = 'dead letters';
  const found = queues.filter(({ count }) => count > 0);
  if (found.length === 0) return [ok(check, 'No message was given up.')];
  return found.map(({ queue, count }) =>
    problem(
      check,
      `${plural(count, 'message', 'messages')} of ${queue} could not be worked on in five tries.`,
      `See why in its function's log, then: npx seedpress redrive --queue ${queue}.`,
    ),
  );
};

/** @param count seeds that are refused as they stand */
export const judgeRejections = (count: number): Finding => {
  const check = 'rejections';
  if (count === 0) return ok(check, 'No seed is refused.');
  return warning(
    check,
    `${plural(count, 'seed is', 'seeds are')} refused.`,
    'See the reasons: npx seedpress rejections. Upload them mended, or delete them.',
  );
};

export const judgePause = (paused: { readonly at: string; readonly reason: string } | undefined): Finding => {
  const check = 'pause';
  if (!paused) return ok(check, 'Sending is not paused.');
  return problem(
    check,
    `Sending has been paused since ${paused.at}: ${paused.reason}.`,
    'Find the cause, docs/runbook.md#sending-paused; then: npx seedpress issue resume.',
  );
};

/** @param states of the alarm topic's e-mail subscriptions: an ARN, or `PendingConfirmation` */
export const judgeAlarms = (states: readonly string[]): Finding => {
  const check = 'alarms';
  if (states.length === 0)
    return problem(
      check,
      'Nobody hears of alarms.',
      'Deploy again, or subscribe to the topic in the SNS console.',
    );
  const waiting = states.filter((state) => !state.startsWith('arn:')).length;
  if (waiting < states.length) return ok(check, 'Alarms are mailed.');
  return problem(
    check,
    'Nobody has confirmed that alarms be mailed to them.',
    'Click the link in the mail of AWS Notifications; if it is lost, request it anew in the SNS console.',
  );
};
