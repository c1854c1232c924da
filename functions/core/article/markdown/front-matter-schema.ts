import * as z from 'zod';
import { maxAltLength, maxSourceLength, maxUrlLength, type SeedInput } from '../../article.ts';
import { type AiPart, aiParts, type PagePlace, pageMenus } from '../../entry.ts';
import { isPageKey } from '../../seed-kind.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { parseLanguageTag } from '../../text/language.ts';
import { parseWebUrl, type UrlResolver } from '../body/url-resolver.ts';
import { parseDate } from '../text/parse-date.ts';
import { parseSwitch } from './visibility.ts';

const createParsedString = <T>(read: (written: string) => T | undefined) =>
  z.string().transform((written, context) => {
    const value = read(written);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  });

const singleLine = z.string().transform(cleanLine);

const createLine = (maxLength: number) =>
  createParsedString((written) => {
    const line = cleanLine(written);
    return line.length <= maxLength ? line : undefined;
  });

/** What Obsidian shows of `[[Note]]` and `[[Note|words]]`. */
const removeLinkMarks = (written: string): string =>
  written.trim().replace(/^!?\[\[(?:[^[\]|]*\|)?([^[\]|]*)\]\]$/, '$1');

const toUniqueLines = (names: readonly string[]): string[] => [
  ...new Set(names.map((name) => cleanLine(removeLinkMarks(name))).filter(Boolean)),
];

const fullName = /^\S+\s+\S/;

/**
 * Parts "Ana Reis, Bo Lind and Rui Paz" where each part is a full name. "Reis, Ana" is one person, and so is "Smith and
 * Sons". A semicolon parts in any case.
 */
const splitNameLine = (line: string): string[] => {
  if (line.includes(';')) return line.split(';');
  const parts = line
    .split(/\s*[,،、，]\s*(?:(?:and|und|et|y|e|och|og)\s+)?|\s+(?:and|und|et|&)\s+/)
    .map((part) => part.trim());
  return parts.every((part) => fullName.test(part)) ? parts : [line];
};

const mailAddress = /\s*<[^<>\s]*@[^<>\s]*>/g;
const nameParts = z.looseObject({ given: z.string(), family: z.string() });
const personName = z.union([z.string(), nameParts.transform(({ given, family }) => `${given} ${family}`)]);
const name = z.union([
  personName,
  z.looseObject({ name: personName }).transform((person) => person.name),
  z.looseObject({ literal: z.string() }).transform(({ literal }) => literal),
]);
const names = z
  .union([
    z.string().transform((line) => splitNameLine(line.replaceAll(mailAddress, ''))),
    name.transform((one) => [one]),
    z.array(name),
  ])
  .transform((list) => toUniqueLines(list.map((each) => each.replaceAll(mailAddress, ''))));

const listSeparator = /[,;،、]/;
const hashtags = /^#\S+(?:\s+#\S+)*$/;

/** Topics as a list, as lists within a list (Hexo), or in a line. */
const createTopicsSchema = (partsAtBlanks: boolean) => {
  const splitLine = (line: string): string[] =>
    !listSeparator.test(line) && (partsAtBlanks || hashtags.test(line.trim()))
      ? line.split(/\s+/)
      : line.split(listSeparator);
  const topic = z.union([
    z.string(),
    z.looseObject({ name: z.string() }).transform((each) => each.name),
    z.looseObject({ label: z.string() }).transform((each) => each.label),
  ]);
  return z
    .union([
      z.string().transform(splitLine),
      z.array(z.union([topic, z.array(topic)])).transform((list) => list.flat()),
    ])
    .transform((list) => toUniqueLines(list.map((each) => each.replace(/^\s*#/, ''))));
};

const booleanText = createParsedString(parseSwitch);

/** Themes of other tools have pictures and numbers there, which are no mistake. */
const featured = z.unknown().transform((written) => typeof written === 'string' && parseSwitch(written) === true);

/** Null: readers need not be told of any. */
const parseAiPart = (written: string): AiPart | null | undefined => {
  const word = written.trim().toLowerCase();
  return parseSwitch(word) === false ? null : aiParts.find((part) => part === word);
};

const parseMenu = (written: string): PagePlace['menu'] | undefined => {
  const word = written.trim().toLowerCase();
  return parseSwitch(word) === false ? 'none' : pageMenus.find((menu) => menu === word);
};

const parseOrder = (written: string): number | undefined =>
  /^-?\d{1,6}$/.test(written.trim()) ? Number(written) : undefined;

/** In articles, themes of other tools have other things there. */
const ignored = z.unknown().transform(() => undefined);

/** Slugs are cut to less than that. */
const maxSlugLength = 200;
/** Of a path, such as Docusaurus has, its last part. */
const slug = z
  .string()
  .transform((written) => written.replace(/\/+$/, '').split('/').at(-1) ?? '')
  .pipe(
    z
      .string()
      .regex(/^[\p{L}\p{N}\p{M}]+(?:[-_][\p{L}\p{N}\p{M}]+)*$/u)
      .transform((written) => written.slice(0, maxSlugLength).toWellFormed()),
  );

const uuidPattern = /^(?:urn:uuid:)?([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})$/i;

/** Atom (RFC 4287, 4.2.6) requires an IRI. Imports have `tag:` and `http:` ids, our own are UUIDs. */
const parseId = (written: string): string | undefined => {
  const digits = uuidPattern.exec(written)?.[1];
  if (digits) return `urn:uuid:${digits.toLowerCase()}`;
  return /^[a-z][a-z\d+.-]*:[^\s"<>\\^`{|}]+$/i.test(written) ? written : undefined;
};

const parseUrl = (written: string): string | undefined =>
  /^https?:\/\//i.test(written) && written.length <= maxUrlLength ? parseWebUrl(written)?.href : undefined;

const createImageSchema = (resolve: UrlResolver) => {
  const address = createParsedString((written) =>
    written.length <= maxUrlLength ? resolve(removeLinkMarks(written), 'image') : undefined,
  );
  const alt = createLine(maxAltLength).default('');
  const picture = z.union([
    address.transform((url) => ({ url, alt: '' })),
    z.looseObject({ src: address, alt }).transform(({ src, alt: text }) => ({ url: src, alt: text })),
    z.looseObject({ url: address, alt }).transform(({ url, alt: text }) => ({ url, alt: text })),
    z.looseObject({ image: address, alt }).transform(({ image, alt: text }) => ({ url: image, alt: text })),
    z.looseObject({ path: address, alt }).transform(({ path, alt: text }) => ({ url: path, alt: text })),
  ]);
  return z.union([
    z
      .string()
      .regex(/^(?:none|no|false)$/i)
      .transform(() => null),
    picture,
    z.tuple([picture], z.unknown()).transform(([first]) => first),
  ]);
};

/** Other names and earlier addresses; what else tools have there is no mistake. */
export const aliasesSchema = z
  .union([z.string().transform((one) => [one]), z.array(z.unknown())])
  .catch([])
  .transform((list) => list.flatMap((one) => (typeof one === 'string' ? [one] : [])));

/** The fields of front matter that mean something here. */
export const createFrontMatterSchema = (
  file: Pick<SeedInput, 'key' | 'timeZone' | 'uploadedAt'>,
  partsTagsAtBlanks: boolean,
  resolve: UrlResolver,
) => {
  const tags = createTopicsSchema(partsTagsAtBlanks);
  const date = createParsedString((written) => parseDate(written, file.timeZone));
  const past = createParsedString((written) => {
    const time = parseDate(written, file.timeZone);
    return time && time.at <= file.uploadedAt ? time : undefined;
  });
  return z
    .looseObject({
      title: singleLine,
      date,
      publishDate: date,
      expires: date,
      updated: date,
      announced: past,
      authors: names,
      editors: names,
      topics: createTopicsSchema(false),
      tags,
      categories: tags,
      keywords: createTopicsSchema(false),
      summary: singleLine,
      slug,
      id: createParsedString(parseId),
      image: createImageSchema(resolve),
      imageAlt: createLine(maxAltLength),
      lang: createParsedString(parseLanguageTag),
      canonical: createParsedString(parseUrl),
      aliases: aliasesSchema,
      redirectFrom: aliasesSchema,
      correction: singleLine,
      corrected: past,
      email: booleanText,
      featured,
      ai: createParsedString(parseAiPart),
      menu: isPageKey(file.key) ? createParsedString(parseMenu) : ignored,
      order: isPageKey(file.key) ? createParsedString(parseOrder) : ignored,
      source: createLine(maxSourceLength),
      place: createLine(maxSourceLength),
      agency: createLine(maxSourceLength),
    })
    .partial();
};

const toRequirements = (names: string, requirement: string): [string, string][] =>
  names.split(' ').map((name) => [name, requirement]);

/** What to tell the author about a field that cannot be read. */
export const fieldRequirements: ReadonlyMap<string, string> = new Map([
  ...toRequirements(
    'date publishDate expires updated',
    'must be a day such as 2026-10-05 or a time such as 2026-10-05T08:30 (with +01:00 where it is not local)',
  ),
  ...toRequirements('announced corrected', 'must be a day or a time as in date, and have passed'),
  ...toRequirements('authors editors', 'must be a name or a list of names'),
  ...toRequirements('tags topics categories keywords', 'must be a list of words'),
  ...toRequirements('slug', 'may hold letters, digits and hyphens only'),
  ...toRequirements('source place agency', `must be a line of at most ${maxSourceLength} characters`),
  ...toRequirements('id', 'must be a UUID or an address such as tag:example.org,2020:story'),
  ...toRequirements(
    'image',
    'must name an image beside this file (jpg, png, gif, webp or avif) or give the address of one, or say none',
  ),
  ...toRequirements('lang', 'must be a language tag such as "en" or "pt-BR"'),
  ...toRequirements('canonical', 'must be a whole address that starts with https:// or http://'),
  ...toRequirements('email', 'must be true or false'),
  ...toRequirements('ai', 'must be assisted or generated, or no'),
  ...toRequirements('menu', 'must be header, footer or none'),
  ...toRequirements('order', 'must be a whole number'),
]);
