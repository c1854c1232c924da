import { type CutText, SeedRejected } from '../../article.ts';
import { findHeaderValue, type MailHeaderLine, type SavedMailHeader } from './mail-header.ts';
import { decodeBase64, decodeBytes, decodeEncodedWords, decodeQuotedPrintable, hideAddresses } from './mail-words.ts';

export interface MailContent {
  readonly text: string;
  readonly cut: readonly CutText[];
}

const maxDepth = 5;

/**
 * The plain text of a mail: its `text/plain` part, decoded. Attachments are cut.
 * @throws {SeedRejected} where it has none
 */
export const readMailContent = (header: SavedMailHeader, rows: readonly string[], depth = 0): MailContent => {
  const type = findHeaderValue(header, 'type');
  const boundary = /boundary="?([^";]{1,200})"?/iu.exec(type)?.[1];
  if (boundary !== undefined && depth < maxDepth) return readParts(splitParts(rows, `--${boundary}`), depth);
  if (/^\s*text\/html/iu.test(type))
    throw new SeedRejected('This mail has its text only as HTML: save it as a .html file.');
  const charset = /charset="?([\w.-]+)"?/iu.exec(type)?.[1] ?? 'utf-8';
  const text = decodeTransfer(rows.join('\n'), findHeaderValue(header, 'encoding').toLowerCase(), charset);
  return { text: /format="?flowed/iu.test(type) ? joinFlowedRows(text, /delsp="?yes/iu.test(type)) : text, cut: [] };
};

const splitParts = (rows: readonly string[], delimiter: string): (readonly string[])[] => {
  const parts: string[][] = [];
  for (const row of rows) {
    const line = row.trimEnd();
    if (line === `${delimiter}--`) break;
    if (line === delimiter) parts.push([]);
    else parts.at(-1)?.push(row);
  }
  return parts;
};

const readParts = (parts: readonly (readonly string[])[], depth: number): MailContent => {
  const cut: CutText[] = [];
  let found: MailContent | undefined;
  for (const rows of parts) {
    const header = findPartHeader(rows);
    const type = findHeaderValue(header, 'type').toLowerCase();
    const isText = type === '' || /^\s*(?:text\/plain|multipart\/)/u.test(type);
    if (isText && !found) found = readMailContent(header, rows.slice(header.rowCount), depth + 1);
    else
      cut.push({
        text: describePart(header),
        reason: /^\s*text\/html/u.test(type) ? 'HTML version of the mail' : 'attachment',
      });
  }
  if (!found) throw new SeedRejected('This mail has no plain text: save it as a .html file.');
  return { text: found.text, cut: [...found.cut, ...cut] };
};

const findPartHeader = (rows: readonly string[]): SavedMailHeader => {
  const end = rows.findIndex((row) => row.trim() === '');
  const head = rows.slice(0, end === -1 ? rows.length : end).join('\n');
  const lines = head
    .replace(/\n[ \t]+/gu, ' ')
    .split('\n')
    .flatMap(parsePartLine);
  return { lines, rowCount: head === '' ? 1 : head.split('\n').length + 1 };
};

const parsePartLine = (row: string): MailHeaderLine[] => {
  const [, name = '', value = ''] = /^([\w-]{1,60}):\s*(.*)$/u.exec(row) ?? [];
  const field = { 'content-type': 'type', 'content-transfer-encoding': 'encoding' } as const;
  const lower = name.toLowerCase();
  if (lower === 'content-type' || lower === 'content-transfer-encoding') return [{ field: field[lower], name, value }];
  return name === '' ? [] : [{ field: 'other', name, value }];
};

const describePart = ({ lines }: SavedMailHeader): string => {
  const name = lines.map(({ value }) => /(?:file)?name\*?="?([^";]{1,200})"?/iu.exec(value)?.[1]).find(Boolean);
  const type = lines.find(({ field }) => field === 'type')?.value.split(';')[0] ?? 'part of the mail';
  return hideAddresses(name === undefined ? type : decodeEncodedWords(name));
};

/** Bytes in an encoding other than UTF-8 were decoded with the whole file, unless they were encoded as ASCII. */
const decodeTransfer = (text: string, encoding: string, charset: string): string => {
  if (encoding === 'base64') return decodeBytes(decodeBase64(text), charset) ?? text;
  const isQuoted = encoding === 'quoted-printable' || (encoding === '' && countQuotedBytes(text) >= minQuotedBytes);
  return isQuoted ? (decodeBytes(decodeQuotedPrintable(text), charset) ?? text) : text;
};

/** So many signs of quoted-printable are no accident where the header does not say it. */
const minQuotedBytes = 3;
const quotedByte = /=(?:3D|20\n|09\n|\n|C[23]=[89AB][\dA-F]|E2=80=[89AB][\dA-F]|[89A-F][\dA-F]=[89AB][\dA-F])/gu;

const countQuotedBytes = (text: string): number => text.match(quotedByte)?.length ?? 0;

/** RFC 3676: a row that ends in a blank goes on in the next one. */
const joinFlowedRows = (text: string, isBlankDeleted: boolean): string => {
  let joined = '';
  for (const row of text.split('\n')) {
    const unstuffed = row.replace(/^ /u, '');
    joined +=
      / $/u.test(row) && row !== '-- ' ? (isBlankDeleted ? unstuffed.slice(0, -1) : unstuffed) : `${unstuffed}\n`;
  }
  return joined;
};
