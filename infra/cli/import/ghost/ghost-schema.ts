import { z } from 'zod';

const textSchema = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
/** Numbers of old exports, and the hexadecimal ones of today. */
const keySchema = z.union([z.string(), z.number()]).transform(String);
const orderSchema = z.number().nullish();

const postSchema = z.object({
  id: keySchema,
  uuid: textSchema,
  title: textSchema,
  slug: textSchema,
  html: textSchema,
  /** The text as the editor has it: an export of a post that was never rendered has no HTML. */
  lexical: textSchema,
  mobiledoc: textSchema,
  markdown: textSchema,
  feature_image: textSchema,
  feature_image_alt: textSchema,
  custom_excerpt: textSchema,
  canonical_url: textSchema,
  locale: textSchema,
  status: textSchema,
  /** Old exports have a flag, `page`, in its place. */
  type: z.string().nullish(),
  page: z.union([z.boolean(), z.number()]).nullish(),
  visibility: textSchema,
  published_at: z.union([z.string(), z.number()]).nullish(),
  updated_at: z.union([z.string(), z.number()]).nullish(),
  author_id: keySchema.nullish(),
});
export type GhostPost = z.infer<typeof postSchema>;

const dataSchema = z.object({
  posts: z.array(z.unknown()),
  tags: z.array(z.object({ id: keySchema, name: textSchema, visibility: textSchema })).default([]),
  posts_tags: z.array(z.object({ post_id: keySchema, tag_id: keySchema, sort_order: orderSchema })).default([]),
  users: z.array(z.object({ id: keySchema, name: textSchema })).default([]),
  posts_authors: z.array(z.object({ post_id: keySchema, author_id: keySchema, sort_order: orderSchema })).default([]),
  posts_meta: z.array(z.object({ post_id: keySchema, feature_image_alt: textSchema })).default([]),
});
export type GhostData = z.infer<typeof dataSchema>;

const wrappedDataSchema = z.object({ data: dataSchema });

/** An export of Ghost: https://ghost.org/docs/migration/ghost/ */
export const ghostExportSchema = z.union([
  z.object({ db: z.array(wrappedDataSchema).min(1) }).transform(({ db: [first] }) => first?.data),
  wrappedDataSchema.transform(({ data }) => data),
]);

export const ghostPostSchema = postSchema;
