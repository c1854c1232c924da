import { z } from 'zod';
import { collapseWhitespace } from '../../../../functions/core/text/collapse-whitespace.ts';

const lineSchema = z
  .string()
  .transform(collapseWhitespace)
  .transform((written) => written || undefined);
const nameSchema = z.union([lineSchema, z.looseObject({ name: lineSchema }).transform((person) => person.name)]);
const namesSchema = z
  .union([nameSchema.transform((one) => [one]), z.array(nameSchema)])
  .transform((list) => list.filter((each) => each !== undefined));
/** Some systems part a single string by spaces and some by commas: it stays whole here. */
const wordsSchema = z.union([z.string(), z.array(z.string())]);
const imageSchema = z.union([
  lineSchema.transform((url) => url && { url, alt: '' }),
  z.array(z.string()).transform(([url]) => (url ? { url, alt: '' } : undefined)),
  z
    .looseObject({
      image: z.string().optional(),
      src: z.string().optional(),
      url: z.string().optional(),
      path: z.string().optional(),
      alt: z.string().default(''),
    })
    .transform(({ image, src, url, path, alt }) => {
      const address = image ?? src ?? url ?? path;
      return address ? { url: address, alt } : undefined;
    }),
]);
const addressesSchema = z.union([z.string().transform((one) => (one === '' ? [] : [one])), z.array(z.string())]);

type Fields = Readonly<Record<string, unknown>>;

const createFieldPicker = (fields: Fields) => {
  const unread = new Set<string>();
  const pick = <T>(schema: z.ZodType<T>, ...known: string[]): T | undefined => {
    for (const each of known) {
      if (fields[each] === undefined) continue;
      const read = schema.safeParse(fields[each]);
      if (!read.success) unread.add(each);
      else if (read.data !== undefined) return read.data;
    }
    return undefined;
  };
  return { pick, unread };
};

const imageFieldNames = ['image', 'cover', 'featured_image', 'feature_image', 'images', 'thumbnail', 'header'];

export const parsePageFields = (fields: Fields) => {
  const { pick, unread } = createFieldPicker(fields);
  return {
    title: pick(lineSchema, 'title'),
    date: pick(lineSchema, 'date', 'publishdate', 'pubdate', 'published_at', 'created'),
    updated: pick(lineSchema, 'lastmod', 'updated', 'last_modified_at', 'modified', 'updated_at'),
    slug: pick(lineSchema, 'slug'),
    address: pick(lineSchema, 'url', 'permalink'),
    aliases: pick(addressesSchema, 'aliases', 'alias', 'redirect_from') ?? [],
    tags: pick(wordsSchema, 'tags', 'tag', 'keywords') ?? [],
    categories: pick(wordsSchema, 'categories', 'category', 'topics') ?? [],
    authors: pick(namesSchema, 'authors', 'author') ?? [],
    summary: pick(lineSchema, 'summary', 'description', 'excerpt', 'subtitle'),
    image: pick(imageSchema, ...imageFieldNames),
    language: pick(lineSchema, 'lang', 'language', 'locale'),
    canonical: pick(lineSchema, 'canonical', 'canonicalurl', 'canonical_url'),
    id: pick(lineSchema, 'id', 'guid'),
    invalidFields: [...unread],
  };
};

export type PageFields = ReturnType<typeof parsePageFields>;
