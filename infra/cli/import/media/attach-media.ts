import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { serialize } from 'parse5';
import { parseHtml } from '../../../../functions/core/article/body/parse-html.ts';
import { type Element, findElement, walkElements } from '../../../../functions/core/article/body/tree.ts';
import { findFileType, findImageType } from '../../../../functions/core/seed-kind.ts';
import { CliError, exitCodes } from '../../output/cli-error.ts';
import { listFolderFiles } from '../archive/source-files.ts';
import { decodePath } from '../source/old-address.ts';
import type { SourceArticle, SourceItem, SourcePicture } from '../source/source-item.ts';

/** The pictures and files of the old site, by their paths in the folder. */
export interface MediaFolder {
  readonly root: string;
  readonly paths: ReadonlyMap<string, string>;
}

const isMedia = (path: string): boolean => findImageType(path) !== undefined || findFileType(path) !== undefined;

/** @throws {CliError} for what is no folder, or has no picture and no file that can be published */
export const openMediaFolder = async (root: string): Promise<MediaFolder> => {
  const found = await stat(root).catch((cause: unknown) => {
    throw new CliError(`${root} cannot be read.`, exitCodes.notFound, { cause });
  });
  if (!found.isDirectory()) throw new CliError(`${root} is not a folder: unpack it first.`, exitCodes.usage);
  const paths = (await listFolderFiles(root, new Set())).filter(isMedia);
  if (paths.length === 0) throw new CliError(`There is no picture or file to publish in ${root}.`, exitCodes.notFound);
  return { root, paths: new Map(paths.map((path) => [path.normalize('NFC'), path])) };
};

/** WordPress serves pictures of a site from hosts of its own, too. */
const mirrorHost = /^(?:i\d\.wp\.com|[\w-]+\.files\.wordpress\.com)$/;

const toSiteName = (host: string): string => host.replace(/^www\./, '');

const isOfSite = (host: string, sites: ReadonlySet<string>): boolean => {
  const name = toSiteName(host);
  return mirrorHost.test(name) || [...sites].some((site) => name === site || name.endsWith(`.${site}`));
};

/** The size at the end of a name is that of a smaller copy, which WordPress made. */
const copySize = /-(?:\d+x\d+|scaled)(?=\.\w+$)/;

/** The file of the folder whose path is the end of an address's; the picture as it was uploaded before its copies. */
const findMedia = (pathname: string, { paths }: MediaFolder): string | undefined => {
  const names = pathname.split('/').filter(Boolean).map(decodePath);
  for (let first = 0; first < names.length; first += 1) {
    const path = names.slice(first).join('/').normalize('NFC');
    const found = paths.get(path.replace(copySize, '')) ?? paths.get(path);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The folder of the seeds bucket, below the prefix, that pictures and files go to. */
const mediaPrefix = 'media/';

export const missingMediaRemark = 'a picture or file of the old site is not in the folder of --media';

const createMediaRewriter = (media: MediaFolder, sites: ReadonlySet<string>, folder: string) => {
  const found = new Map<string, SourcePicture>();
  const remarks = new Set<string>();
  const toTop = '../'.repeat(folder.split('/').length - 1);
  const rewrite = (written: string): string | undefined => {
    if (written.startsWith('#') || !URL.canParse(written, 'https://old.invalid')) return undefined;
    const { protocol, host, pathname } = new URL(written, 'https://old.invalid');
    if (!/^https?:$/.test(protocol) || !isMedia(decodePath(pathname))) return undefined;
    if (host !== 'old.invalid' && !isOfSite(host, sites)) return undefined;
    const file = findMedia(pathname, media);
    if (file === undefined) {
      remarks.add(missingMediaRemark);
      return undefined;
    }
    found.set(file, { file: join(media.root, file), path: mediaPrefix + file });
    return toTop + `${mediaPrefix}${file}`.split('/').map(encodeURIComponent).join('/');
  };
  return { found, remarks, rewrite };
};

type MediaRewriter = ReturnType<typeof createMediaRewriter>;

const addressNames = new Set(['src', 'href', 'poster']);
/** Copies on the old site. */
const copyNames = new Set(['srcset', 'sizes']);

const rewriteElement = (element: Element, { rewrite }: MediaRewriter): void => {
  let isRewritten = false;
  const attrs = element.attrs.map((attribute) => {
    const address = addressNames.has(attribute.name) ? rewrite(attribute.value) : undefined;
    isRewritten ||= address !== undefined;
    return address === undefined ? attribute : { ...attribute, value: address };
  });
  element.attrs = isRewritten ? attrs.filter(({ name }) => !copyNames.has(name)) : attrs;
};

const rewriteBody = (html: string, rewriter: MediaRewriter): string => {
  const body = findElement(parseHtml(html), ({ tagName }) => tagName === 'body');
  if (!body) return html;
  for (const element of walkElements(body)) rewriteElement(element, rewriter);
  return serialize(body);
};

const listSites = (base: string | undefined, { oldAddresses }: SourceArticle): ReadonlySet<string> =>
  new Set(
    [base, ...oldAddresses].flatMap((address) =>
      address !== undefined && URL.canParse(address) ? [toSiteName(new URL(address).host)] : [],
    ),
  );

/** Lets an article bring what it shows and links of its old site, as far as that is in the folder. */
const attachToArticle = (item: SourceArticle, media: MediaFolder, base: string | undefined): SourceArticle => {
  const { article, folder = '', pictures = [], remarks } = item;
  const rewriter = createMediaRewriter(media, listSites(base, item), folder);
  const { body, image } = article;
  const newBody = body.kind === 'html' ? { ...body, html: rewriteBody(body.html, rewriter) } : body;
  const newImage =
    image === undefined || image === 'none' ? image : { ...image, url: rewriter.rewrite(image.url) ?? image.url };
  return {
    ...item,
    article: { ...article, body: newBody, image: newImage },
    pictures: [...pictures, ...rewriter.found.values()],
    remarks: [...remarks, ...rewriter.remarks],
  };
};

/** @param base the address of the old site */
export async function* attachMedia(
  items: AsyncIterable<SourceItem> | Iterable<SourceItem>,
  media: MediaFolder,
  base: string | undefined,
): AsyncGenerator<SourceItem> {
  for await (const item of items) yield item.kind === 'article' ? attachToArticle(item, media, base) : item;
}
