import { posix } from 'node:path';
import { looksLikeAddress } from '../../../../functions/core/article/markdown/parse-aliases.ts';
import { parseFrontMatter } from '../../../../functions/core/article/markdown/parse-front-matter.ts';
import { findWithholdingField, findWithholdingTag } from '../../../../functions/core/article/markdown/visibility.ts';
import { findWithheldKeyReason } from '../../../../functions/core/article/markdown/withheld-keys.ts';
import { parseDate } from '../../../../functions/core/article/text/parse-date.ts';
import { SeedRejected, type StatedTime } from '../../../../functions/core/article.ts';
import { cleanLine } from '../../../../functions/core/text/clean-text.ts';
import { parseLanguageTag } from '../../../../functions/core/text/language.ts';
import type { SeedContent } from '../../seeds/format-seed.ts';
import { cleanSourceHtml } from '../source/clean-source-html.ts';
import { resolveWebAddress } from '../source/old-address.ts';
import type { SourceArticle, SourceItem, SourceSettings } from '../source/source-item.ts';
import { toEntryId } from '../source/to-entry-id.ts';
import type { SiteKind } from './detect-site-kind.ts';
import { findPageLocation, type PageLocation } from './find-page-location.ts';
import { createLinkRewriter, type LinkRewriter } from './link-rewriter.ts';
import { type PageFields, parsePageFields } from './parse-page-fields.ts';
import { type ReplacedText, replaceHugoShortcodes, replaceLiquidTags } from './replace-template-tags.ts';

export interface MarkdownSite {
  readonly kind: SiteKind;
  readonly root: string;
  readonly files: ReadonlySet<string>;
  readonly permalink?: string | undefined;
  readonly settings: SourceSettings;
}

export interface PageFile {
  readonly path: string;
  /** Clean, with \n at the end of its lines. */
  readonly text: string;
  readonly modified: string;
}

const removeContentFolder = (file: string): string => file.replace(/^content\//, '');

const replaceTemplateTags = (text: string, kind: SiteKind): ReplacedText => {
  if (kind === 'hugo') return replaceHugoShortcodes(text);
  return kind === 'plain' ? { text, remarks: [] } : replaceLiquidTags(text);
};

const selectDate = (
  { published, isDateInvalid }: PageFields,
  { day }: PageLocation,
  { modified, site }: { readonly modified: string; readonly site: MarkdownSite },
): { readonly date: StatedTime; readonly remarks: readonly string[] } | { readonly reason: string } => {
  const date = published ?? (isDateInvalid || day === undefined ? undefined : parseDate(day, site.settings.timeZone));
  if (date) return { date, remarks: [] };
  if (isDateInvalid || day !== undefined) return { reason: 'its date cannot be read' };
  if (site.kind === 'hugo' || site.kind === 'jekyll') return { reason: 'it has no date: it is a page, not an article' };
  return {
    date: { at: modified, dateOnly: false },
    remarks: ['it has no date: the date of its file is used'],
  };
};

/** By the rules of the feeds that each system makes: jekyll-feed leaves the ending out. */
const selectId = (
  fields: PageFields,
  { oldPath, slug }: PageLocation,
  { kind, settings }: MarkdownSite,
): string | undefined => {
  const stated = fields.id === undefined ? undefined : toEntryId(fields.id, undefined);
  if (stated !== undefined || settings.base === undefined || oldPath === undefined) return stated;
  const isJekyll = kind === 'jekyll' && slug !== undefined;
  return toEntryId(settings.base + (isJekyll ? posix.join(posix.dirname(oldPath), slug) : oldPath), undefined);
};

/** Hugo's aliases without a slash at the beginning are beside the page. Obsidian has other names of a note there. */
const selectAliases = ({ aliases }: PageFields, { oldPath = '/' }: PageLocation, kind: SiteKind): string[] =>
  (kind === 'hugo' ? aliases.map((alias) => resolveHugoAlias(alias, oldPath)) : aliases).filter(looksLikeAddress);

const resolveHugoAlias = (alias: string, oldPath: string): string =>
  /^[a-z]+:|^\//i.test(alias) ? alias : posix.join(posix.dirname(oldPath), alias);

const selectImage = ({ image }: PageFields, rewriter: LinkRewriter): Pick<SeedContent, 'image'> => {
  if (image === null) return { image: 'none' };
  const url = image && rewriter.rewritePicture(image.url);
  return image && url !== undefined ? { image: { ...image, url } } : {};
};

const firstHeading = /^\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)/;

const findSkipReason = (fields: Readonly<Record<string, unknown>>, path: string): string | undefined => {
  if (findWithheldKeyReason(path) !== undefined) return 'it is a draft';
  const withheld = findWithholdingField(fields) ?? findWithholdingTag(fields);
  return withheld && `it ${withheld.predicate}`;
};

const convertBody = (text: string, { path, rewriter }: { path: string; rewriter: LinkRewriter }, address?: string) => {
  if (!/\.html?$/i.test(path))
    return { body: { kind: 'markdown', text: rewriter.rewriteText(text) }, remarks: [] } as const;
  const { html, remarks } = cleanSourceHtml(text, address);
  return { body: { kind: 'html', html }, remarks } as const;
};

export const convertMarkdownPage = ({ path, text, modified }: PageFile, site: MarkdownSite): SourceItem => {
  const page = parseFrontMatter(text);
  const fields = parsePageFields(page.fields, { path, modified, kind: site.kind, timeZone: site.settings.timeZone });
  const title = fields.title ?? cleanLine(firstHeading.exec(page.body)?.[1] ?? '');
  const of = { place: path, title };
  const reason = findSkipReason(page.fields, path);
  if (reason !== undefined) return { kind: 'left out', ...of, reason };
  const location = findPageLocation(path, fields, site);
  const dated = selectDate(fields, location, { modified, site });
  if ('reason' in dated) return { kind: 'left out', ...of, reason: dated.reason };
  if (title === '') throw new SeedRejected('it has no title');
  return {
    kind: 'article',
    ...buildSourceArticle({ page, fields, title, location, dated, path }, site),
  };
};

interface PageParts {
  readonly page: ReturnType<typeof parseFrontMatter>;
  readonly fields: PageFields;
  readonly title: string;
  readonly location: PageLocation;
  readonly dated: { readonly date: StatedTime; readonly remarks: readonly string[] };
  readonly path: string;
}

const buildSourceArticle = (
  { page, fields, title, location, dated, path }: PageParts,
  site: MarkdownSite,
): Omit<SourceArticle, 'kind'> => {
  const { base, prefix } = site.settings;
  const old = [location.oldPath, ...selectAliases(fields, location, site.kind)].filter((each) => each !== undefined);
  const addresses = old.map((each) => resolveWebAddress(each, base) ?? each);
  const address = base === undefined ? undefined : resolveWebAddress(addresses[0] ?? '/', base);
  const toSeedPath = site.kind === 'hugo' ? removeContentFolder : (file: string) => file;
  const pageFolder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
  const rewriter = createLinkRewriter({ files: site.files, pageFolder, prefix, toSeedPath, address });
  const replaced = replaceTemplateTags(page.body, site.kind);
  const { body, remarks } = convertBody(replaced.text, { path, rewriter }, address);
  const image = selectImage(fields, rewriter);
  return {
    place: path,
    folder: location.folder,
    oldAddresses: addresses,
    article: {
      title,
      date: dated.date,
      authors: fields.authors,
      editors: fields.editors,
      topics: fields.topics,
      body,
      updated: fields.updated && fields.updated > dated.date.at ? fields.updated : undefined,
      expires: fields.expires,
      summary: fields.summary,
      slug: location.slug,
      id: selectId(fields, location, site),
      ...image,
      language: fields.language ?? parseLanguageTag(location.language ?? ''),
      canonical: resolveWebAddress(fields.canonical ?? '', base),
      source: fields.source,
      dateline: fields.dateline,
      correction: fields.correction,
      email: fields.email,
      featured: fields.featured,
    },
    pictures: [...rewriter.pictures].map((file) => ({ file: posix.join(site.root, file), path: toSeedPath(file) })),
    remarks: [
      ...fields.invalidFields.map((name) => `a field of its front matter is invalid: ${name}`),
      ...dated.remarks,
      ...replaced.remarks,
      ...rewriter.remarks,
      ...remarks,
    ],
  };
};
