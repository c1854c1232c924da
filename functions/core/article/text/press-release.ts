import type { CutText, SeedInput, StatedTime } from '../../article.ts';
import { parseByline } from './byline.ts';
import { type EmbargoLine, isEmbargoLine, parseEmbargo } from './embargo.ts';
import { findPrintedDay, type PrintedDay } from './printed-day.ts';
import { type RowBlock, splitRowBlocks } from './row-blocks.ts';

/** A press release without what is for editors only. */
export interface PressRelease {
  readonly text: string;
  readonly embargo?: StatedTime;
  /** The date above its headline. */
  readonly day?: PrintedDay;
  readonly cutAbove: readonly CutText[];
  readonly cutBelow: readonly CutText[];
}

const releaseLabel =
  /^\W*(?:for (?:immediate|general) release|immediate release|(?:press|news|media) (?:release|statement|note)|press(?:e)?(?:mitteilung|information|meldung|meddelande|meddelelse|emelding)|medienmitteilung|zur sofortigen (?:veröffentlichung|freigabe)|communiqué(?: de presse)?|pour diffusion immédiate|nota de (?:prensa|imprensa)|comunicado de (?:prensa|imprensa)|comunicado|para (?:su )?(?:publicación|publicação|divulgação|difusión) inmediata|para divulgação imediata|comunicato stampa|persbericht|voor onmiddellijke publicatie|informacja prasowa|komunikat prasowy|tisková zpráva|sajtóközlemény|lehdistötiedote|basın bülteni|пресс-релиз|прес-реліз|新闻稿|新聞稿|即时发布|プレスリリース|報道資料|보도자료|報道関係者各位|بيان (?:صحفي|صحافي|إعلامي)|خبر صحفي|للنشر الفوري)(?:\s(?:nr|no|n[º°]|núm)\.?)?[\s\d\p{P}/]*$/iu;
const contactHeading =
  /^\W*(?:(?:for )?(?:more|further|additional) (?:information|details)|(?:(?:media|press|editorial|pr|news) )?(?:contacts?|enquiries|inquiries|office)(?: (?:information|details|person|for (?:the )?(?:media|press)))?|note to (?:the )?media|(?:presse)?kontakt|ansprechpartner(?:in)?|rückfragen|weitere informationen|pressestelle|contacts? (?:presse|médias?)|contacto(?:s)?(?: de prensa)?|contactos?(?: de imprensa)?|contatti?(?: (?:stampa|de imprensa))?|ufficio stampa|más información|mais informações|per (?:maggiori )?informazioni|perscontact|contact(?:persoon)?|presskontakt|kontakt dla mediów|контакты?(?: для (?:сми|прессы))?|联系人|媒体联络|聯絡人|お問い合わせ先?|문의)(?:[\s\p{P}]*$|\s?[:：,]|\s+(?:please\s+)?(?:contact|call|visit|e-?mail|is|are|at)\b)/iu;
const address =
  /\S@\S|(?:\+\d|\b(?:tel|phone|fon|fax|mobile|cell|tél|teléfono|telefone)\b)|(?:\(?\d{2,5}\)?[\s./-]?){2,}\d{3,}|https?:|www\./iu;
const endMark = /^(?:#{3,}|[-–—*\s]*(?:ends?|fin|ende|fim)[-–—*\s]*|[-–—\s]*30[-–—\s]*)$/iu;
/** Between the sheets of a release on paper. */
const pageMark =
  /^(?:[-–—(*]{1,3}\s?(?:more|mehr|bitte wenden|suite|à suivre|sigue|segue|continua|continued)\s?[-–—)*]{1,3}|page \d{1,2}(?: of \d{1,2})?)$/iu;

const maxMarkRows = 15;
const maxContactRowLength = 90;

/** Whether a text begins with a mark of press releases, such as an embargo. */
export const hasPressMark = (text: string): boolean =>
  text
    .split('\n', maxMarkRows)
    .map((row) => row.trim())
    .some((row) => isReleaseLabel(row) || isEmbargoLine(row));

const isReleaseLabel = (row: string): boolean => row.length <= maxContactRowLength && releaseLabel.test(row);
const hasAddress = (row: string): boolean => address.test(row.slice(0, 2 * maxContactRowLength));
const isContactHeading = (row: string): boolean => contactHeading.test(row.slice(0, 2 * maxContactRowLength).trim());

/** Undefined for a text that is not certain to be a press release. */
export const parsePressRelease = (
  text: string,
  file: Pick<SeedInput, 'timeZone' | 'uploadedAt'>,
): PressRelease | undefined => {
  const rows = joinEmbargoRows(text.split('\n'));
  if (!hasPressMark(text)) return undefined;
  const blocks = splitRowBlocks(rows);
  const above = readAbove(blocks);
  const below = blocks.slice(above.blockCount).map(readBelow);
  const embargoes = [...above.embargoes, ...below.flatMap((block) => block.embargoes)];
  const embargo = parseEmbargo(embargoes, file);
  return {
    text: [...above.kept, ...below.flatMap(({ kept }) => (kept.length > 0 ? [...kept, ''] : []))].join('\n'),
    ...(embargo && { embargo }),
    ...(above.day && { day: above.day }),
    cutAbove: above.cut,
    cutBelow: below.flatMap(({ cut }) => cut),
  };
};

/** "EMBARGOED UNTIL" and its date may be on two rows. */
const joinEmbargoRows = (rows: readonly string[]): readonly string[] => {
  const index = rows.slice(0, maxMarkRows).findIndex((row) => isEmbargoLine(row) && !/\d/u.test(row));
  const next = rows[index + 1] ?? '';
  return index === -1 || !/\d/u.test(next)
    ? rows
    : [...rows.slice(0, index), `${rows[index]} ${next.trim()}`, ...rows.slice(index + 2)];
};

interface Above {
  readonly embargoes: EmbargoLine[];
  day?: PrintedDay | undefined;
  readonly cut: CutText[];
  /** Rows of the first blocks that are of the story. */
  kept: readonly string[];
  blockCount: number;
}

/** What is above the headline: labels, embargo, date, contact details, letterhead. */
const readAbove = (blocks: readonly RowBlock[]): Above => {
  const above: Above = { embargoes: [], cut: [], kept: [], blockCount: 0 };
  let isContact = false;
  for (const [index, block] of blocks.entries()) {
    const reasons = block.rows.map((row) => describeRow(row.trim()));
    const isMarked = reasons.some((reason) => reason !== undefined);
    isContact = isContactBlock(block.rows) || (isContact && isShortBlock(block.rows) && block.rows.some(hasAddress));
    if (!isMarked && !isContact) break;
    const isLast = index === blocks.length - 1 || reasons.at(-1) === undefined;
    const cutCount = isContact ? block.rows.length : reasons.findLastIndex((reason) => reason !== undefined) + 1;
    for (const [at, row] of block.rows.slice(0, cutCount).entries()) {
      const line = row.trim();
      if (isEmbargoLine(line)) above.embargoes.push({ line, place: `line ${block.from + at + 1}` });
      else above.day ??= findPrintedDay(line, () => true)?.day;
      above.cut.push({ text: line, reason: reasons[at] ?? (isContact ? 'contact details' : 'letterhead') });
    }
    above.blockCount = index + 1;
    if (isLast && cutCount < block.rows.length) {
      above.kept = [...block.rows.slice(cutCount), ''];
      break;
    }
  }
  return above;
};

const describeRow = (row: string): string | undefined => {
  if (isEmbargoLine(row)) return 'embargo';
  if (isReleaseLabel(row)) return 'press mark';
  return isDateRow(row) ? 'date' : undefined;
};

/** "25 November 2026", "Porto, le 25 novembre 2026". */
const isDateRow = (row: string): boolean => {
  if (row.length > maxContactRowLength) return false;
  const found = findPrintedDay(row, () => true);
  const place = found && row.slice(0, found.from) + row.slice(found.to);
  return (
    (place !== undefined && /^(?:\p{Lu}[\p{L}\p{M} .'’-]{1,40},?)?\s*(?:le|den|el|em|a|il)?\s*$/u.test(place)) ||
    (found !== undefined && parseByline(row, () => true)?.stamp === true)
  );
};

const isShortBlock = (rows: readonly string[]): boolean =>
  rows.length <= 12 && rows.every((row) => row.trim().length <= maxContactRowLength);

const isContactBlock = (rows: readonly string[]): boolean => {
  const [first = ''] = rows;
  if (isContactHeading(first)) return isShortBlock(rows) || rows.some(hasAddress);
  return (
    isShortBlock(rows) &&
    rows.length > 1 &&
    rows.some((row) => /\S@\S|\+\d/u.test(row)) &&
    !/[.!?]["”’]?$/u.test(rows.join(' ').trim())
  );
};

interface Below {
  readonly kept: readonly string[];
  readonly embargoes: readonly EmbargoLine[];
  readonly cut: readonly CutText[];
}

/** Of a block below the headline: contact details, marks and embargoes are cut. */
const readBelow = ({ from, rows }: RowBlock): Below => {
  const start = rows.findIndex((row, index) => isContactHeading(row) && isContactBlock(rows.slice(index)));
  const contact = isContactBlock(rows) ? 0 : start;
  const own = contact === -1 ? rows : rows.slice(0, contact);
  const [kept, cut, embargoes]: [string[], CutText[], EmbargoLine[]] = [[], [], []];
  for (const [index, row] of own.entries()) {
    const line = row.trim();
    const mark = from + index < maxMarkRows && !isDateRow(line) ? describeRow(line) : undefined;
    const reason = mark ?? (endMark.test(line) ? 'end mark' : pageMark.test(line) ? 'page mark' : undefined);
    if (reason === undefined) kept.push(row);
    else cut.push({ text: line, reason });
    if (reason === 'embargo') embargoes.push({ line, place: `line ${from + index + 1}` });
  }
  const contacts = contact === -1 ? [] : rows.slice(contact);
  return {
    kept,
    embargoes,
    cut: [...cut, ...contacts.map((row) => ({ text: row.trim(), reason: 'contact details' }))],
  };
};
