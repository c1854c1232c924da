import { toTopicOrAuthor } from '../../../functions/core/identity.ts';
import type { SubscriberEvent } from '../../../functions/core/newsletter/subscriber/apply-subscriber-event.ts';
import {
  type Consent,
  type ConsentWords,
  nameConsentWords,
  signUpForms,
} from '../../../functions/core/newsletter/subscriber/consent.ts';
import { parseEmailAddress } from '../../../functions/core/newsletter/subscriber/email-address.ts';
import { findTopicByName, parseTopicChoice } from '../../../functions/core/newsletter/subscriber/topic-choice.ts';
import { type Cadence, cadences as knownCadences, type Publication } from '../../../functions/core/publication.ts';
import type { ListKind } from './detect-list.ts';
import type { Columns } from './find-columns.ts';
import { type Cells, findLeftSign, type LeftSign, readNestedCells } from './find-left-sign.ts';
import { parseLedgerPosition, type WrittenPosition } from './ledger-position.ts';
import { parseCsvDate } from './parse-csv-date.ts';
import { isEmptyCell, isNo, leftStates, parseStatusWord, type StatusWords } from './status-words.ts';
import { unescapeFormula } from './write-csv-file.ts';

export interface SubscriberRowSettings {
  readonly publication: Pick<Publication, 'newsletter'>;
  /** Whether the file is of a system whose topics are not ours. */
  readonly isOfOtherSystem: boolean;
  readonly columns: Columns;
  readonly maxFields: number;
  readonly cadences: readonly Cadence[];
  readonly cadence: Cadence;
  readonly consent?: string | undefined;
  readonly confirmedAt?: string | undefined;
  /** What the file says of everybody in it. */
  readonly status?: ListKind['status'];
  readonly statusWords?: StatusWords | undefined;
  readonly timeZone: string;
  readonly now: Date;
  readonly toKey: (address: string) => string;
  /** Names of the secrets whose hashes of addresses are understood. */
  readonly secretNames: readonly string[];
}

export type ImportEvent = SubscriberEvent & { readonly kind: 'import' | 'importInactive' };

export interface PlannedEvent {
  readonly event: ImportEvent;
  /** Where the file says that they left. */
  readonly because?: string;
  /** Of a cell with several addresses, the others. */
  readonly others?: readonly ImportEvent[];
  /** Those of the form that they filled in. */
  readonly words?: ConsentWords;
  /** Where they were in the announcements of the publication that the file is from. */
  readonly written?: WrittenPosition;
}

export type SubscriberRowPlan = PlannedEvent | { readonly refused: string; readonly isUnstated?: true };

type Refusal = SubscriberRowPlan & { readonly refused: string };

const maxConsentLength = 300;
const maxWordsLength = 4000;

const quote = (text: string): string => `"${text.slice(0, 60)}"`;

const parseRowCadence = (written: string, { cadence, cadences }: SubscriberRowSettings): Cadence | Refusal => {
  if (written === '') return cadence;
  const named = knownCadences.find((each) => each === written.toLowerCase());
  if (named === undefined)
    return { refused: `the cadence ${quote(written)} is not one of: ${knownCadences.join(', ')}` };
  return cadences.includes(named) ? named : { refused: `the publication offers no ${named} issues` };
};

const parseRowDate = (written: string, { timeZone, now }: SubscriberRowSettings): string | Refusal => {
  const at = parseCsvDate(written, timeZone);
  if (at === undefined) return { refused: `${quote(written)} is not a clear date: write 2024-06-05` };
  return at > now.toISOString() ? { refused: `${quote(written)} is in the future` } : at;
};

interface Row {
  readonly fields: readonly string[];
  /** Trimmed; empty for a column that is not there. */
  readonly cell: (index: number) => string;
}

/** What the file's kind or name says of everybody, unless the row says something graver. */
const findGravestSign = (
  fields: readonly string[],
  { columns, status, statusWords }: SubscriberRowSettings,
): LeftSign | undefined => {
  const own = findLeftSign({ fields, columns }, statusWords);
  const ofAll = status && status.state !== 'active' ? { ...status, state: status.state, written: '' } : undefined;
  return leftStates
    .map((state) => [own, ofAll].find((sign) => sign?.state === state))
    .find((sign) => sign !== undefined);
};

/** Whoever left is kept off, whatever else in the row cannot be read. */
const planLeft = (
  row: Row,
  { sign, email, settings }: { sign: LeftSign; email: string; settings: SubscriberRowSettings },
): PlannedEvent => {
  const { columns, now } = settings;
  const { cell } = row;
  const cadence = parseRowCadence(cell(columns.cadence), settings);
  const leftTimes = [sign.written, ...columns.leftSigns.map(({ index }) => cell(index)), cell(columns.since)];
  const times = [...leftTimes, ...columns.consentTimes.map(cell)];
  const at = times.map((time) => parseRowDate(time, settings)).find((time) => typeof time === 'string');
  const { consent, words } = readFormConsent(row, settings);
  return {
    ...(words && { words }),
    event: {
      ...consent,
      kind: 'importInactive',
      key: settings.toKey(email),
      email,
      cadence: typeof cadence === 'string' ? cadence : settings.cadence,
      at: at ?? now.toISOString(),
      state: sign.state,
    },
    because: sign.because,
    ...readPosition(row, settings),
  };
};

/** Why a row without a sign of having left does not say that they are subscribed. */
const findStatusRefusal = (row: Row, settings: SubscriberRowSettings): Refusal | undefined => {
  const { columns, statusWords, timeZone } = settings;
  const all = [{ fields: row.fields, columns }, ...readNestedCells(row.fields)];
  if (all.some((cells) => isUnconfirmed(cells, statusWords)))
    return { refused: 'they never confirmed: ask them to sign up' };
  const isKnown = (word: string): boolean => isEmptyCell(word) || parseStatusWord(word, statusWords) !== undefined;
  const isYes = (word: string): boolean =>
    isKnown(word) || checkMark.test(word) || parseCsvDate(word, timeZone) !== undefined;
  const answers = columns.staySigns.filter(({ isStatus, isText }) => isStatus && !isText);
  const unknown =
    columns.statuses.map(row.cell).find((word) => !isKnown(word)) ??
    answers.map(({ index }) => row.cell(index)).find((word) => !isYes(word));
  return unknown === undefined ? undefined : { refused: `the status ${quote(unknown)} is not known` };
};

const checkMark = /^[x✓✔☑✅]\ufe0f?$/iu;

const isUnconfirmed = ({ fields, columns }: Cells, statusWords?: StatusWords): boolean =>
  columns.statuses.some((index) => parseStatusWord(fields[index] ?? '', statusWords) === 'pending') ||
  columns.confirmedSigns.some((index) => isNo(fields[index] ?? ''));

/** Columns that would say that somebody left, or say that somebody did not. */
const listStatusColumns = ({ statuses, leftSigns, staySigns }: Columns): readonly number[] => [
  ...statuses,
  ...leftSigns.map(({ index }) => index),
  ...staySigns.filter(({ isStatus }) => isStatus).map(({ index }) => index),
];

/** In a list of one's own, a status is written for those who left, and may be empty for the others. */
const isStillSubscribed = ({ cell }: Row, { columns, status, isOfOtherSystem }: SubscriberRowSettings): boolean =>
  status?.state === 'active' ||
  columns.isStated ||
  columns.statuses.some((index) => !isOfOtherSystem || !isEmptyCell(cell(index))) ||
  columns.otherStatuses.some((index) => parseStatusWord(cell(index)) === 'active') ||
  columns.staySigns.some(({ index, isStatus }) => isStatus && !isEmptyCell(cell(index)));

const findConsentTime = ({ cell }: Row, settings: SubscriberRowSettings): string | Refusal => {
  const times = settings.columns.consentTimes.map(cell).filter((time) => time !== '' && !parseStatusWord(time));
  const written = times.find((time) => !isEmptyCell(time)) ?? times[0];
  if (written !== undefined) return parseRowDate(written, settings);
  return settings.confirmedAt ?? { refused: 'it does not say when they consented' };
};

const maxTopics = 100;

/** Names or slugs. An export of our own may have some that are not offered any more. */
const parseRowTopics = (
  row: Row,
  settings: SubscriberRowSettings,
): { readonly topics?: readonly string[] } | Refusal => {
  const { columns, publication, isOfOtherSystem } = settings;
  if (isOfOtherSystem) return {};
  const names = row
    .cell(columns.topics)
    .split(/[;,|]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length > maxTopics) return { refused: 'it has more topics than can be offered' };
  const slugs = names.map((name) => findTopicByName(publication, name) ?? toTopicOrAuthor(name.slice(0, 100)).slug);
  const chosen = parseTopicChoice(slugs, publication, columns.position < 0 ? [] : slugs);
  if (chosen !== 'unknown') return chosen;
  const unknown = names.find((name) => findTopicByName(publication, name) === undefined) ?? '';
  return { refused: `the topic ${quote(unknown)} is not offered` };
};

const parseRowPause = (
  row: Row,
  settings: SubscriberRowSettings,
): { paused: boolean; pausedUntil?: string } | Refusal => {
  const { columns, statusWords, timeZone, now } = settings;
  const written = row.cell(columns.pausedUntil);
  if (written !== '' && !settings.isOfOtherSystem) {
    const pausedUntil = parseCsvDate(written, timeZone);
    if (pausedUntil === undefined) return { refused: `${quote(written)} is not a clear date: write 2024-06-05` };
    return pausedUntil > now.toISOString() ? { paused: true, pausedUntil } : { paused: false };
  }
  const isPausedStatus = parseStatusWord(row.cell(columns.statuses[0] ?? -1), statusWords) === 'paused';
  return { paused: isPausedStatus || /^(true|yes|1)$/i.test(row.cell(columns.paused)) };
};

const readPosition = ({ cell }: Row, { columns }: SubscriberRowSettings): { readonly written?: WrittenPosition } => {
  const written = parseLedgerPosition(cell(columns.position));
  return written ? { written } : {};
};

const toLine = (text: string, maxLength: number): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, maxLength);

interface RowConsent {
  readonly consent: Consent;
  readonly words?: ConsentWords;
}

/** What our own export says of a sign-up: its time, its form and the words of that. */
const readFormConsent = ({ cell }: Row, settings: SubscriberRowSettings): RowConsent => {
  const { columns } = settings;
  const form = signUpForms.find((known) => known === cell(columns.form));
  if (form === undefined) return { consent: {} };
  const text = toLine(cell(columns.consent), maxWordsLength);
  const words = text === '' ? undefined : nameConsentWords(text);
  const [signedUpAt, confirmedAt] = [columns.signedUpAt, columns.consentedAt].map((index) =>
    parseRowDate(cell(index), settings),
  );
  return {
    consent: {
      form,
      ...(typeof signedUpAt === 'string' && { signedUpAt }),
      ...(typeof confirmedAt === 'string' && { confirmedAt }),
      ...(words && { words: words.name }),
    },
    ...(words && { words }),
  };
};

const findConsent = (row: Row, settings: SubscriberRowSettings): RowConsent | Refusal => {
  const ofForm = readFormConsent(row, settings);
  if (ofForm.consent.form !== undefined) return ofForm;
  const written = row.cell(settings.columns.consent);
  const isWords = !isEmptyCell(written) && parseStatusWord(written) !== 'active';
  const consent = toLine(isWords ? written : (settings.consent ?? ''), maxConsentLength);
  return consent === '' ? { refused: 'it does not say how they consented' } : { consent: { consent } };
};

/** Those who become active must have consented: the row says when and how. */
const planActive = (row: Row, email: string, settings: SubscriberRowSettings): SubscriberRowPlan => {
  const { columns, maxFields } = settings;
  if (row.fields.slice(maxFields).some((field) => field.trim() !== ''))
    return { refused: 'it has more fields than there are headings' };
  const refusal = findStatusRefusal(row, settings);
  if (refusal) return refusal;
  if (!isStillSubscribed(row, settings))
    return { refused: 'the file does not say whether they are still subscribed', isUnstated: true };
  const cadence = parseRowCadence(row.cell(columns.cadence), settings);
  if (typeof cadence === 'object') return cadence;
  const at = findConsentTime(row, settings);
  if (typeof at === 'object') return at;
  const found = findConsent(row, settings);
  if ('refused' in found) return found;
  if (listStatusColumns(columns).some((index) => index >= row.fields.length))
    return { refused: 'it ends before the fields that say who left' };
  const chosen = parseRowTopics(row, settings);
  if ('refused' in chosen) return chosen;
  const pause = parseRowPause(row, settings);
  if ('refused' in pause) return pause;
  const { consent, words } = found;
  const key = settings.toKey(email);
  const event = { ...consent, kind: 'import', key, email, cadence, at, ...chosen, ...pause } as const;
  return { event, ...(words && { words }), ...readPosition(row, settings) };
};

/** Somebody who left so long ago that their address is gone, or who was erased. */
const planHash = ({ cell }: Row, hash: string, settings: SubscriberRowSettings): SubscriberRowPlan => {
  const { columns, secretNames, now } = settings;
  const [, name = '', key] = /^([0-9a-f]{16}):([0-9a-f]{32})$/.exec(hash) ?? [];
  if (key === undefined) return { refused: 'its hash is damaged' };
  if (!secretNames.includes(name)) return { refused: 'its hash was made with a secret that is not beside the file' };
  const state = leftStates.find((left) => left === cell(columns.status)) ?? 'unsubscribed';
  const at = parseRowDate(cell(columns.since), settings);
  const event = { kind: 'importInactive', key, at: typeof at === 'string' ? at : now.toISOString(), state } as const;
  return { event, because: 'the column address hash' };
};

/** Reads one row of a file of subscribers. */
export const planSubscriberRow = (fields: readonly string[], settings: SubscriberRowSettings): SubscriberRowPlan => {
  const row = { fields, cell: (index: number): string => unescapeFormula((fields[index] ?? '').trim()) };
  const hash = row.cell(settings.columns.hash);
  if (hash !== '' && row.cell(settings.columns.email) === '') return planHash(row, hash, settings);
  const written = row.cell(settings.columns.email);
  const email = parseEmailAddress(written);
  const sign = findGravestSign(fields, settings);
  if (!sign && email !== undefined) return planActive(row, email, settings);
  const cells = [written, ...settings.columns.leftSigns.map(({ index }) => row.cell(index))];
  const [first, ...others] = [...new Set(cells.flatMap(listEmailAddresses))];
  if (!sign || first === undefined) return { refused: 'it has no e-mail address that mail can reach' };
  const plan = planLeft(row, { sign, email: first, settings });
  return { ...plan, others: others.map((other) => planLeft(row, { sign, email: other, settings }).event) };
};

/**
 * The addresses in a cell such as `Ana <ana@reader.example>; ben@reader.example.`: who left is kept off however the
 * address is written, since another row may have it written well. A column such as `unsubscribed` may list addresses.
 */
const listEmailAddresses = (written: string): string[] => {
  const parts = written.normalize('NFKC').split(/[\s\p{Cf}<>"(),:;[\]|\\/]+/u);
  return [written, ...parts, ...parts.map((part) => part.replace(/^[.'=]+|[.']+$/g, ''))].flatMap(
    (part) => parseEmailAddress(part) ?? [],
  );
};
