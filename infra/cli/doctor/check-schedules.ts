import { DateTime } from 'luxon';
import { isIssueDay } from '../../../functions/core/newsletter/issue/find-next-issue-time.ts';
import {
  type Publication,
  type ScheduledCadence,
  selectScheduledCadences,
} from '../../../functions/core/publication.ts';
import { createReporter, type DoctorFinding } from './doctor-finding.ts';

/** A date on which a cadence's hour is not there, or is there twice. */
export interface ClockChangeConflict {
  readonly cadence: ScheduledCadence;
  readonly date: DateTime;
  readonly kind: 'skipped' | 'twice';
}

export const findClockChangeConflicts = (
  publication: Pick<Publication, 'digest' | 'timeZone'>,
  now: Date,
): ClockChangeConflict[] => {
  const first = DateTime.fromJSDate(now, { zone: publication.timeZone }).startOf('day');
  const dates = Array.from({ length: 366 }, (_, days) => first.plus({ days }));
  return selectScheduledCadences(publication).flatMap((cadence) => {
    const hour = publication.digest[cadence]?.hour ?? 0;
    return dates
      .filter((date) => isIssueDay(publication, cadence, date))
      .flatMap((date): ClockChangeConflict[] => {
        const kind = findConflictKind(date.set({ hour }), hour);
        return kind ? [{ cadence, date, kind }] : [];
      });
  });
};

const findConflictKind = (time: DateTime, hour: number): ClockChangeConflict['kind'] | undefined => {
  if (time.hour !== hour || time.minute !== 0) return 'skipped';
  return time.getPossibleOffsets().length > 1 ? 'twice' : undefined;
};

/**
 * What the changes of clocks of the next year do to issues: EventBridge Scheduler skips an hour that is not there, and
 * calls once in one that comes twice.
 */
export const checkSchedules = (publication: Publication, now: Date): DoctorFinding[] => {
  const conflicts = findClockChangeConflicts(publication, now);
  return selectScheduledCadences(publication).flatMap((cadence) => {
    const found = conflicts.filter((one) => one.cadence === cadence);
    const report = createReporter(`${cadence} schedule`);
    if (found.length === 0)
      return [report.ok(`No clock change in ${publication.timeZone} affects its hour within a year.`)];
    return found.map(({ date, kind }) => {
      const when = `${String(publication.digest[cadence]?.hour).padStart(2, '0')}:00 on ${date.setLocale('en').toFormat('cccc d LLLL yyyy')}`;
      if (kind === 'twice') return report.ok(`${when} occurs twice; the issue is composed once.`);
      return report.warning(
        `${when} does not exist: no issue is composed then, and the next one contains its articles.`,
        `Choose another hour in digest.${cadence}.hour of the settings if you want an issue on that date.`,
      );
    });
  });
};
