import {
  type FieldName,
  fieldNames,
  findField,
  isFallbackName,
  listFieldNames,
  normalizeFieldName,
} from './field-table.ts';
import { isNull, looksLikeDate } from './visibility.ts';

const isFilled = (value: unknown): boolean =>
  typeof value === 'string' ? value.trim() !== '' : value !== null && value !== undefined;

/** `published: true` is no date. */
const isSwitch = (spelling: string, value: unknown): boolean =>
  /^publish(?:ed)?$/.test(normalizeFieldName(spelling)) && !looksLikeDate(String(value));

/** Values that mean something else to other tools. */
const otherMeanings: ReadonlyMap<FieldName, RegExp> = new Map([
  // Quarto's and Wiki.js's editor is a program.
  ['editors', /^(?:visual|source|markdown|code|ckeditor|wysiwyg)$/i],
  // The address of the author.
  ['email', /@/],
  // A number of a database (WordPress), or when a note was made (Zettlr).
  ['id', /^\d{1,20}$/],
  // Eleventy, Quarto and R Markdown ask the file or the clock.
  ['date', /^(?:last[ -]modified|created|git (?:last modified|created)|today|now|`r .*`)$/i],
  ['updated', /^(?:last[ -]modified|git last modified|today|now|`r .*`)$/i],
]);

const dates = new Set<FieldName>(['date', 'publishDate', 'updated', 'expires', 'announced', 'corrected']);

const isOtherMeaning = (spelling: string, value: unknown): boolean => {
  const field = findField(spelling);
  if (field === undefined) return false;
  if (dates.has(field) && typeof value === 'string' && isNull(value)) return true;
  if (typeof value === 'string') return otherMeanings.get(field)?.test(value.trim()) ?? false;
  return field === 'place' || field === 'source' || field === 'email' || field === 'id';
};

interface KnownFields {
  readonly values: Readonly<Record<string, unknown>>;
  /** How each is spelled in the seed. */
  readonly spellings: ReadonlyMap<string, string>;
  /** Spellings of what says something else than a field of the same meaning, which counts. */
  readonly ignored: ReadonlyMap<string, FieldName>;
}

/** The fields that mean something here, under our names. */
export const selectKnownFields = (fields: Readonly<Record<string, unknown>>): KnownFields => {
  const written = new Map(
    Object.entries(fields)
      .filter(([name, value]) => isFilled(value) && !isSwitch(name, value) && !isOtherMeaning(name, value))
      .map(([spelling, value]) => [normalizeFieldName(spelling), { spelling, value }]),
  );
  const values = new Map<FieldName, unknown>();
  const spellings = new Map<string, string>();
  const ignored = new Map<string, FieldName>();
  for (const field of fieldNames)
    for (const name of listFieldNames(field)) {
      const found = written.get(name);
      if (found === undefined) continue;
      if (!values.has(field)) {
        values.set(field, found.value);
        spellings.set(field, found.spelling);
      } else if (!isFallbackName(field, name) && !isSame(found.value, values.get(field)))
        ignored.set(found.spelling, field);
    }
  // A note may be made after its text was published elsewhere.
  if (values.has('publishDate') && isFallbackName('date', spellings.get('date') ?? '')) values.delete('date');
  return { values: Object.fromEntries(values), spellings, ignored };
};

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify([a].flat()) === JSON.stringify([b].flat());

/** Jekyll parts a line of tags at its blanks; for others it is one tag. */
export const isJekyllPage = (fields: Readonly<Record<string, unknown>>, key: string): boolean => {
  const names = new Set(Object.keys(fields).map(normalizeFieldName));
  return (
    ['layout', 'permalink', 'redirectfrom', 'lastmodifiedat'].some((name) => names.has(name)) ||
    (names.has('tags') && names.has('categories')) ||
    /(?:^|\/)(?:_posts\/|\d{4}-\d{2}-\d{2}-[^/]*$)/.test(key)
  );
};
