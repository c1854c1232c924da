import { z } from 'zod';
import { canonicalLanguage } from '../language.ts';
import type { SeedFile } from './article.ts';
import { cleanLine } from './clean-text.ts';
import { parseDate } from './parse-date.ts';
import { resolveUrl } from './resolve-url.ts';

/** A string that `read` can make something of. */
const readBy = <T>(read: (written: string) => T | undefined) =>
  z.string().transform((written, context) => {
    const value = read(written);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  });

const line = z.string().transform(cleanLine);

const unique = (names: readonly string[]): string[] => [...new Set(names.map(cleanLine).filter(Boolean))];

const name = z.union([z.string(), z.looseObject({ name: z.string() }).transform((person) => person.name)]);
const names = z.union([name.transform((one) => [one]), z.array(name)]).transform(unique);

const topics = z
  .union([z.string().transform((list) => list.split(/[,;،、]/)), z.array(z.string())])
  .transform((list) => unique(list.map((topic) => topic.replace(/^\s*#/, ''))));

const truth = readBy((word) => {
  if (/^(?:true|yes|on)$/i.test(word)) return true;
  return /^(?:false|no|off)$/i.test(word) ? false : undefined;
});

const slug = z.string().regex(/^[\p{L}\p{N}\p{M}]+(?:[-_][\p{L}\p{N}\p{M}]+)*$/u);

const uuid = /^(?:urn:uuid:)?([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})$/i;

/** Atom wants an IRI: imports bring `tag:` and `http:` ids, our own are UUIDs. */
const readId = (written: string): string | undefined => {
  const digits = uuid.exec(written)?.[1];
  if (digits) return `urn:uuid:${digits.toLowerCase()}`;
  return /^[a-z][a-z\d+.-]*:[^\s"<>\\^`{|}]+$/i.test(written) ? written : undefined;
};

const readAddress = (written: string): string | undefined =>
  /^https?:\/\//i.test(written) && URL.canParse(written) ? new URL(written).href : undefined;

const imageSchema = (file: SeedFile) => {
  const resolve = resolveUrl(file);
  const address = readBy((written) => resolve(written, 'image'));
  const alt = line.default('');
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

/** The fields a Markdown seed may state, as they are read for that seed. Fields it does not know are let pass. */
export const frontMatterSchema = (file: SeedFile) => {
  const date = readBy((written) => parseDate(written, file.timeZone));
  const past = readBy((written) => {
    const time = parseDate(written, file.timeZone);
    return time && time.at <= file.uploadedAt ? time : undefined;
  });
  return z
    .looseObject({
      title: line,
      date,
      updated: date,
      announced: past,
      author: names,
      authors: names,
      editor: names,
      editors: names,
      tags: topics,
      topics,
      summary: line,
      description: line,
      slug,
      id: readBy(readId),
      image: imageSchema(file),
      lang: readBy(canonicalLanguage),
      canonical: readBy(readAddress),
      correction: line,
      corrected: past,
      email: truth,
      draft: truth,
      source: line,
      place: line,
      agency: line,
    })
    .partial();
};

const aDate =
  'must be a day such as 2026-10-05 or a time such as 2026-10-05T08:30 (with +01:00 where it is not local)';
const aPast = 'must be a day or a time as in date, and have passed';
const aName = 'must be a name or a list of names';
const someTopics = 'must be a list of words';
const aTruth = 'must be true or false';

/** What to tell the author of a field that cannot be read. */
export const expectations: ReadonlyMap<string, string> = new Map([
  ['date', aDate],
  ['updated', aDate],
  ['announced', aPast],
  ['corrected', aPast],
  ['author', aName],
  ['authors', aName],
  ['editor', aName],
  ['editors', aName],
  ['tags', someTopics],
  ['topics', someTopics],
  ['slug', 'may hold letters, digits and hyphens only'],
  ['id', 'must be a UUID or an address such as tag:example.org,2020:story'],
  [
    'image',
    'must name an image beside this file (jpg, png, gif, webp or avif) or give the address of one, or say none',
  ],
  ['lang', 'must be a language tag such as "en" or "pt-BR"'],
  ['canonical', 'must be a whole address that starts with https:// or http://'],
  ['email', aTruth],
  ['draft', aTruth],
]);
