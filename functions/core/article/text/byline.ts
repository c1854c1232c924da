import { getCalendarNames } from './calendar-names.ts';
import { isJobTitle, isPersonName, parseCredits, removeJobTitle, toNameCase } from './credits.ts';
import { findPrintedDay, type PrintedDay } from './printed-day.ts';
import type { Credits } from './story.ts';

/** Authors and date in a line near the headline: "By Anna Berg — 8 December 2023, 6 min read". */
export interface Byline extends Omit<Credits, 'source'> {
  /** What has the form of names, without a word such as "by". */
  readonly unconfirmedNames: readonly string[];
  readonly day?: PrintedDay;
  /** The day is that of an update. */
  readonly updated: boolean;
  /** The line is only a date, a time or a reading time. */
  readonly stamp: boolean;
  /** Every word of the line was understood. */
  readonly isComplete: boolean;
}

const timePattern =
  /(?<!\d)\d{1,2}(?::\d\d){1,2}(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:uhr|h|gmt|utc|bst|ist|[ecmp][sd]?t|cest|mez|mesz|jst)\b)?|(?<!\d)\d{1,2}\s?[ap]\.?m\b\.?|(?<!\d)\d{1,2}(?:h\d\d|(?:\.\d\d)?\s?(?:uhr|h))\b/giu;
const countPattern =
  /(?<!\p{L})(?:\d[\d,.]*|one|no)\s?-?(?:mins?|minutes?|minuten|minutos?|minuti|мин\p{L}*|comments?|shares?|views?|likes?|kommentare?)\b\.?(?:[\s-]?(?:read|reading|so far|de lecture|de lectura|di lettura|lesezeit|чтения))?|(?<!\d)\d+\s?(?:分钟|分鐘|分|분)(?:阅读|閱讀|で読めます)?(?!\p{L})/giu;
/** "3 days ago", which says nothing once a text was copied. */
const agoPattern =
  /(?<!\p{L})(?:(?:\d+|an?|one) (?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s? ago|vor (?:\d+|einem|einer) (?:sekunde|minute|stunde|tag|woche|monat|jahr)(?:en|n)?|il y a \d+ \p{L}+|hace \d+ \p{L}+|há \d+ \p{L}+|\d+ \p{L}+ fa|\d+ \p{L}+ geleden|\d+ \p{L}+ назад|(?<!\d)\d+\s?(?:分钟|分鐘|小时|小時|天|時間|日|分)前|\d+(?:분|시간|일) 전)(?!\p{L})/giu;
/** Words before a date or a time that only say what it is. */
const introductions = `first published|reading time|read time|estimated reading time|time to read|read|lesezeit|lesedauer|temps de lecture|tiempo de lectura|lectura|tempo di lettura|tempo de leitura|leitura|leestijd|lästid|læsetid|lesetid|lukuaika|czas czytania|doba čtení|время чтения|okuma süresi|阅读时间|閱讀時間|读完约需|読了時間|所要時間|last updated|last modified|originally published|article launched|published|updated|posted|created|modified|date|on|at|et|est|
veröffentlicht|aktualisiert|zuletzt aktualisiert|erschienen|stand|vom|am|um|publié|mis à jour|modifié|le|à|publicado|publicada|actualizado|atualizado|em|el|a las|pubblicato|aggiornato|il|alle|geplaatst|gepubliceerd|bijgewerkt|op|om|publicerad|uppdaterad|publisert|oppdatert|udgivet|opdateret|opublikowano|aktualizacja|dnia|o godz|опубликовано|обновлено|дата|в|yayınlanma|güncelleme|نشر في|تاريخ النشر|آخر تحديث|发布时间|更新时间|更新日|公開日|입력|수정|
mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun`;
/** Words that say that a date is that of a change. */
export const updatePattern =
  /updated|modified|revised|aktualisiert|mis à jour|modifié|actualizado|atualizado|aggiornato|bijgewerkt|uppdaterad|oppdatert|opdateret|aktualizacja|обновлено|aktualiz|ažurirano|frissítve|actualitzat|оновлено|ενημέρωση|güncelleme|diperbarui|cập nhật|עודכן|آخر تحديث|به‌?روزرسانی|更新|改訂|수정/iu;
const placeholder = ' | ';
const separatorPattern = /[|·•;⋅∙\t]|\s[–—-]+\s|^[–—-]+|[–—-]+$|\s\/\/?\s/u;
const maxLineLength = 200;

/** Undefined for a line without authors or dates. */
export const parseByline = (line: string, dayFirst: () => boolean): Byline | undefined => {
  if (line.length > maxLineLength) return undefined;
  const text = line.replace(/^By(?=\p{Lu}\p{Ll})/u, 'By ');
  const [day, undated] = parseDays(text, dayFirst);
  const rest = removeIntroductions(undated.replace(agoPattern, placeholder).replace(countPattern, placeholder));
  const parts = rest
    .split(separatorPattern)
    .map((part) => part.replace(/^[\s,.:()[\]]+|[\s,:()[\]]+$/gu, ''))
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  const [authors, editors, unconfirmedNames]: [string[], string[], string[]] = [[], [], []];
  let isComplete = true;
  for (const part of parts) {
    const credits = parseCredits(part) ?? parseBylineWithTitle(part) ?? (day && parseUserName(part));
    authors.push(...(credits?.authors ?? []));
    editors.push(...(credits?.editors ?? []));
    const bare = credits ? [] : parseBareNames(part);
    unconfirmedNames.push(...bare);
    isComplete &&= credits !== undefined || bare.length > 0;
  }
  const stamp = parts.length === 0 && rest !== text && /[\p{L}\p{N}]/u.test(text);
  if (!day && !stamp && authors.length + editors.length + unconfirmedNames.length === 0) return undefined;
  return {
    authors,
    editors,
    unconfirmedNames,
    ...(day && { day }),
    updated: updatePattern.test(undated.split('|', 1)[0] ?? ''),
    stamp,
    isComplete,
  };
};

/** The first day of a line, and the line with a placeholder for each day and time. */
const parseDays = (line: string, dayFirst: () => boolean): [day: PrintedDay | undefined, rest: string] => {
  // The time may be within the day: "29 Dec 15:58:00 2007".
  const timeless = line.replace(timePattern, ' ');
  let rest =
    findPrintedDay(timeless, dayFirst) && !findPrintedDay(line.replace(timePattern, placeholder), dayFirst)
      ? timeless
      : line.replace(timePattern, placeholder);
  let first: PrintedDay | undefined;
  for (let found = findPrintedDay(rest, dayFirst); found; found = findPrintedDay(rest, dayFirst)) {
    first ??= found.day;
    rest = rest.slice(0, found.from) + placeholder + rest.slice(found.to);
  }
  return [first, rest];
};

let introductionPattern: RegExp | undefined;

const removeIntroductions = (line: string): string => {
  introductionPattern ??= new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?:${[...introductions.split('|'), ...getCalendarNames().weekdays.keys()]
      .map((word) => word.trim())
      .sort((a, b) => b.length - a.length)
      .join('|')})\s*[:：.,]?\s*(?=\|)`,
    'giu',
  );
  let [before, rest] = ['', line];
  while (rest !== before) [before, rest] = [rest, rest.replace(introductionPattern, '')];
  return rest;
};

const bylinePrefix = /^(?:(?:written|posted|words|story) )?by\s*:?\s*(?=\p{Lu})/iu;
/** "By ANNA BERG, Associated Press Writer", "Written by Anna Berg Founder & Lead Reviewer". */
const parseBylineWithTitle = (part: string): Omit<Credits, 'source'> | undefined => {
  const named = bylinePrefix.exec(part)?.[0];
  const people = named === undefined ? [] : parseBareNames(part.slice(named.length));
  return people.length > 0 ? { authors: people, editors: [] } : undefined;
};

/** "Posted on 8 December 2023 by annaberg". */
const parseUserName = (part: string): Omit<Credits, 'source'> | undefined => {
  const [, name] = /^(?:posted |written )?by:?\s+([\p{L}\p{N}][\p{L}\p{N}_.-]{1,29})$/iu.exec(part) ?? [];
  return name === undefined ? undefined : { authors: [name], editors: [] };
};

/** The names of a part that is only names, job titles, degrees and sections. */
const parseBareNames = (part: string): string[] => {
  const people = part.split(/,\s*(?:and\s+)?|\s(?:and|und|et|y|&)\s/u);
  const title = people.findIndex((person, index) => index > 0 && isJobTitle(person));
  const named = (title === -1 ? people : people.slice(0, title)).map(removeTitleAndSection);
  return named.every((name) => / /u.test(name) && !isJobTitle(name) && isPersonName(name)) ? named.map(toNameCase) : [];
};

/** "Anna Berg Founder" and "Anna Berg in Harbour News" are Anna Berg. */
const removeTitleAndSection = (person: string): string => removeJobTitle(person.replace(/\sin\s.*$/u, ''));
