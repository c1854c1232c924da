import type { z } from 'zod';
import { type SeedInput, SeedRejected, SeedWithheld } from '../../article.ts';
import { isJekyllPage, selectKnownFields } from './field-names.ts';
import { findNearFieldName } from './front-matter-names.ts';
import { createFrontMatterSchema, fieldRequirements } from './front-matter-schema.ts';
import type { FrontMatter } from './parse-front-matter.ts';
import { findWithholdingField } from './visibility.ts';

type FrontMatterFields = z.infer<ReturnType<typeof createFrontMatterSchema>>;

/** What other tools have under their own names for these is left out where it cannot be read. */
const optionalFields = new Set(['updated', 'image', 'imageAlt', 'lang', 'canonical', 'keywords', 'categories']);

/** A slip in one of these would publish what is not public. */
const visibilityPattern = /^(?:draft|publish|private|hidden|unlisted|expiry)/;

/**
 * Refuses an unknown field that is a slip of a known one, such as `tilte`, where the seed depends on it.
 * @throws {SeedRejected} with the field as it was probably meant
 */
export const checkFieldNames = ({ fields, lines }: FrontMatter, isTitleMissing: boolean): void => {
  for (const name of Object.keys(fields)) {
    const known = findNearFieldName(name);
    if (known === undefined || !(visibilityPattern.test(known) || (isTitleMissing && known === 'title'))) continue;
    const place = `line ${lines.get(name) ?? 1}`;
    throw new SeedRejected(`${place}: \`${name}\` is not known; did you mean \`${known}\`?`, place);
  }
};

/**
 * Parses the fields of the front matter. All mistakes are reported at once, by name and line.
 * @throws {SeedWithheld} for a draft and what else is not for readers
 * @throws {SeedRejected} for mistakes
 */
export const checkFrontMatter = ({ fields, lines }: FrontMatter, file: SeedInput): FrontMatterFields => {
  const formatLine = (field: string) => `line ${lines.get(field) ?? 1}`;
  const withheld = findWithholdingField(fields);
  if (withheld) {
    const { field = '', predicate } = withheld;
    throw new SeedWithheld(`This ${predicate}, as its field “${field}” says.`, formatLine(field));
  }
  const { values, spellings } = selectKnownFields(fields);
  const schema = createFrontMatterSchema(file, isJekyllPage(fields, file.key));
  const spell = (name: string) => spellings.get(name) ?? name;
  const read = readFields(schema, values, (name) => optionalFields.has(name) && spell(name) !== name);
  if ('wrong' in read) {
    const lineOf = (name: string) => lines.get(spell(name)) ?? 1;
    const wrong = read.wrong.toSorted((a, b) => lineOf(a) - lineOf(b));
    const mistakes = wrong.map(
      (name) => `${spell(name)} (line ${lineOf(name)}) ${fieldRequirements.get(name) ?? 'must be a line of text'}`,
    );
    throw new SeedRejected(`The front matter has mistakes: ${mistakes.join('; ')}.`, `line ${lineOf(wrong[0] ?? '')}`);
  }
  const { expires } = read.fields;
  if (expires && expires.at <= file.uploadedAt)
    throw new SeedWithheld(`This has expired, as its field “${spell('expires')}” says.`, formatLine(spell('expires')));
  return read.fields;
};

const readFields = (
  schema: ReturnType<typeof createFrontMatterSchema>,
  values: Readonly<Record<string, unknown>>,
  isOptional: (name: string) => boolean,
): { readonly fields: FrontMatterFields } | { readonly wrong: readonly string[] } => {
  const read = schema.safeParse(values);
  if (read.success) return { fields: read.data };
  const wrong = [...new Set(read.error.issues.map(({ path }) => String(path[0])))];
  if (!wrong.some(isOptional)) return { wrong };
  const rest = Object.entries(values).filter(([name]) => !(wrong.includes(name) && isOptional(name)));
  return readFields(schema, Object.fromEntries(rest), isOptional);
};
