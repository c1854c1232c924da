import * as z from 'zod';
import { maxAltLength, maxSourceLength, maxUrlLength, type SeedInput } from '../../article.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { parseLanguageTag } from '../../text/language.ts';
import { createUrlResolver, parseWebUrl } from '../body/url-resolver.ts';
import { parseDate } from './parse-date.ts';

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

const toUniqueLines = (names: readonly string[]): string[] => [...new Set(names.map(cleanLine).filter(Boolean))];

const name = z.union([z.string(), z.looseObject({ name: z.string() }).transform((person) => person.name)]);
const names = z.union([name.transform((one) => [one]), z.array(name)]).transform(toUniqueLines);

const topics = z
  .union([z.string().transform((list) => list.split(/[,;،、]/)), z.array(z.string())])
  .transform((list) => toUniqueLines(list.map((topic) => topic.replace(/^\s*#/, ''))));

const booleanText = createParsedString((word) => {
  if (/^(?:true|yes|on)$/i.test(word)) return true;
  return /^(?:false|no|off)$/i.test(word) ? false : undefined;
});

/** Slugs are cut to less than that. */
const maxSlugLength = 200;
const slug = z
  .string()
  .regex(/^[\p{L}\p{N}\p{M}]+(?:[-_][\p{L}\p{N}\p{M}]+)*$/u)
  .transform((written) => written.slice(0, maxSlugLength).toWellFormed());

const uuidPattern = /^(?:urn:uuid:)?([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})$/i;

/** Atom (RFC 4287, 4.2.6) requires an IRI. Imports have `tag:` and `http:` ids, our own are UUIDs. */
const parseId = (written: string): string | undefined => {
  const digits = uuidPattern.exec(written)?.[1];
  if (digits) return `urn:uuid:${digits.toLowerCase()}`;
  return /^[a-z][a-z\d+.-]*:[^\s"<>\\^`{|}]+$/i.test(written) ? written : undefined;
};

const parseUrl = (written: string): string | undefined =>
  /^https?:\/\//i.test(written) && written.length <= maxUrlLength ? parseWebUrl(written)?.href : undefined;

const createImageSchema = (file: SeedInput) => {
  const resolve = createUrlResolver(file);
  const address = createParsedString((written) =>
    written.length <= maxUrlLength ? resolve(written, 'image') : undefined,
  );
  const alt = createLine(maxAltLength).default('');
  return z.union([
    z
      .string()
      .regex(/^(?:none|no|false)$/i)
      .transform(() => null),
    address.transform((url) => ({ url, alt: '' })),
    z.looseObject({ src: address, alt }).transform(({ src, alt }) => ({ url: src, alt })),
    z.looseObject({ url: address, alt }).transform(({ url, alt }) => ({ url, alt })),
  ]);
};

/** The fields of front matter that mean something here. Others are ignored. */
export const createFrontMatterSchema = (file: SeedInput) => {
  const date = createParsedString((written) => parseDate(written, file.timeZone));
  const past = createParsedString((written) => {
    const time = parseDate(written, file.timeZone);
    return time && time.at <= file.uploadedAt ? time : undefined;
  });
  return z
    .looseObject({
      title: singleLine,
      date,
      updated: date,
      announced: past,
      author: names,
      authors: names,
      editor: names,
      editors: names,
      tags: topics,
      topics,
      summary: singleLine,
      description: singleLine,
      slug,
      id: createParsedString(parseId),
      image: createImageSchema(file),
      lang: createParsedString(parseLanguageTag),
      canonical: createParsedString(parseUrl),
      correction: singleLine,
      corrected: past,
      email: booleanText,
      draft: booleanText,
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
    'date updated',
    'must be a day such as 2026-10-05 or a time such as 2026-10-05T08:30 (with +01:00 where it is not local)',
  ),
  ...toRequirements('announced corrected', 'must be a day or a time as in date, and have passed'),
  ...toRequirements('author authors editor editors', 'must be a name or a list of names'),
  ...toRequirements('tags topics', 'must be a list of words'),
  ...toRequirements('slug', 'may hold letters, digits and hyphens only'),
  ...toRequirements('source place agency', `must be a line of at most ${maxSourceLength} characters`),
  ...toRequirements('id', 'must be a UUID or an address such as tag:example.org,2020:story'),
  ...toRequirements(
    'image',
    'must name an image beside this file (jpg, png, gif, webp or avif) or give the address of one, or say none',
  ),
  ...toRequirements('lang', 'must be a language tag such as "en" or "pt-BR"'),
  ...toRequirements('canonical', 'must be a whole address that starts with https:// or http://'),
  ...toRequirements('email draft', 'must be true or false'),
]);
