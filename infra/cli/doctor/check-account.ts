import type { GetAccountResponse } from '@aws-sdk/client-sesv2';
import {
  type Cadence,
  cadences,
  daysPerIssue,
  findQuieterCadence,
  type Publication,
  selectCadences,
} from '../../../functions/core/publication.ts';
import { toAdjective } from '../newsletter/to-adjective.ts';
import { formatCount, formatDuration } from '../output/format-values.ts';
import { createReporter, type DoctorFinding } from './doctor-finding.ts';

export const checkAccount = (account: GetAccountResponse): DoctorFinding[] => [
  account.ProductionAccessEnabled
    ? createReporter('sandbox').ok('The account has left the sandbox.')
    : createReporter('sandbox').problem(
        'The account is in the sandbox: it may send 200 mails a day, and only to verified addresses.',
        'Ask Amazon to lift it, once: docs/deploying.md#leave-the-sandbox.',
      ),
  account.SendingEnabled
    ? createReporter('sending').ok('SES lets the account send.')
    : createReporter('sending').problem(
        `SES has switched off the sending of this account${account.EnforcementStatus ? ` (${account.EnforcementStatus})` : ''}.`,
        'Read the mail from Amazon and the SES console, and fix the cause before you ask for access again.',
      ),
];

const secondsPerDay = 24 * 60 * 60;

const countSendingSeconds = ({ newsletter }: Publication): number => {
  if (!newsletter.quietHours) return secondsPerDay;
  const { from, to } = newsletter.quietHours;
  return secondsPerDay - ((to - from + 24) % 24) * 60 * 60;
};

export const checkQuota = (
  { SendQuota }: GetAccountResponse,
  publication: Publication,
  subscribers: Readonly<Record<Cadence, number>>,
): DoctorFinding[] => {
  const { Max24HourSend: perDay = 0, MaxSendRate: perSecond = 0, SentLast24Hours: sent = 0 } = SendQuota ?? {};
  const report = createReporter('quota');
  if (perSecond <= 0 || perDay === 0)
    return [report.problem('SES gives the account no quota.', 'Check the SES console.')];
  const issues = selectCadences(publication).map((cadence) => {
    const readers = subscribers[cadence];
    if (readers === 0) return report.ok(`Nobody subscribes to the ${toAdjective(cadence)} issue yet.`);
    const seconds = readers / perSecond;
    const days = Math.max(
      Math.ceil(seconds / Math.max(1, countSendingSeconds(publication))),
      perDay < 0 ? 1 : Math.ceil(readers / perDay),
      1,
    );
    const message = `${cadence === 'immediately' ? 'An' : 'A'} ${toAdjective(cadence)} issue to ${formatCount(readers, 'reader')} takes ${formatDuration(seconds)} at ${perSecond} a second`;
    if (days === 1) return report.ok(`${message}.`);
    const spread = `${message}, and spreads over ${days} days, with ${perDay < 0 ? 'no limit' : perDay.toLocaleString('en')} a day.`;
    const action = 'Ask Amazon for more, under Service Quotas, before the list grows.';
    return days > daysPerIssue[cadence] ? report.problem(spread, action) : report.warning(spread, action);
  });
  const left = perDay - sent;
  const all = Object.values(subscribers).reduce((sum, readers) => sum + readers, 0);
  const used =
    perDay > 0 && left < all && sent > 0
      ? [
          report.warning(
            `${sent.toLocaleString('en')} of ${perDay.toLocaleString('en')} mails of the last 24 hours are used: an issue to all subscribers would have to wait now.`,
            'Nothing to do if that was an issue: sending continues as the quota returns.',
          ),
        ]
      : [];
  return [...issues, ...used, ...findUnservedReaders(publication, subscribers)];
};

export const findUnservedReaders = (
  publication: Publication,
  subscribers: Readonly<Record<Cadence, number>>,
): DoctorFinding[] =>
  cadences
    .filter((cadence) => subscribers[cadence] > 0 && publication.digest[cadence] === undefined)
    .map((cadence) => {
      const report = createReporter(`${cadence} readers`);
      const chose = `${formatCount(subscribers[cadence], 'reader')} chose ${toAdjective(cadence)} issues, which the settings do not offer`;
      const quieter = findQuieterCadence(publication, cadence);
      return quieter
        ? report.warning(
            `${chose}: within a day, they get ${toAdjective(quieter)} ones.`,
            `Nothing to do, unless you want to offer digest.${cadence} again before.`,
          )
        : report.problem(
            `${chose}: they get nothing.`,
            `Offer digest.${cadence} again or a quieter cadence, or ask them to choose another in their preferences.`,
          );
    });
