import { Duration, TimeZone } from 'aws-cdk-lib';
import {
  ContextAttribute,
  type CronOptionsWithTimezone,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import {
  type Publication,
  type ScheduledCadence,
  selectScheduledCadences,
  weekdays,
} from '../../functions/core/publication.ts';
import type { WorkQueue } from './work-queue.ts';

export interface IssueSchedulesProps {
  readonly publication: Publication;
  /** Gets a message `{cadence, time}` when an issue is due. */
  readonly issues: WorkQueue;
}

/**
 * Schedules of the issues, in the time zone of the publication. EventBridge skips a time that does not exist when the
 * clocks go forward: its articles are in the next issue.
 */
export class IssueSchedules extends Construct {
  constructor(scope: Construct, id: string, { publication, issues }: IssueSchedulesProps) {
    super(scope, id);
    for (const cadence of selectScheduledCadences(publication)) {
      new Schedule(this, cadence, {
        description: `Composes the ${cadence} issue`,
        schedule: buildScheduleExpression(publication, cadence),
        target: new SqsSendMessage(issues.queue, {
          input: ScheduleTargetInput.fromObject({ cadence, time: ContextAttribute.scheduledTime }),
          maxEventAge: Duration.hours(12),
          deadLetterQueue: issues.deadLetters,
        }),
      });
    }
  }
}

export const buildScheduleExpression = (
  publication: Pick<Publication, 'digest' | 'timeZone'>,
  cadence: ScheduledCadence,
): ScheduleExpression =>
  ScheduleExpression.cron({
    minute: '0',
    ...toCronTime(publication, cadence),
    timeZone: TimeZone.of(publication.timeZone),
  });

const toCronTime = ({ digest }: Pick<Publication, 'digest'>, cadence: ScheduledCadence): CronOptionsWithTimezone => {
  const hour = String(digest[cadence]?.hour ?? 0);
  if (cadence === 'monthly' && digest.monthly) return { hour, ...toCronDay(digest.monthly.day) };
  if (cadence === 'weekly' && digest.weekly) return { hour, weekDay: digest.weekly.day.slice(0, 3).toUpperCase() };
  return { hour };
};

/** `L` is the last day of the month, and `2#1` its first Monday: Sunday is 1. */
const toCronDay = (day: NonNullable<Publication['digest']['monthly']>['day']): CronOptionsWithTimezone => {
  if (day === 'last') return { day: 'L' };
  if (typeof day === 'number') return { day: String(day) };
  const weekday = weekdays.findIndex((each) => day === `first ${each}`);
  return { weekDay: `${((weekday + 1) % 7) + 1}#1` };
};
