import type { StatedTime } from '../../article.ts';
import { parseByline, updatePattern } from '../text/byline.ts';
import { findPageDate, type WrittenTime } from './parse-page-date.ts';
import { type TimeContext, toPlausibleTime } from './parse-stated-time.ts';
import { splitWords } from './split-words.ts';

/** A line between headline and story that says who wrote it, or when. */
export interface HeadLine {
  readonly reason: 'by-line' | 'date line' | 'reading time';
  readonly authors: readonly string[];
  readonly published?: StatedTime;
  readonly updated?: StatedTime;
}

const maxLineLength = 200;
const maxDates = 4;
const maxOtherWords = 4;
const maxOtherLetters = 40;
const maxIntroductionWords = 12;

/** What tells that a date is that of the article. */
const introduction =
  /publi|posted|updated|created|written|issued|released|date|veröffentlicht|erstellt|stand|aktualisiert|mis (?:à jour|en ligne)|modifié|actualizad|atualizad|pubblicat|aggiornat|geplaatst|bijgewerkt|uppdaterad|skapad|oppdatert|opdateret|julkaistu|päivitetty|aktualiz|zveřejněno|objavljeno|közzétéve|frissítve|опублик|обновлен|оновлен|δημοσ|yayın|güncel|terbit|diperbarui|đăng|cập nhật|เผยแพร่|نشر|تحديث|منتشر|انتشار|פורסם|עודכן|प्रकाशित|公開|更新|掲載|配信|发布|發布|发表|입력|수정|등록/iu;

const findDates = (text: string, { calendar, timeZone }: TimeContext) => {
  const dates: (WrittenTime & { readonly isUpdate: boolean })[] = [];
  const others: string[] = [];
  let rest = text;
  while (dates.length < maxDates) {
    const found = findPageDate(rest, calendar, timeZone);
    if (!found) break;
    dates.push({ ...found, isUpdate: updatePattern.test(found.before) });
    others.push(found.before);
    rest = found.after;
  }
  return { dates, others: [...others, rest] };
};

const endsSentence = (text: string): boolean => /\p{Ll}{2}[.!?…]["”»)]?$|[。！？]$/u.test(text.trim());

const isDateLine = (others: string, text: string): boolean => {
  const words = splitWords(others).filter((word) => /\p{L}/u.test(word));
  const letters = others.replace(/\P{L}/gu, '').length;
  if (endsSentence(text)) return false;
  if (words.length <= maxOtherWords && letters <= maxOtherLetters) return true;
  return words.length <= maxIntroductionWords && introduction.test(others);
};

/** Undefined for any other line. */
export const parseHeadLine = (text: string, context: TimeContext): HeadLine | undefined => {
  if (text.length > maxLineLength) return undefined;
  const { dates, others } = findDates(text, context);
  const toTime = (isUpdate: boolean) => {
    const date = dates.find((each) => each.isUpdate === isUpdate);
    return date && toPlausibleTime(date, context);
  };
  const [published, updated] = [toTime(false), toTime(true)];
  const times = { ...(published && { published }), ...(updated && { updated }) };
  const byline = parseByline(others.join(' | '), () => false);
  const authors = byline?.authors ?? [];
  if (byline && authors.length > 0 && (byline.isComplete || dates.length > 0))
    return { reason: 'by-line', authors, ...times };
  if (dates.length > 0 && isDateLine(others.join(' '), text)) return { reason: 'date line', authors: [], ...times };
  return byline?.stamp && dates.length === 0 ? { reason: 'reading time', authors: [] } : undefined;
};
