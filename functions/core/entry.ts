import { z } from 'zod';

/** A name that has a page of its own on the site: a topic or an author. */
export const namedSchema = z.object({ name: z.string(), slug: z.string() });
export type Named = z.infer<typeof namedSchema>;

const pictureSchema = z.object({ url: z.string(), alt: z.string() });

/** An article as lists, feeds and digests know it: everything but its body. All times are ISO 8601 in UTC. */
export const entrySchema = z.object({
  /** `urn:uuid:…` or the URI that the seed states; minted once. */
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  language: z.string().exactOptional(),
  authors: z.array(namedSchema),
  editors: z.array(z.string()),
  source: z.string().exactOptional(),
  dateline: z.object({ place: z.string(), agency: z.string().exactOptional() }).exactOptional(),
  topics: z.array(namedSchema),
  published: z.string(),
  /** No hour is known for `published`: show the day alone. */
  dateOnly: z.boolean(),
  updated: z.string(),
  image: pictureSchema.exactOptional(),
  canonical: z.string().exactOptional(),
  words: z.number(),
  email: z.boolean(),
  /** What the author says was corrected, and when: as the seed says, else the upload that said so first. */
  correction: z.object({ text: z.string(), at: z.string() }).exactOptional(),
  /** Changes when and only when the article does. */
  revision: z.string(),
  /** Where the body lies in the desk bucket. */
  body: z.string(),
});
export type Entry = z.infer<typeof entrySchema>;

/** The body of an article: sanitized HTML with absolute addresses, plain text, and the page chrome that was cut. */
export const bodySchema = z.object({ html: z.string(), text: z.string(), cut: z.array(z.string()) });
export type Body = z.infer<typeof bodySchema>;

export type FullEntry = Entry & Pick<Body, 'html' | 'text'>;

/** An article that was announced and then withdrawn. */
export const withdrawnSchema = z.object({ id: z.string(), when: z.string(), topics: z.array(namedSchema) });
export type Withdrawn = z.infer<typeof withdrawnSchema>;
