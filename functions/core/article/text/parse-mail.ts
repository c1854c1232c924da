import { DateTime } from 'luxon';
import { type CutText, type StatedTime, toStatedTime } from '../../article.ts';
import { cleanText } from '../../text/clean-text.ts';
import { readMailContent } from './mail-content.ts';
import { findHeaderValue, findMailHeader, type SavedMailHeader } from './mail-header.ts';
import {
  cutBanner,
  cutEarlierMail,
  cutSignature,
  type EarlierMail,
  findEarlierMail,
  selectEarlierRows,
} from './mail-history.ts';
import { decodeEncodedWords, hideAddresses, parseSenderNames, parseSubject } from './mail-words.ts';
import { parseDate } from './parse-date.ts';
import { findPrintedDay } from './printed-day.ts';

/** A mail that was saved as text. No part of it has an address of its header. */
export interface Mail {
  /** Empty where the mail has none. */
  readonly subject: string;
  readonly senders: readonly string[];
  readonly sent?: StatedTime;
  readonly text: string;
  /** What was cut above and below its text. */
  readonly cutAbove: readonly CutText[];
  readonly cutBelow: readonly CutText[];
}

const maxForwards = 5;
/** So many words above a forwarded mail are a note to the one who gets it. */
const maxNoteWords = 40;

/** A header, or a note above a forwarded mail, is within so many rows. */
const maxOpeningRows = 12;

/** Undefined for a text that is not certain to be a mail. */
export const parseMail = (text: string, timeZone: string): Mail | undefined => {
  const rows = text.split('\n');
  const start = skipBlankRows(rows, 0);
  const mail = parseMailAt(rows, start, timeZone, 0);
  const earlier = mail ? undefined : findEarlierMail(rows.slice(0, start + maxOpeningRows));
  return mail ?? (earlier && readForwarded(rows, earlier, timeZone, 0));
};

const skipBlankRows = (rows: readonly string[], from: number): number => {
  const index = rows.findIndex((row, at) => at >= from && row.trim() !== '');
  return index === -1 ? rows.length : index;
};

/** An earlier mail with its own header is the content where hardly anything is above it. */
const readForwarded = (
  rows: readonly string[],
  earlier: EarlierMail,
  timeZone: string,
  depth: number,
): Mail | undefined => {
  const above = rows.slice(0, earlier.index);
  if (countWords(above) > maxNoteWords || depth > maxForwards) return undefined;
  const content = selectEarlierRows(rows, earlier);
  const mail = parseMailAt(content, skipBlankRows(content, 0), timeZone, depth + 1);
  return mail && { ...mail, cutAbove: [...toNote(above), ...mail.cutAbove] };
};

const parseMailAt = (rows: readonly string[], start: number, timeZone: string, depth: number): Mail | undefined => {
  const header = findMailHeader(rows, start);
  if (!header) return undefined;
  const { text, cut: parts } = readMailContent(header, rows.slice(start + header.rowCount));
  const { rows: body, cut: notices } = cutBanner(cleanText(text).split('\n'));
  const headerCut = [...describeHeader(header), ...notices];
  const earlier = findEarlierMail(body);
  const above = earlier ? body.slice(0, earlier.index) : body;
  const forwarded = earlier && readForwarded(body, earlier, timeZone, depth);
  if (forwarded)
    return {
      ...forwarded,
      cutAbove: [...headerCut, ...forwarded.cutAbove],
      cutBelow: [...forwarded.cutBelow, ...parts],
    };
  // A mail that says nothing itself is about what it quotes.
  const isQuotation = earlier !== undefined && countWords(above) === 0;
  const { rows: kept, cut } = cutSignature(isQuotation ? selectEarlierRows(body, earlier) : above);
  const quoted = earlier ? cutEarlierMail(isQuotation ? body.slice(0, earlier.contentIndex) : body, earlier.index) : [];
  const sent = parseSentTime(findHeaderValue(header, 'date'), timeZone);
  return {
    subject: parseSubject(findHeaderValue(header, 'subject')),
    senders: parseSenderNames(findHeaderValue(header, 'from')),
    ...(sent && { sent }),
    text: kept.join('\n'),
    cutAbove: headerCut,
    cutBelow: [...cut, ...quoted, ...parts],
  };
};

const toNote = (rows: readonly string[]): CutText[] => {
  const text = hideAddresses(rows.join('\n')).trim();
  return text === '' ? [] : [{ text, reason: 'note above the mail' }];
};

const countWords = (rows: readonly string[]): number => rows.join(' ').match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

/** What the article does not show of a header. Who received a mail is nobody's business. */
const describeHeader = ({ lines }: SavedMailHeader): CutText[] =>
  lines
    .filter(({ field }) => field !== 'subject' && field !== 'date')
    .map(({ field, name, value }) => ({
      text: `${name}: ${field === 'recipient' || /^(?:received|x-|dkim|arc|message-id|references|in-reply)/iu.test(name) ? '…' : hideAddresses(decodeEncodedWords(value))}`,
      reason: 'mail header',
    }));

const clock = /(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s?([ap])\.?m\b)?/iu;

const parseSentTime = (written: string, timeZone: string): StatedTime | undefined => {
  const line = written.replace(/\s\([\w ]{1,40}\)$/u, '').trim();
  const found = parseDate(line, timeZone);
  if (found) return found;
  const printed = findPrintedDay(line, () => true)?.day;
  if (!printed) return undefined;
  const [, hour, minute, second, half] = clock.exec(line) ?? [];
  const hours = Number(hour ?? 0);
  const hour24 = half === undefined ? hours : (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const time = { hour: hour24, minute: Number(minute ?? 0), second: Number(second ?? 0) };
  return toStatedTime(DateTime.fromObject({ ...printed, ...time }, { zone: timeZone }), hour === undefined);
};
