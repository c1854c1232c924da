import type { z } from 'zod';
import { type Article, type SeedInput, SeedRejected, type SeedWarning, SeedWithheld } from '../../article.ts';
import { isPageKey } from '../../seed-kind.ts';
import { createUrlResolver, type UrlResolver } from '../body/url-resolver.ts';
import { normalizeFieldName } from './field-table.ts';
import { fieldRequirements, findImage, getFrontMatterSchema, type TagSeparator } from './front-matter-schema.ts';
import { parseAliases } from './parse-aliases.ts';
import type { FrontMatter } from './parse-front-matter.ts';
import { isJekyllPage, selectKnownFields } from './select-known-fields.ts';
import { findWithholdingField, findWithholdingTag, parseSwitch } from './visibility.ts';

type WrittenFields = z.infer<ReturnType<typeof getFrontMatterSchema>>;
type FrontMatterFields = Omit<WrittenFields, 'image'> & {
  /** Null: there is to be none. */
  readonly image?: NonNullable<Article['image']> | null;
};

interface CheckedFrontMatter {
  /** Its `aliases` are paths. */
  readonly stated: FrontMatterFields;
  readonly warnings: readonly SeedWarning[];
}

/** What other tools have under their own names for these is left out where it cannot be read. */
const optionalFields = new Set(['updated', 'image', 'imageAlt', 'lang', 'canonical', 'keywords', 'categories']);

/** The ids of other tools have the name of ours. */
const isOptional = (name: string, spelling: string): boolean =>
  name === 'id' || (optionalFields.has(name) && spelling !== name);

const formatRequirement = (name: string): string => fieldRequirements.get(name) ?? 'must be a line of text';

/**
 * Parses the fields of the front matter. All mistakes are reported at once, by name and line.
 * @throws {SeedWithheld} for a draft and what else is not for readers
 * @throws {SeedRejected} for mistakes
 */
export const checkFrontMatter = ({ fields, lines }: FrontMatter, file: SeedInput): CheckedFrontMatter => {
  const formatLine = (field: string) => `line ${lines.get(field) ?? 1}`;
  const withheld = findWithholdingField(fields);
  if (withheld && !file.isPreview) {
    const { field = '', predicate } = withheld;
    throw new SeedWithheld(`This ${predicate}, as its field “${field}” says.`, formatLine(field));
  }
  checkTags(fields, [], file);
  const { values, spellings, ignored } = selectKnownFields(fields);
  const origin: FieldsOrigin = {
    ...file,
    tagSeparator: isJekyllPage(fields, file.key) ? 'blank' : 'comma',
    resolve: createUrlResolver(file),
  };
  const spell = (name: string) => spellings.get(name) ?? name;
  const lineOf = (name: string) => lines.get(spell(name)) ?? 1;
  const read = readFields(origin, values, (name) => isOptional(name, spell(name)));
  if ('wrong' in read) {
    const wrong = read.wrong.toSorted((a, b) => lineOf(a) - lineOf(b));
    const mistakes = wrong.map((name) => `${spell(name)} (line ${lineOf(name)}) ${formatRequirement(name)}`);
    throw new SeedRejected(`The front matter has mistakes: ${mistakes.join('; ')}.`, `line ${lineOf(wrong[0] ?? '')}`);
  }
  const { expires, date, publishDate } = read.fields;
  if (expires && expires.at <= file.uploadedAt)
    throw new SeedWithheld(`This has expired, as its field “${spell('expires')}” says.`, formatLine(spell('expires')));
  const isOverBefore = [date, publishDate].some((time) => expires && time && expires.at <= time.at);
  const { aliases: names = [], redirectFrom = [] } = read.fields;
  const { aliases, warnings: ofAliases } = parseAliases(
    [...names, ...redirectFrom],
    formatLine(spell(names.length > 0 ? 'aliases' : 'redirectFrom')),
  );
  const warnings = [
    ...(isOverBefore
      ? [
          {
            message: `\`${spell('expires')}\` is not after the date of the article, so nobody will see it.`,
            place: formatLine(spell('expires')),
          },
        ]
      : []),
    ...read.skipped.map((name) => ({
      message: `\`${spell(name)}\` is ignored: it ${formatRequirement(name)}.`,
      place: formatLine(spell(name)),
    })),
    ...Array.from(ignored, ([spelling, field]) => ({
      message: `\`${spelling}\` is ignored, because \`${spell(field)}\` says something else; keep one of them.`,
      place: formatLine(spelling),
    })),
    ...listIndexWarnings(fields, formatLine),
    ...ofAliases,
  ];
  return { stated: { ...read.fields, aliases: [...aliases] }, warnings };
};

/** @throws {SeedWithheld} for a text with a tag such as `draft`, unless a field says that it is public */
export const checkTags = (
  fields: FrontMatter['fields'],
  hashtags: readonly string[],
  { isPreview }: Pick<SeedInput, 'isPreview'>,
): void => {
  const withheld = isPreview ? undefined : findWithholdingTag(fields, hashtags);
  if (withheld)
    throw new SeedWithheld(
      `This ${withheld.predicate}, as its tag “${withheld.tag}” says. If that is a topic, add the field “draft: false”.`,
    );
};

/** Whether search engines are to leave a page out, which is not done here. */
const asksNoIndex = (name: string, value: unknown): boolean => {
  const word = String(value).toLowerCase();
  const field = normalizeFieldName(name);
  if (field === 'robots' || field === 'metarobots') return /noindex|none/.test(word);
  return (
    (field === 'noindex' && parseSwitch(word) !== false) ||
    (/^(?:sitemap|searchable|indexable)$/.test(field) && parseSwitch(word) === false)
  );
};

const listIndexWarnings = (fields: FrontMatter['fields'], formatLine: (field: string) => string): SeedWarning[] =>
  Object.entries(fields).flatMap(([name, value]) =>
    asksNoIndex(name, value)
      ? [
          {
            message: `\`${name}\` is ignored: the article is in the sitemap, and search engines may show it. To keep it from readers, write \`unlisted: true\`.`,
            place: formatLine(name),
          },
        ]
      : [],
  );

/** What the meaning of fields depends on. */
interface FieldsOrigin extends Pick<SeedInput, 'key' | 'timeZone' | 'uploadedAt'> {
  readonly tagSeparator: TagSeparator;
  readonly resolve: UrlResolver;
}

type ReadFields =
  | { readonly fields: FrontMatterFields; readonly skipped: readonly string[] }
  | { readonly wrong: readonly string[] };

const omitFields = (values: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

/** Fields that cannot be read are left out where they are optional. */
export const readFields = (
  { key, timeZone, uploadedAt, tagSeparator, resolve }: FieldsOrigin,
  values: Readonly<Record<string, unknown>>,
  canSkip: (name: string) => boolean,
): ReadFields => {
  const schema = getFrontMatterSchema(timeZone, tagSeparator, isPageKey(key) ? 'page' : 'article');
  const read = schema.safeParse(values);
  const malformed = read.success ? [] : [...new Set(read.error.issues.map(({ path }) => String(path[0])))];
  const written = read.success ? read.data : schema.parse(omitFields(values, malformed));
  const future = (['announced', 'corrected'] as const).filter((name) => (written[name]?.at ?? '') > uploadedAt);
  const image = written.image && findImage(written.image, resolve);
  const wrong = [...malformed, ...future, ...(written.image && !image ? ['image'] : [])];
  const fatal = wrong.filter((name) => !canSkip(name));
  if (fatal.length > 0) return { wrong: fatal };
  const { image: _written, ...fields } = wrong.length > 0 ? schema.parse(omitFields(values, wrong)) : written;
  return { fields: { ...fields, ...(image !== undefined && { image }) }, skipped: wrong };
};
