import { DateTime } from 'luxon';
import type { LedgerIssue } from './local-ledger.ts';

/** A time for people, by the clocks of a zone. */
export const formatLocalTime = (at: Date, zone: string): string =>
  DateTime.fromJSDate(at, { zone }).setLocale('en-GB').toFormat('ccc d MMM yyyy, HH:mm');

const stateLabels: Readonly<Record<string, string>> = {
  held: 'waits for approval: the preview is in the inbox',
  discarded: 'was discarded',
};

/** An issue in one line or two: what is in it, and what became of its copies. */
export const formatLedgerIssue = (issue: LedgerIssue, zone: string): string => {
  const { name, subject, articles, state, planned, outcomes } = issue;
  const at = formatLocalTime(new Date(issue.at), zone);
  const what = `${name}  ${at}  ${articles} article${articles === 1 ? '' : 's'}  ${subject}`;
  if (state !== 'sending') return `${what}\n  ${stateLabels[state] ?? `is being composed (${state})`}`;
  const { sent, failed, suppressed, uncertain, waiting } = outcomes;
  const sum = `planned ${planned} = sent ${sent} + failed ${failed} + suppressed ${suppressed} + uncertain ${uncertain}`;
  return `${what}\n  ${sum}${waiting > 0 ? ` + waiting ${waiting}` : ''}`;
};
