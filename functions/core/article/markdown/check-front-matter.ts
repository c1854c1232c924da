import type { z } from 'zod';
import { type SeedInput, SeedRejected } from '../../article.ts';
import { findNearFieldName } from './front-matter-names.ts';
import { createFrontMatterSchema, fieldRequirements } from './front-matter-schema.ts';
import type { FrontMatter } from './parse-front-matter.ts';

type FrontMatterFields = z.infer<ReturnType<typeof createFrontMatterSchema>>;

const isFilled = (value: unknown): boolean =>
  typeof value === 'string' ? value.trim() !== '' : value !== null && value !== undefined;

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
 * @throws {SeedRejected} for mistakes, and for a draft
 */
export const checkFrontMatter = ({ fields, lines }: FrontMatter, file: SeedInput): FrontMatterFields => {
  const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => isFilled(value)));
  const read = createFrontMatterSchema(file).safeParse(filled);
  const lineOf = (name: string) => lines.get(name) ?? 1;
  if (!read.success) {
    const wrong = [...new Set(read.error.issues.map(({ path }) => String(path[0])))];
    wrong.sort((a, b) => lineOf(a) - lineOf(b));
    const mistakes = wrong.map(
      (name) => `${name} (line ${lineOf(name)}) ${fieldRequirements.get(name) ?? 'must be a line of text'}`,
    );
    throw new SeedRejected(`The front matter has mistakes: ${mistakes.join('; ')}.`, `line ${lineOf(wrong[0] ?? '')}`);
  }
  if (read.data.draft)
    throw new SeedRejected(
      'This is a draft: it is published once "draft: true" is taken out.',
      `line ${lineOf('draft')}`,
    );
  return read.data;
};
