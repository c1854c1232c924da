import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import { findWithholdingField } from '../../../../functions/core/article/markdown/visibility.ts';
import { SeedRejected } from '../../../../functions/core/article.ts';

const repeatedElements = new Set(['category']);

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  attributeNamePrefix: '',
  textNodeName: 'text',
  removeNSPrefix: true,
  isArray: (name) => repeatedElements.has(name),
});

const textSchema = z
  .union([z.string(), z.looseObject({ text: z.string() }).transform(({ text }) => text)])
  .optional()
  .catch(undefined);

const entrySchema = z.object({
  entry: z.looseObject({
    category: z.array(z.looseObject({ scheme: z.string().default(''), term: z.string().default('') })).default([]),
    /** RFC 5023, 13.1.1: a draft of Atom. */
    control: z.looseObject({ draft: textSchema }).optional().catch(undefined),
    /** Of the export by Google Takeout. */
    type: textSchema,
    status: textSchema,
    filename: textSchema,
  }),
});

/** What an entry of Blogger's export is, in the old form and in that of Takeout. */
const kindReasons: Readonly<Record<string, string>> = {
  comment: 'it is a comment',
  page: 'it is a page, not a post',
  template: "it is the blog's template",
  settings: 'it is a setting of the blog',
};

/** The scheme of the category that says what kind of entry it is. */
export const isKindScheme = (scheme: string | undefined): boolean => scheme?.endsWith('/g/2005#kind') ?? false;

/** Blogger's states of a post that readers see. */
const states: Readonly<Record<string, string>> = { live: 'published' };

/** @throws {SeedRejected} for an entry that is damaged: whether it is a draft is not known */
const parseXml = (xml: string): unknown => {
  try {
    return parser.parse(xml);
  } catch (cause) {
    throw new SeedRejected('it cannot be read as an entry of a feed', undefined, { cause });
  }
};

interface EntryFacts {
  /** Why it is no post for readers. */
  readonly skipReason?: string | undefined;
  /** Where it stood, in an export without addresses. */
  readonly path?: string | undefined;
}

/** What only Blogger and editors of Atom write into an entry. */
export const readEntryFacts = (xml: string): EntryFacts => {
  if (!/<(?:\w{1,20}:)?entry[\s>]/.test(xml)) return {};
  const read = entrySchema.safeParse(parseXml(xml));
  if (!read.success) return {};
  const { category, control, type, status, filename } = read.data.entry;
  const isTakeout = xml.includes('<blogger:');
  const term = category
    .find(({ scheme }) => isKindScheme(scheme))
    ?.term.split('#')
    .at(-1);
  const kind = (term ?? (isTakeout ? type : undefined))?.toLowerCase();
  if (kind !== undefined && kind !== 'post') return { skipReason: kindReasons[kind] ?? `it is of the kind ${kind}` };
  const state = isTakeout ? (status?.toLowerCase() ?? '') : '';
  const withheld = findWithholdingField({ draft: control?.draft ?? '', status: states[state] ?? state });
  return { skipReason: withheld && `it ${withheld.predicate}`, path: isTakeout ? filename : undefined };
};

/** Blogger keeps the end of a paragraph as two breaks. */
export const addBloggerParagraphs = (html: string): string =>
  /<(?:p|pre)[\s>]/i.test(html)
    ? html
    : html
        .split(/(?:<br\s{0,9}\/?>\s{0,99}){2,}/i)
        .map((paragraph) => paragraph.trim())
        .filter((paragraph) => paragraph !== '')
        .map((paragraph) =>
          /^<(?:div|h[1-6]|ul|ol|table|blockquote)[\s>]/i.test(paragraph) ? paragraph : `<p>${paragraph}</p>`,
        )
        .join('\n');
