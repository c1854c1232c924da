import { z } from 'zod';

const line = z
  .string()
  .transform((written) => written.replace(/\s+/g, ' ').trim())
  .transform((written) => written || undefined);
const name = z.union([line, z.looseObject({ name: line }).transform((person) => person.name)]);
const names = z
  .union([name.transform((one) => [one]), z.array(name)])
  .transform((list) => list.filter((each) => each !== undefined));
/** Some systems part a single string by spaces and some by commas: it stays whole here. */
const words = z.union([z.string(), z.array(z.string())]);
const picture = z.union([
  line.transform((url) => url && { url, alt: '' }),
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
const addresses = z.union([z.string().transform((one) => (one === '' ? [] : [one])), z.array(z.string())]);
const truth = z.string().transform((written) => /^(?:true|yes|on|1)$/i.test(written));

type Fields = Readonly<Record<string, unknown>>;

/** Picks a field by all its names: the first that says something. Those that cannot be read are noted. */
const openPicking = (fields: Fields) => {
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

const pictures = ['image', 'cover', 'featured_image', 'feature_image', 'images', 'thumbnail', 'header'];

/** What Hugo, Jekyll and Eleventy, and the themes that many use, call the fields of a page. */
export const readFields = (fields: Fields) => {
  const { pick, unread } = openPicking(fields);
  return {
    title: pick(line, 'title'),
    date: pick(line, 'date', 'publishdate', 'pubdate', 'published_at', 'created'),
    updated: pick(line, 'lastmod', 'updated', 'last_modified_at', 'modified', 'updated_at'),
    isDraft: pick(truth, 'draft') === true,
    isPublished: !/^(?:false|no|off)$/i.test(String(fields.published)),
    slug: pick(line, 'slug'),
    address: pick(line, 'url', 'permalink'),
    aliases: pick(addresses, 'aliases', 'alias', 'redirect_from') ?? [],
    tags: pick(words, 'tags', 'tag', 'keywords') ?? [],
    categories: pick(words, 'categories', 'category', 'topics') ?? [],
    authors: pick(names, 'authors', 'author') ?? [],
    summary: pick(line, 'summary', 'description', 'excerpt', 'subtitle'),
    image: pick(picture, ...pictures),
    language: pick(line, 'lang', 'language', 'locale'),
    canonical: pick(line, 'canonical', 'canonicalurl', 'canonical_url'),
    id: pick(line, 'id', 'guid'),
    /** Names of fields that are there and cannot be read. */
    unread: [...unread],
  };
};

export type PageFields = ReturnType<typeof readFields>;
