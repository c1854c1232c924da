import * as z from 'zod';
import {
  type Article,
  maxAltLength,
  maxCaptionLength,
  maxCreditLength,
  maxSourceLength,
  maxUrlLength,
} from '../../article.ts';
import { type AiPart, aiParts, type PagePlace, pageMenus } from '../../entry.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { unescapeMarkup } from '../../text/escape-markup.ts';
import { parseLanguageTag } from '../../text/language.ts';
import { memoize } from '../../text/memoize.ts';
import { truncate } from '../../text/truncate.ts';
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

const markdownLink = /\[([^[\]]*)\]\([^()]*\)/g;

/** A caption or a credit without the markup that other tools have there. What is no text says nothing. */
const createPlainLine = (maxLength: number) =>
  z.optional(z.unknown()).transform((written) => {
    if (typeof written !== 'string') return undefined;
    const plain = written
      .slice(0, 10 * maxLength)
      .replace(/<[^<>]*>/g, '')
      .replace(markdownLink, '$1');
    return truncate(cleanLine(unescapeMarkup(plain)), maxLength) || undefined;
  });

const [caption, credit] = [createPlainLine(maxCaptionLength), createPlainLine(maxCreditLength)];

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

/** A picture's address as it is written. */
export interface WrittenImage {
  readonly address: string;
  readonly alt: string;
  readonly caption?: string;
  readonly credit?: string;
}

const imageAddressNames = ['src', 'url', 'image', 'path'] as const;
/** The addresses that a picture may have: the first that can be reached is meant. */
const picture = z.union([
  z.string().transform((address): WrittenImage[] => [{ address, alt: '' }]),
  z
    .looseObject({ alt: createLine(maxAltLength).default(''), caption, credit })
    .transform(({ alt, caption, credit, ...written }): WrittenImage[] =>
      imageAddressNames.flatMap((name) => {
        const address = written[name];
        const texts = { alt, ...(caption && { caption }), ...(credit && { credit }) };
        return typeof address === 'string' ? [{ address, ...texts }] : [];
      }),
    ),
]);
const image = z.union([
  z
    .string()
    .regex(/^(?:none|no|false)$/i)
    .transform(() => null),
  picture,
  z.tuple([picture], z.unknown()).transform(([first]) => first),
]);

/** The address of a picture that the front matter names. */
export const findImage = (written: readonly WrittenImage[], resolve: UrlResolver): Article['image'] => {
  for (const { address, ...texts } of written) {
    const url = address.length <= maxUrlLength ? resolve(removeLinkMarks(address), 'image') : undefined;
    if (url !== undefined) return { url, ...texts };
  }
  return undefined;
};

/** Other names and earlier addresses; what else tools have there is no mistake. */
export const aliasesSchema = z
  .union([z.string().transform((one) => [one]), z.array(z.unknown())])
  .catch([])
  .transform((list) => list.flatMap((one) => (typeof one === 'string' ? [one] : [])));

/** Jekyll parts the tags of a line at blanks. */
export type TagSeparator = 'blank' | 'comma';

/**
 * The fields of front matter that mean something here. It knows nothing of the file: creating it takes longer than most
 * seeds take to parse.
 */
export const getFrontMatterSchema = memoize(
  (timeZone: string, tagSeparator: TagSeparator, kind: 'page' | 'article') => {
    const isPage = kind === 'page';
    const tags = createTopicsSchema(tagSeparator === 'blank');
    const date = createParsedString((written) => parseDate(written, timeZone));
    return z
      .object({
        title: singleLine,
        date,
        publishDate: date,
        expires: date,
        updated: date,
        announced: date,
        authors: names,
        editors: names,
        topics: createTopicsSchema(false),
        tags,
        categories: tags,
        keywords: createTopicsSchema(false),
        summary: singleLine,
        slug,
        id: createParsedString(parseId),
        image,
        imageAlt: createLine(maxAltLength),
        imageCaption: caption,
        imageCredit: credit,
        lang: createParsedString(parseLanguageTag),
        canonical: createParsedString(parseUrl),
        aliases: aliasesSchema,
        redirectFrom: aliasesSchema,
        correction: singleLine,
        corrected: date,
        email: booleanText,
        featured,
        ai: createParsedString(parseAiPart),
        menu: isPage ? createParsedString(parseMenu) : ignored,
        order: isPage ? createParsedString(parseOrder) : ignored,
        source: createLine(maxSourceLength),
        place: createLine(maxSourceLength),
        agency: createLine(maxSourceLength),
      })
      .partial();
  },
);

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
