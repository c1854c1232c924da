import { type SeedInput, SeedRejected, type SeedWarning } from '../../article.ts';
import { parseDate } from '../text/parse-date.ts';
import { findField, findNearFieldName } from './field-table.ts';
import type { FrontMatter } from './parse-front-matter.ts';
import { checkVisibility, isDated } from './visibility.ts';

/**
 * Finds unknown fields that are slips of known ones, such as `tilte`.
 * @throws {SeedRejected} for one that decides on the title, or on whether and when the article is public
 */
export const checkFieldNames = (
  { fields, nested, lines }: Pick<FrontMatter, 'fields' | 'nested' | 'lines'>,
  isTitleMissing: boolean,
  { timeZone }: Pick<SeedInput, 'timeZone'>,
): SeedWarning[] => {
  const stated = new Set(Object.keys(fields).map(findField));
  const isDate = (value: unknown) => typeof value === 'string' && parseDate(value, timeZone) !== undefined;
  const isDecisive = (known: string, value: unknown): boolean => {
    const field = findField(known);
    if (field === 'title') return isTitleMissing;
    if (field === 'date' || field === 'publishDate' || field === 'expires')
      if (!stated.has(field) && isDate(value)) return true;
    return checkVisibility(known, value, isDated(fields)) !== undefined;
  };
  return Object.entries(fields).flatMap(([name, value]) => {
    const known = nested.has(name) ? undefined : findNearFieldName(name);
    if (known === undefined) return [];
    const place = `line ${lines.get(name) ?? 1}`;
    const message = `\`${name}\` is not known; did you mean \`${known}\`?`;
    if (isDecisive(known, value)) throw new SeedRejected(`${place}: ${message}`, place);
    return [{ message, place }];
  });
};
