import { posix } from 'node:path';
import { findImageType } from '../../../../functions/core/seed-kind.ts';
import { sitePaths } from '../../../../functions/core/site-paths.ts';
import { toSlug } from '../../../../functions/core/text/slug.ts';
import { relativeAddressRemark } from '../source/clean-source-html.ts';
import { decodePath, resolveWebAddress } from '../source/old-address.ts';

export interface LinkContext {
  readonly files: ReadonlySet<string>;
  /** The folder of the page's file in the source; empty at its top. */
  readonly pageFolder: string;
  readonly prefix: string;
  /** Leads from a file's path in the source to the one that follows the prefix. */
  readonly toSeedPath: (file: string) => string;
  readonly address?: string | undefined;
}

/** Where systems keep what stands at the site's top. */
const staticFolders = ['', 'static/', 'public/', 'src/', 'assets/', 'source/'];

const isAbsolute = (written: string): boolean => /^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i.test(written);

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

const codeFence = /(^(?:```|~~~)[\s\S]*?^(?:```|~~~)[ \t]*$)/m;

const isPicture = (written: string): boolean => findImageType(decodePath(written.replace(/[?#].*$/, ''))) !== undefined;

interface LinkResults {
  readonly pictures: Set<string>;
  readonly remarks: Set<string>;
}

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

export const createLinkRewriter = (context: LinkContext) => {
  const results: LinkResults = { pictures: new Set(), remarks: new Set() };
  const rewrite = (_all: string, before: string, written: string): string =>
    before + rewriteLink(written, context, results);
  const rewriteAll = (text: string): string =>
    addressPatterns.reduce((rewritten, pattern) => rewritten.replace(pattern, rewrite), text);
  return {
    ...results,
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
