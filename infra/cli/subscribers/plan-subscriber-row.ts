import { DateTime } from 'luxon';
import type { SubscriberEvent } from '../../../functions/core/newsletter/subscriber/apply-subscriber-event.ts';
import { parseEmailAddress } from '../../../functions/core/newsletter/subscriber/email-address.ts';
import type { Cadence } from '../../../functions/core/publication.ts';
import type { Column, Columns } from './find-columns.ts';
import { unescapeFormula } from './write-csv-file.ts';

/** The day first, with dots: no country writes it in another order. */
const dottedFormats = ['d.M.yyyy', 'd.M.yyyy H:mm', 'd.M.yyyy H:mm:ss'];

/** Undefined for what can be read in two ways, such as 05/06/2024. */
export const parseCsvDate = (written: string, timeZone: string): string | undefined => {
  const read = /^\d{4}-\d\d-\d\d/.test(written)
    ? DateTime.fromISO(written.replace(' ', 'T'), { zone: timeZone })
    : dottedFormats
        .map((format) => DateTime.fromFormat(written, format, { zone: timeZone }))
        .find(({ isValid }) => isValid);
  return read?.isValid ? read.toUTC().toISO() : undefined;
};

export interface SubscriberRowSettings {
  readonly columns: Columns;
  readonly maxFields: number;
  readonly cadences: readonly Cadence[];
  readonly cadence: Cadence;
  readonly consent?: string | undefined;
  readonly timeZone: string;
  readonly now: Date;
  readonly toKey: (address: string) => string;
}

type ImportEvent = SubscriberEvent & { readonly kind: 'import' | 'importInactive' };

export type SubscriberRowPlan = { readonly event: ImportEvent } | { readonly refused: string };

type LeftState = (SubscriberEvent & { readonly kind: 'importInactive' })['state'];

const statesByWord: ReadonlyMap<string, 'active' | 'pending' | LeftState> = new Map([
  ['', 'active'],
  ['active', 'active'],
  ['subscribed', 'active'],
  ['confirmed', 'active'],
  ['unsubscribed', 'unsubscribed'],
  ['cancelled', 'unsubscribed'],
  ['canceled', 'unsubscribed'],
  ['bounced', 'bounced'],
  ['cleaned', 'bounced'],
  ['complained', 'complained'],
  ['spam', 'complained'],
  ['pending', 'pending'],
  ['unconfirmed', 'pending'],
]);

const maxConsentLength = 300;

const quote = (text: string): string => `"${text.slice(0, 60)}"`;

const parseRowCadence = (
  written: string,
  { cadence, cadences }: SubscriberRowSettings,
): Cadence | { refused: string } => {
  if (written === '') return cadence;
  const named = (['daily', 'weekly'] as const).find((each) => each === written.toLowerCase());
  if (named === undefined) return { refused: `the cadence ${quote(written)} is neither daily nor weekly` };
  return cadences.includes(named) ? named : { refused: `the publication has no ${named} digest` };
};

const parseRowDate = (written: string, { timeZone, now }: SubscriberRowSettings): string | { refused: string } => {
  const at = parseCsvDate(written, timeZone);
  if (at === undefined) return { refused: `${quote(written)} is not a clear date: write 2024-06-05` };
  return at > now.toISOString() ? { refused: `${quote(written)} is in the future` } : at;
};

/** Reads one row of a file of subscribers. Those who become active must have consented: the row says when and how. */
export const planSubscriberRow = (fields: readonly string[], settings: SubscriberRowSettings): SubscriberRowPlan => {
  const { columns, now } = settings;
  const cell = (column: Column): string => unescapeFormula((fields[columns[column]] ?? '').trim());
  if (fields.length > settings.maxFields) return { refused: 'it has more fields than there are headings' };
  const email = parseEmailAddress(cell('email'));
  if (email === undefined) return { refused: 'it has no e-mail address that mail can reach' };
  const status = statesByWord.get(cell('status').toLowerCase());
  if (status === undefined) return { refused: `the status ${quote(cell('status'))} is not known` };
  if (status === 'pending') return { refused: 'they never confirmed: ask them to sign up' };
  const cadence = parseRowCadence(cell('cadence'), settings);
  if (typeof cadence === 'object') return cadence;
  const at = cell('consentedAt') === '' ? undefined : parseRowDate(cell('consentedAt'), settings);
  if (typeof at === 'object') return at;
  const reader = { key: settings.toKey(email), email, cadence };
  if (status !== 'active')
    return { event: { kind: 'importInactive', ...reader, at: at ?? now.toISOString(), state: status } };
  if (at === undefined) return { refused: 'it does not say when they consented' };
  const consent = (cell('consent') || settings.consent || '').replace(/[\s\p{Cc}]+/gu, ' ').slice(0, maxConsentLength);
  if (consent === '') return { refused: 'it does not say how they consented' };
  const paused = /^(true|yes|1)$/i.test(cell('paused'));
  return { event: { kind: 'import', ...reader, at, consent, paused } };
};
