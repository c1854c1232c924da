import { Duration, TimeZone } from 'aws-cdk-lib';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { type Cadence, type Publication, selectCadences } from '../../functions/core/publication.ts';
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
    for (const cadence of selectCadences(publication)) {
      new Schedule(this, cadence, {
        description: `Composes the ${cadence} issue`,
        schedule: ScheduleExpression.cron({
          minute: '0',
          ...toCronTime(publication, cadence),
          timeZone: TimeZone.of(publication.timeZone),
        }),
        target: new SqsSendMessage(issues.queue, {
          input: ScheduleTargetInput.fromObject({ cadence, time: ContextAttribute.scheduledTime }),
          maxEventAge: Duration.hours(12),
          deadLetterQueue: issues.deadLetters,
        }),
      });
    }
  }
}

const toCronTime = ({ digest }: Publication, cadence: Cadence): { hour: string; weekDay?: string } => {
  const { hour } = digest[cadence] ?? { hour: 0 };
  if (cadence === 'daily' || !digest.weekly) return { hour: String(hour) };
  return { hour: String(hour), weekDay: digest.weekly.day.slice(0, 3).toUpperCase() };
};
