import { expect, test } from 'vitest';
import { parsePublication } from '../../../../functions/core/publication.ts';
import { findColumns } from '../../../../infra/cli/subscribers/find-columns.ts';
import { parseCsvDate } from '../../../../infra/cli/subscribers/parse-csv-date.ts';
import {
  planSubscriberRow,
  type SubscriberRowSettings,
} from '../../../../infra/cli/subscribers/plan-subscriber-row.ts';
import { baseSettings } from '../../../publish/publish-fixture.ts';

const headings = ['Email Address', 'Cadence', 'Status', 'CONFIRM_TIME', 'Consent', 'Paused'];
const settings: SubscriberRowSettings = {
  columns: findColumns(headings),
  publication: parsePublication(baseSettings),
  isOfOtherSystem: false,
  maxFields: headings.length,
  cadences: ['daily'],
  cadence: 'daily',
  timeZone: 'Europe/Lisbon',
  now: new Date('2026-11-24T08:00:00Z'),
  secretNames: [],
  toKey: (address) => `key of ${address}`,
};
const good = {
  email: 'Ana@A.example',
  cadence: '',
  status: '',
  consentedAt: '2024-06-05',
  consent: 'At the fair',
  paused: '',
};
const plan = (change: Partial<typeof good> = {}, more: Partial<SubscriberRowSettings> = {}) =>
  planSubscriberRow(Object.values({ ...good, ...change }), { ...settings, ...more });

test('a row that says when and how becomes a reader', () => {
  expect(plan()).toEqual({
    event: {
      kind: 'import',
      key: 'key of Ana@a.example',
      email: 'Ana@a.example',
      cadence: 'daily',
      at: '2024-06-04T23:00:00.000Z',
      consent: 'At the fair',
      paused: false,
    },
  });
  expect(plan({ paused: 'Yes', status: 'Subscribed' })).toMatchObject({ event: { paused: true } });
  expect(plan({ consent: '' }, { consent: 'On\npaper' })).toMatchObject({ event: { consent: 'On paper' } });
  expect(plan({ consent: 'In shop' }, { consent: 'On paper' })).toMatchObject({
    event: { consent: 'In shop' },
  });
});

test.each([
  ['unsubscribed', 'unsubscribed'],
  ['Cancelled', 'unsubscribed'],
  ['cleaned', 'bounced'],
  ['spam', 'complained'],
])('who is %s elsewhere has left, with no consent asked for', (status, state) => {
  expect(plan({ status, consent: '', consentedAt: '' })).toMatchObject({
    event: { kind: 'importInactive', state, at: '2026-11-24T08:00:00.000Z' },
  });
});

test.each([
  [{ email: '' }, 'it has no e-mail address that mail can reach'],
  [{ email: 'Ana <ana@a.example>' }, 'it has no e-mail address that mail can reach'],
  [{ email: 'jürgen@a.example' }, 'it has no e-mail address that mail can reach'],
  [{ consentedAt: '' }, 'it does not say when they consented'],
  [{ consent: ' ' }, 'it does not say how they consented'],
  [{ consentedAt: '05/06/2024' }, '"05/06/2024" is not a clear date: write 2024-06-05'],
  [{ consentedAt: '0000-00-00' }, '"0000-00-00" is not a clear date: write 2024-06-05'],
  [{ consentedAt: '2031-01-01' }, '"2031-01-01" is in the future'],
  [{ status: 'pending' }, 'they never confirmed: ask them to sign up'],
  [{ status: 'vip' }, 'the status "vip" is not known'],
  [{ status: 'constructor' }, 'the status "constructor" is not known'],
  [{ cadence: 'hourly' }, 'the cadence "hourly" is not one of: immediately, daily, weekly, monthly'],
  [{ cadence: 'weekly' }, 'the publication offers no weekly issues'],
])('%j is refused', (change, refused) => {
  expect(plan(change)).toEqual({ refused });
});

test('a row with more fields than headings is refused; one with fewer has the rest empty', () => {
  expect(planSubscriberRow([...Object.values(good), 'more'], settings)).toEqual({
    refused: 'it has more fields than there are headings',
  });
  expect(planSubscriberRow(['ana@a.example'], settings)).toEqual({
    refused: 'it does not say when they consented',
  });
});

test('an address that was shielded against spreadsheets is read as it was', () => {
  expect(plan({ email: "'+ana@a.example" })).toMatchObject({ event: { email: '+ana@a.example' } });
});

test.each([
  ['2024-06-05', '2024-06-04T23:00:00.000Z'],
  ['2024-06-05T10:00:00Z', '2024-06-05T10:00:00.000Z'],
  ['2024-06-05T10:00:00+02:00', '2024-06-05T08:00:00.000Z'],
  ['2024-06-05 10:00:00', '2024-06-05T09:00:00.000Z'],
  ['2024-01-05 10:00', '2024-01-05T10:00:00.000Z'],
  ['5.6.2024', '2024-06-04T23:00:00.000Z'],
  ['05.06.2024 10:00', '2024-06-05T09:00:00.000Z'],
])('%s is %s', (written, at) => {
  expect(parseCsvDate(written, 'Europe/Lisbon')).toBe(at);
});

test.each(['', '10:00', '2024', '06/05/2024', '31.02.2024', 'yesterday', '20240605', '45448', 'W23'])(
  '%j is no date for certain',
  (written) => {
    expect(parseCsvDate(written, 'Europe/Lisbon')).toBeUndefined();
  },
);

test('headings are known in whatever case and punctuation; where two would do, the confirmation counts', () => {
  expect(findColumns(['OPTIN_TIME', 'confirm-time', 'E-Mail'])).toMatchObject({
    email: 2,
    consentedAt: 1,
    consent: -1,
  });
  expect(findColumns(['name', 'phone']).email).toBe(-1);
});

test.each([
  ['2023-03-24 10:23:10 UTC', '2023-03-24T10:23:10.000Z'],
  ['2021-02-04 07:55:20 +0000', '2021-02-04T07:55:20.000Z'],
  ['2021-05-05 13:28:55.654321 +0530 IST', '2021-05-05T07:58:55.654Z'],
  ['2021-05-05 13:28:55.654321 +0000 +0000', '2021-05-05T13:28:55.654Z'],
  ['2022-12-07 19:36:41.034839+00:00', '2022-12-07T19:36:41.034Z'],
  ['Mar 5, 2024', '2024-03-05T00:00:00.000Z'],
  ['5 March 2024 10:30 AM', '2024-03-05T10:30:00.000Z'],
  ['Mon, 05 Feb 2024 10:00:00 +0100', '2024-02-05T09:00:00.000Z'],
  ['25/01/2024', '2024-01-25T00:00:00.000Z'],
  ['1/25/2024 4:05 PM', '2024-01-25T16:05:00.000Z'],
  ['02/02/2024', '2024-02-02T00:00:00.000Z'],
  ['1704067200', '2024-01-01T00:00:00.000Z'],
  ['1704067200000', '2024-01-01T00:00:00.000Z'],
])('%s, as a system writes it, is %s', (written, at) => {
  expect(parseCsvDate(written, 'Europe/Lisbon')).toBe(at);
});
