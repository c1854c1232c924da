import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { SeedRejected } from '../../../../functions/core/article.ts';
import { formatErrorMessage } from '../../../local/base/format-error-message.ts';

const repeatedElements = new Set(['category', 'wp:postmeta', 'wp:comment', 'wp:author']);

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  textNodeName: 'text',
  attributeNamePrefix: '',
  isArray: (name) => repeatedElements.has(name),
});

/** An element's text; one with attributes is an object, and an empty one says nothing. */
const textSchema = z
  .union([z.string(), z.object({ text: z.string().default('') }).transform((element) => element.text)])
  .default('');

const categorySchema = z.object({
  domain: z.string().default(''),
  nicename: z.string().default(''),
  text: z.string().default(''),
});

const itemSchema = z.object({
  item: z.object({
    title: textSchema,
    link: textSchema,
    guid: textSchema,
    'dc:creator': textSchema,
    'content:encoded': textSchema,
    'excerpt:encoded': textSchema,
    'wp:post_id': textSchema,
    'wp:post_parent': textSchema,
    'wp:post_date': textSchema,
    'wp:post_date_gmt': textSchema,
    'wp:post_modified_gmt': textSchema,
    'wp:post_name': textSchema,
    'wp:status': textSchema,
    'wp:post_type': textSchema,
    'wp:post_password': textSchema,
    'wp:attachment_url': textSchema,
    category: z.array(z.union([z.string().transform(() => undefined), categorySchema])).default([]),
    'wp:postmeta': z
      .array(z.union([z.object({ 'wp:meta_key': textSchema, 'wp:meta_value': textSchema }), z.string()]))
      .default([]),
    'wp:comment': z.array(z.unknown()).default([]),
  }),
});

/** An item of an export, as WordPress writes it: https://wordpress.org/documentation/article/tools-export-screen/ */
export type WxrItem = z.infer<typeof itemSchema>['item'];

const headSchema = z.object({
  channel: z
    .object({
      link: textSchema,
      'wp:base_blog_url': textSchema,
      'wp:author': z
        .array(z.object({ 'wp:author_login': textSchema, 'wp:author_display_name': textSchema }))
        .default([]),
    })
    .partial(),
});

export type WxrHead = z.infer<typeof headSchema>['channel'];

export interface WxrPicture {
  readonly url: string;
  readonly alt: string;
}

export type WxrMedia = ReadonlyMap<string, WxrPicture>;

export interface WxrReferences {
  readonly head: WxrHead;
  readonly media: WxrMedia;
  /** Pictures by the post that they were uploaded for. */
  readonly attached: ReadonlyMap<string, readonly WxrPicture[]>;
}

const parseXml = (xml: string): unknown => {
  try {
    return parser.parse(xml, true);
  } catch (cause) {
    throw new SeedRejected(`it cannot be read as XML: ${formatErrorMessage(cause)}`, undefined, { cause });
  }
};

export const parseWxrItem = (xml: string): WxrItem => {
  const read = itemSchema.safeParse(parseXml(xml));
  if (read.success) return read.data.item;
  const [issue] = read.error.issues;
  throw new SeedRejected(`it is not a valid WordPress item: ${issue?.path.slice(1).join(' ')}`);
};

export const parseWxrHead = (xml: string): WxrHead => {
  const start = xml.search(/<channel[\s>]/);
  if (start < 0) return {};
  const channel = xml.slice(start).replace(/<\/channel>[\s\S]*$/, '');
  try {
    const read = headSchema.safeParse(parseXml(`${channel}</channel>`));
    return read.success ? read.data.channel : {};
  } catch (error) {
    if (error instanceof SeedRejected) return {};
    throw error;
  }
};

export const listMeta = ({ 'wp:postmeta': metas }: WxrItem, wanted: string): string[] =>
  metas.flatMap((each) => (typeof each !== 'string' && each['wp:meta_key'] === wanted ? [each['wp:meta_value']] : []));

export const findMeta = (item: WxrItem, wanted: string): string | undefined => listMeta(item, wanted)[0];
