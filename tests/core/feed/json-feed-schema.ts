import { z } from 'zod';

const address = z.url({ protocol: /^https?$/ });
const time = z.iso.datetime({ offset: true });
const language = z.string().refine((tag) => Intl.getCanonicalLocales(tag).length === 1);
const nonEmptyString = z.string().min(1);

const author = z
  .strictObject({ name: nonEmptyString.optional(), url: address.optional(), avatar: address.optional() })
  .refine((given) => Object.keys(given).length > 0, 'an author has a name, an address or an avatar');

const attachment = z.strictObject({
  url: address,
  mime_type: z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/),
  title: nonEmptyString.optional(),
  size_in_bytes: z.int().positive().optional(),
  duration_in_seconds: z.number().positive().optional(),
});

const item = z
  .strictObject({
    id: nonEmptyString,
    url: address.optional(),
    external_url: address.optional(),
    title: nonEmptyString.optional(),
    content_html: nonEmptyString.optional(),
    content_text: nonEmptyString.optional(),
    summary: nonEmptyString.optional(),
    image: address.optional(),
    banner_image: address.optional(),
    date_published: time.optional(),
    date_modified: time.optional(),
    authors: z.array(author).optional(),
    tags: z.array(nonEmptyString).optional(),
    language: language.optional(),
    attachments: z.array(attachment).optional(),
  })
  .refine((given) => given.content_html !== undefined || given.content_text !== undefined, 'an item has content');

/** JSON Feed 1.1, with every unknown or deprecated field forbidden. */
export const jsonFeedSchema = z
  .strictObject({
    version: z.literal('https://jsonfeed.org/version/1.1'),
    title: nonEmptyString,
    home_page_url: address.optional(),
    feed_url: address.optional(),
    description: nonEmptyString.optional(),
    user_comment: nonEmptyString.optional(),
    next_url: address.optional(),
    icon: address.optional(),
    favicon: address.optional(),
    authors: z.array(author).optional(),
    language: language.optional(),
    expired: z.boolean().optional(),
    hubs: z.array(z.strictObject({ type: nonEmptyString, url: address })).optional(),
    items: z.array(item),
  })
  .refine((feed) => feed.next_url === undefined || feed.next_url !== feed.feed_url, 'next_url is another page')
  .refine((feed) => new Set(feed.items.map(({ id }) => id)).size === feed.items.length, 'every id is there once');
