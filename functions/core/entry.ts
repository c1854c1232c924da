import * as z from 'zod';
import { pictureSchema } from './picture-sizes.ts';

/** A name that has a page of its own on the site: a topic or an author. */
export const topicOrAuthorSchema = z.object({ name: z.string(), slug: z.string() });
export type TopicOrAuthor = z.infer<typeof topicOrAuthorSchema>;

const imageSchema = z.object({
  url: z.string(),
  alt: z.string(),
  /** As the seed states them. */
  caption: z.string().exactOptional(),
  credit: z.string().exactOptional(),
});

/** What readers are told of a document, sound or film beside a seed. */
export const publishedFileSchema = z.object({
  type: z.string(),
  bytes: z.number(),
  /** How long a sound or a film plays. */
  seconds: z.number().exactOptional(),
});
export type PublishedFile = z.infer<typeof publishedFileSchema>;

/** What part AI can have in a text. */
export const aiParts = ['assisted', 'generated'] as const;
export type AiPart = (typeof aiParts)[number];

/** Where pages are linked from. */
export const pageMenus = ['header', 'footer', 'none'] as const;

/** What makes a seed a page of the publication, which is in no list of articles, feed or issue. */
export const pagePlaceSchema = z.object({
  /** Of its file, without folder and extension. */
  name: z.string(),
  menu: z.enum(pageMenus),
  /** Its place in the menu: those without one come last. */
  order: z.number().exactOptional(),
});
export type PagePlace = z.infer<typeof pagePlaceSchema>;

/** An article as lists, feeds and digests know it: everything but its body. All times are ISO 8601 in UTC. */
export const entrySchema = z.object({
  /** `urn:uuid:…` or the URI that the seed states; minted once. */
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  language: z.string().exactOptional(),
  authors: z.array(topicOrAuthorSchema),
  editors: z.array(z.string()),
  source: z.string().exactOptional(),
  dateline: z.object({ place: z.string(), agency: z.string().exactOptional() }).exactOptional(),
  topics: z.array(topicOrAuthorSchema),
  published: z.string(),
  /** No hour is known for `published`: show the day alone. */
  dateOnly: z.boolean(),
  updated: z.string(),
  image: imageSchema.exactOptional(),
  canonical: z.string().exactOptional(),
  /** What the body refers to among the other uploads. */
  references: z.array(z.string()).exactOptional(),
  /** Paths on the site of those that are there. */
  links: z.record(z.string(), z.string()).exactOptional(),
  /** The documents, sounds and films that it links. */
  files: z.array(publishedFileSchema.extend({ path: z.string() })).exactOptional(),
  /** The pictures of the site that it shows. */
  pictures: z.array(pictureSchema.extend({ path: z.string() })).exactOptional(),
  wordCount: z.number(),
  email: z.boolean(),
  page: pagePlaceSchema.exactOptional(),
  /** What part AI had in the text. */
  ai: z.enum(aiParts).exactOptional(),
  /** It leads page, digest and feed. */
  featured: z.literal(true).exactOptional(),
  /** What the author says was corrected, and when: as the seed says, else the upload that said so first. */
  correction: z.object({ text: z.string(), at: z.string() }).exactOptional(),
  /** Changes when and only when the article does. */
  revision: z.string(),
  /** Key of the body in the internal bucket. */
  bodyKey: z.string(),
  /**
   * Characters of the body, with the text that was cut: what reading it takes. Unknown in records of earlier versions.
   */
  bodyLength: z.number().default(0),
});
export type Entry = z.infer<typeof entrySchema>;

/** The order of home page, digests and main feeds. */
export const putFeaturedFirst = <T extends Pick<Entry, 'featured'>>(entries: readonly T[]): T[] =>
  entries.toSorted((a, b) => Number(b.featured ?? false) - Number(a.featured ?? false));

/** Where a wire story comes from: "Baghdad, Reuters"; empty where nothing is known. */
export const formatDatelineSource = ({ dateline, source }: Pick<Entry, 'dateline' | 'source'>): string =>
  [dateline?.place, dateline?.agency ?? source].filter(Boolean).join(', ');

/**
 * A body as mails have it, but for what is known only when a mail is made: `mail-body.ts`. Its text is that of the body
 * where it is missing.
 */
const mailBodySchema = z.object({ html: z.string(), text: z.string().exactOptional() });
export type MailBody = z.infer<typeof mailBodySchema>;

/**
 * The body of an article: sanitized HTML with absolute addresses, plain text, what of the seed was cut, and how mails
 * have it unless it is too long for one.
 */
export const articleBodySchema = z.object({
  html: z.string(),
  text: z.string(),
  cut: z.array(z.object({ text: z.string(), reason: z.string() })),
  mail: mailBodySchema.exactOptional(),
});
export type ArticleBody = z.infer<typeof articleBodySchema>;

/** An entry with its body. Both texts are empty where it is too long for a feed or a digest. */
export type FullEntry = Entry & Pick<ArticleBody, 'html' | 'text' | 'mail'>;

/** An article that was announced and then withdrawn. */
export const withdrawnArticleSchema = z.object({
  id: z.string(),
  withdrawnAt: z.string(),
  topics: z.array(topicOrAuthorSchema),
});
export type WithdrawnArticle = z.infer<typeof withdrawnArticleSchema>;
