import { z } from 'zod';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
/** Numbers of old exports, and the hexadecimal ones of today. */
const key = z.union([z.string(), z.number()]).transform(String);
const order = z.number().nullish();

const post = z.object({
  id: key,
  uuid: text,
  title: text,
  slug: text,
  html: text,
  feature_image: text,
  feature_image_alt: text,
  custom_excerpt: text,
  canonical_url: text,
  locale: text,
  status: text,
  /** Old exports have a flag, `page`, in its place. */
  type: z.string().nullish(),
  page: z.union([z.boolean(), z.number()]).nullish(),
  visibility: text,
  published_at: z.union([z.string(), z.number()]).nullish(),
  updated_at: z.union([z.string(), z.number()]).nullish(),
  author_id: key.nullish(),
});
export type GhostPost = z.infer<typeof post>;

const dataSchema = z.object({
  posts: z.array(z.unknown()),
  tags: z.array(z.object({ id: key, name: text, visibility: text })).default([]),
  posts_tags: z.array(z.object({ post_id: key, tag_id: key, sort_order: order })).default([]),
  users: z.array(z.object({ id: key, name: text })).default([]),
  posts_authors: z.array(z.object({ post_id: key, author_id: key, sort_order: order })).default([]),
  posts_meta: z.array(z.object({ post_id: key, feature_image_alt: text })).default([]),
});
export type GhostData = z.infer<typeof dataSchema>;

const inside = z.object({ data: dataSchema });

/** An export of Ghost: https://ghost.org/docs/migration/ghost/ */
export const ghostExport = z.union([
  z.object({ db: z.array(inside).min(1) }).transform(({ db: [first] }) => first?.data),
  inside.transform(({ data }) => data),
]);

export const ghostPost = post;
