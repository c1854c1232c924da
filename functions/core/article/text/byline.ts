import { getCalendarNames } from './calendar-names.ts';
import { isPersonName, isRole, parseCredits, toNameCase } from './credits.ts';
import { findPrintedDay, type PrintedDay } from './printed-day.ts';
import type { Credits } from './story.ts';

/** What a line near the headline says of author and date: "By Anna Berg — 8 December 2023, 6 min read". */
export interface Byline extends Omit<Credits, 'source'> {
  /** What looks like names, with nothing in the line to say so. */
  readonly unconfirmedNames: readonly string[];
  readonly day?: PrintedDay;
  /** The day is that of a change. */
  readonly updated: boolean;
  /** Nothing but a date, hours and times of reading. */
  readonly stamp: boolean;
  /** Every word of the line was understood. */
  readonly isComplete: boolean;
}

const timePattern =
  /(?<!\d)\d{1,2}(?::\d\d){1,2}(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:uhr|h|gmt|utc|bst|ist|[ecmp][sd]?t|cest|mez|mesz|jst)\b)?|(?<!\d)\d{1,2}\s?[ap]\.?m\b\.?|(?<!\d)\d{1,2}(?:h\d\d|(?:\.\d\d)?\s?(?:uhr|h))\b/giu;
const countPattern =
  /(?<!\p{L})(?:\d[\d,.]*|one|no)\s?-?(?:mins?|minutes?|minuten|minutos?|minuti|мин\p{L}*|comments?|shares?|views?|likes?|kommentare?)\b\.?(?:[\s-]?(?:read|reading|so far|de lecture|de lectura|di lettura|lesezeit|чтения))?/giu;
/** Words before a date or an hour that only say what it is. */
const introductions = `first published|last updated|last modified|originally published|article launched|published|updated|posted|created|modified|date|on|at|et|est|
veröffentlicht|aktualisiert|zuletzt aktualisiert|erschienen|stand|vom|am|um|publié|mis à jour|modifié|le|à|publicado|publicada|actualizado|atualizado|em|el|a las|pubblicato|aggiornato|il|alle|geplaatst|gepubliceerd|bijgewerkt|op|om|publicerad|uppdaterad|publisert|oppdatert|udgivet|opdateret|opublikowano|aktualizacja|dnia|o godz|опубликовано|обновлено|дата|в|yayınlanma|güncelleme|نشر في|تاريخ النشر|آخر تحديث|发布时间|更新时间|更新日|公開日|입력|수정|
mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun`;
const updatePattern =
  /updated|modified|aktualisiert|mis à jour|modifié|actualizado|atualizado|aggiornato|bijgewerkt|uppdaterad|oppdatert|opdateret|aktualizacja|обновлено|güncelleme|آخر تحديث|更新|수정/iu;
const placeholder = ' | ';
const separatorPattern = /[|·•;⋅∙\t]|\s[–—-]+\s|^[–—-]+|[–—-]+$|\s\/\/?\s/u;
const maxLineLength = 200;

/** Takes a line of the head of a story apart. Undefined where it says nothing of authors or dates. */
export const parseByline = (line: string, dayFirst: () => boolean): Byline | undefined => {
  if (line.length > maxLineLength) return undefined;
  const text = line.replace(/^By(?=\p{Lu}\p{Ll})/u, 'By ');
  const [day, undated] = parseDays(text, dayFirst);
  const rest = removeIntroductions(undated.replace(countPattern, placeholder));
  const parts = rest
    .split(separatorPattern)
    .map((part) => part.replace(/^[\s,.:()[\]]+|[\s,:()[\]]+$/gu, ''))
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  const [authors, editors, names]: [string[], string[], string[]] = [[], [], []];
  let whole = true;
  for (const part of parts) {
    const credits = parseCredits(part) ?? parseBylineWithRole(part) ?? (day && parseUserName(part));
    authors.push(...(credits?.authors ?? []));
    editors.push(...(credits?.editors ?? []));
    const bare = credits ? [] : parseBareNames(part);
    names.push(...bare);
    whole &&= credits !== undefined || bare.length > 0;
  }
  const stamp = parts.length === 0 && undated !== text;
  if (!day && !stamp && authors.length + editors.length + names.length === 0) return undefined;
  return {
    authors,
    editors,
    unconfirmedNames: names,
    ...(day ? { day } : {}),
    updated: updatePattern.test(undated.split('|', 1)[0] ?? ''),
    stamp,
    isComplete: whole,
  };
};

/** The first day of a line, and the line with a mark in the place of every day and hour. */
const parseDays = (line: string, dayFirst: () => boolean): [day: PrintedDay | undefined, rest: string] => {
  // The hour may stand within the day: "29 Dec 15:58:00 2007".
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
const parseBylineWithRole = (part: string): Omit<Credits, 'source'> | undefined => {
  const named = bylinePrefix.exec(part)?.[0];
  const people = named === undefined ? [] : parseBareNames(part.slice(named.length));
  return people.length > 0 ? { authors: people, editors: [] } : undefined;
};

/** "Posted on 8 December 2023 by annaberg". */
const parseUserName = (part: string): Omit<Credits, 'source'> | undefined => {
  const [, name] = /^(?:posted |written )?by:?\s+([\p{L}\p{N}][\p{L}\p{N}_.-]{1,29})$/iu.exec(part) ?? [];
  return name === undefined ? undefined : { authors: [name], editors: [] };
};

/** The names of a part that is nothing but names, their roles, degrees and sections. */
const parseBareNames = (part: string): string[] => {
  const people = part.split(/,\s*(?:and\s+)?|\s(?:and|und|et|y|&)\s/u).map(removeRole);
  const role = people.findIndex((person, index) => index > 0 && isRole(person));
  const named = role === -1 ? people : people.slice(0, role);
  return named.every((name) => / /u.test(name) && !isRole(name) && isPersonName(name)) ? named.map(toNameCase) : [];
};

/** "Anna Berg Founder" and "Anna Berg in Harbour News" are Anna Berg. */
const removeRole = (person: string): string => {
  const placed = person.replace(/\sin\s.*$/u, '');
  const [, name, role = ''] = /^(\S+ \S+) (.+)$/u.exec(placed) ?? [];
  return name !== undefined && isRole(role) && !isRole(name) ? name : placed;
};
