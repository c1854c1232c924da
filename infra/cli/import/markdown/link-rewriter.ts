import { posix } from 'node:path';
import { findImageType } from '../../../../functions/core/seed-kind.ts';
import { sitePaths } from '../../../../functions/core/site-paths.ts';
import { toSlug } from '../../../../functions/core/text/slug.ts';
import { relativeAddressRemark } from '../source/clean-source-html.ts';
import { resolveWebAddress } from '../source/old-address.ts';

/** Where the addresses of a page lead. */
export interface LinkContext {
  /** Files of the source, by their paths. */
  readonly files: ReadonlySet<string>;
  /** The folder of the page's file in the source; empty at its top. */
  readonly pageFolder: string;
  /** What is before the paths of the source's files in the seeds bucket: the prefix. */
  readonly prefix: string;
  /** Leads from a file's path in the source to the one that follows the prefix. */
  readonly toSeedPath: (file: string) => string;
  /** The address at which the page stood, if it is known. */
  readonly address?: string | undefined;
}

/** Where systems keep what stands at the site's top. */
const staticFolders = ['', 'static/', 'public/', 'src/', 'assets/', 'source/'];

const decodePath = (written: string): string => {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
};

const isAbsolute = (written: string): boolean => /^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i.test(written);

/** The file that an address of a page names; undefined where the source has none. */
const findFile = (written: string, { files, pageFolder }: LinkContext): string | undefined => {
  const path = decodePath(written.replace(/[?#].*$/, ''));
  if (!path.startsWith('/')) {
    const file = posix.normalize(posix.join(pageFolder, path));
    return files.has(file) ? file : undefined;
  }
  return staticFolders.map((top) => posix.normalize(top + path.slice(1))).find((file) => files.has(file));
};

/** How a link to another page of the source is written once its template tag is gone. */
export const pageLinkScheme = 'seedpress-page:';

/** The address here of a page, by the name of its file. */
const toArticlePath = (file: string): string => {
  const { dir, name } = posix.parse(file);
  const own = (name === 'index' ? posix.basename(dir) : name).replace(/^\d{4}-\d{1,2}-\d{1,2}-/, '');
  return sitePaths.article({ slug: toSlug(own, '-') });
};

const missingPictureRemark = 'a picture that it names is not in the folder';

/** Every place of a Markdown text in which an address stands, with what is before it. */
const addressPatterns = [
  /(!?\[(?:[^[\]]|\[[^\]]{0,200}\]){0,500}\]\(\s*<)([^<>\n]+)/g,
  /(!?\[(?:[^[\]]|\[[^\]]{0,200}\]){0,500}\]\(\s*)([^\s<>()]+(?:\([^\s()]*\)[^\s<>()]*)*)/g,
  /(<(?:img|a|source|video|audio)\b[^>]{0,1000}?\s(?:src|href)=["']?)([^\s"'>]+)/gi,
  /(^ {0,3}\[[^\]\n]+\]:[ \t]*<?)([^\s<>]+)/gm,
];

/** What stands within these lines is shown as it is written. */
const codeFence = /(^(?:```|~~~)[\s\S]*?^(?:```|~~~)[ \t]*$)/m;

const isPicture = (written: string): boolean => findImageType(decodePath(written.replace(/[?#].*$/, ''))) !== undefined;

/** What is found while addresses are settled: files of pictures, by their paths in the source, and what is told. */
interface LinkResults {
  readonly pictures: Set<string>;
  readonly remarks: Set<string>;
}

/** The address of a picture of the source, which is taken along; undefined where there is none. */
const collectPicture = (written: string, context: LinkContext, { pictures, remarks }: LinkResults) => {
  const file = isPicture(written) ? findFile(written, context) : undefined;
  if (file === undefined) {
    remarks.add(missingPictureRemark);
    return undefined;
  }
  pictures.add(file);
  return written.startsWith('/') ? encodeURI(`/${context.prefix}${context.toSeedPath(file)}`) : written;
};

const rewriteLink = (written: string, context: LinkContext, results: LinkResults): string => {
  const linkToPage = (file: string): string => {
    results.remarks.add('a link to another article was updated to its new file name');
    return toArticlePath(file);
  };
  if (written.startsWith(pageLinkScheme)) return linkToPage(decodePath(written.slice(pageLinkScheme.length)));
  if (written === '' || isAbsolute(written)) return written;
  const picture = isPicture(written) ? collectPicture(written, context, results) : undefined;
  if (picture !== undefined) return picture;
  const file = /\.(?:md|markdown)(?:#.*)?$/.test(written) ? findFile(written, context) : undefined;
  if (file !== undefined) return linkToPage(file);
  const whole = resolveWebAddress(written, context.address);
  if (whole === undefined) results.remarks.add(relativeAddressRemark);
  return whole ?? written;
};

/**
 * Settles the addresses of one page: pictures of the source are taken along, and those beside the page keep their
 * addresses; other relative addresses are those of the old site.
 */
export const createLinkRewriter = (context: LinkContext) => {
  const results: LinkResults = { pictures: new Set(), remarks: new Set() };
  const rewrite = (_all: string, before: string, written: string): string =>
    before + rewriteLink(written, context, results);
  const rewriteAll = (text: string): string =>
    addressPatterns.reduce((rewritten, pattern) => rewritten.replace(pattern, rewrite), text);
  return {
    ...results,
    /** The address of the page's own picture; undefined where there is none. */
    rewritePicture: (written: string): string | undefined =>
      /^https?:/i.test(written)
        ? written
        : (collectPicture(written, context, results) ?? resolveWebAddress(written, context.address)),
    /** Every address in a Markdown text, but those in code. */
    rewriteText: (markdown: string): string =>
      markdown
        .split(codeFence)
        .map((part, index) => (index % 2 === 1 ? part : rewriteAll(part)))
        .join(''),
  };
};

export type LinkRewriter = ReturnType<typeof createLinkRewriter>;
