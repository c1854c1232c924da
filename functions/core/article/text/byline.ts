import { getCalendarNames } from './calendar-names.ts';
import { isJobTitle, isPersonName, parseCredits, toNameCase } from './credits.ts';
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
  /(?<!\p{L})(?:\d[\d,.]*|one|no)\s?-?(?:mins?|minutes?|minuten|minutos?|minuti|мин\p{L}*|comments?|shares?|views?|likes?|kommentare?)\b\.?(?:[\s-]?(?:read|reading|so far|de lecture|de lectura|di lettura|lesezeit|чтения))?/giu;
/** Words before a date or a time that only say what it is. */
const introductions = `first published|last updated|last modified|originally published|article launched|published|updated|posted|created|modified|date|on|at|et|est|
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
  const rest = removeIntroductions(undated.replace(countPattern, placeholder));
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
  const stamp = parts.length === 0 && undated !== text;
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
  const people = part.split(/,\s*(?:and\s+)?|\s(?:and|und|et|y|&)\s/u).map(removeJobTitle);
  const title = people.findIndex((person, index) => index > 0 && isJobTitle(person));
  const named = title === -1 ? people : people.slice(0, title);
  return named.every((name) => / /u.test(name) && !isJobTitle(name) && isPersonName(name)) ? named.map(toNameCase) : [];
};

/** "Anna Berg Founder" and "Anna Berg in Harbour News" are Anna Berg. */
const removeJobTitle = (person: string): string => {
  const withoutSection = person.replace(/\sin\s.*$/u, '');
  const [, name, title = ''] = /^(\S+ \S+) (.+)$/u.exec(withoutSection) ?? [];
  return name !== undefined && isJobTitle(title) && !isJobTitle(name) ? name : withoutSection;
};
