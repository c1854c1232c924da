import type { SeedInput } from '../article.ts';
import { isSectionKey } from '../section-files.ts';
import { decodeText } from './decode-text.ts';
import { findField } from './markdown/field-table.ts';
import { parseFrontMatter } from './markdown/parse-front-matter.ts';
import { findWithholdingField } from './markdown/visibility.ts';

const toFields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

/** Fields of Hugo's `cascade`: one set, or several, each for some pages. Those for some hold for all here. */
const listCascades = (value: unknown): Readonly<Record<string, unknown>>[] =>
  [value].flat().map((each) => {
    const fields = toFields(each);
    return { ...fields, ...toFields(fields.params) };
  });

/** Why all pages of the folder of a section file are not for readers; undefined where they are. */
export const findFolderReason = ({ key, bytes }: Pick<SeedInput, 'key' | 'bytes'>): string | undefined => {
  if (!isSectionKey(key)) return undefined;
  try {
    const { fields } = parseFrontMatter(decodeText(bytes, 'text'));
    const own = Object.entries(fields).filter(([name]) => findField(name) === 'draft');
    const sets = [
      Object.fromEntries(own),
      ...Object.entries(fields).flatMap(([name, value]) =>
        name.toLowerCase() === 'cascade' ? listCascades(value) : [],
      ),
    ];
    const withheld = sets.map(findWithholdingField).find(Boolean);
    return (
      withheld && `This ${withheld.predicate}, as the field “${withheld.field}” of ${key} says of all in its folder.`
    );
  } catch {
    return undefined;
  }
};
