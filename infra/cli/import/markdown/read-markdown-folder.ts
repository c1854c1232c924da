import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { decodeText } from '../../../../functions/core/article/decode-text.ts';
import { findFolderReason } from '../../../../functions/core/article/find-folder-reason.ts';
import { isSectionKey, listSectionKeys } from '../../../../functions/core/section-files.ts';
import { cleanText } from '../../../../functions/core/text/clean-text.ts';
import { CliError, exitCodes } from '../../output/cli-error.ts';
import { listFolderFiles, maxFileBytes } from '../archive/source-files.ts';
import { convertOrSkip, type SourceItem, type SourceSettings } from '../source/source-item.ts';
import { convertMarkdownPage, type MarkdownSite } from './convert-markdown-page.ts';
import { detectSiteKind, type SiteKind } from './detect-site-kind.ts';

const ignoredFolders = new Set([
  ...['node_modules', 'themes', 'layouts', 'archetypes', 'resources', 'vendor', '_site', '_includes'],
  ...['_layouts', '_sass', '_plugins'],
]);

const markdownExtension = /\.(?:md|markdown|mdown|mkd)$/i;
const unsupportedExtension = /\.(?:mdx|adoc|asciidoc|org|rst|textile)$/i;
const projectDocument = /^(?:readme|license|changelog|contributing|code_of_conduct|security)\.\w+$/i;

const isCandidate = (file: string, kind: SiteKind): boolean => {
  if (kind === 'jekyll') return /(?:^|\/)_(?:posts|drafts)\//.test(file) && /\.(?:md|markdown|html?)$/i.test(file);
  if (kind === 'hugo')
    return file.startsWith('content/') && markdownExtension.test(file) && !/(?:^|\/)_index\.[^/]*$/.test(file);
  return markdownExtension.test(file) && !projectDocument.test(file);
};

const readPermalink = async (root: string, files: ReadonlySet<string>): Promise<string | undefined> => {
  const file = ['_config.yml', '_config.yaml'].find((name) => files.has(name));
  if (file === undefined) return undefined;
  const written: unknown = parseDocument(await readFile(join(root, file), 'utf8')).get('permalink');
  return typeof written === 'string' ? written : undefined;
};

/** What `_index.md` of Hugo and Zola say of their folders, by their paths. */
const readFolderReasons = async (root: string, files: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const reasons = new Map<string, string>();
  for (const file of files.filter(isSectionKey)) {
    const path = join(root, file);
    const { size } = await stat(path);
    const reason = size > maxFileBytes ? undefined : findFolderReason({ key: file, bytes: await readFile(path) });
    if (reason !== undefined) reasons.set(file, reason);
  }
  return reasons;
};

const readPage = async (
  path: string,
  site: MarkdownSite,
  folderReasons: ReadonlyMap<string, string>,
): Promise<SourceItem> => {
  const file = join(site.root, path);
  const { size, mtime } = await stat(file);
  const of = { place: path, title: '' };
  const section = listSectionKeys(path).find((key) => folderReasons.has(key));
  if (section !== undefined) return { kind: 'left out', ...of, reason: `${section} keeps its folder from readers` };
  if (size > maxFileBytes) return { kind: 'left out', ...of, reason: 'it is larger than 10 MB' };
  const bytes = await readFile(file);
  return convertOrSkip(of, () => {
    const text = cleanText(decodeText(bytes));
    return convertMarkdownPage({ path, text, modified: mtime.toISOString() }, site);
  });
};

export async function* readMarkdownFolder(root: string, settings: SourceSettings): AsyncGenerator<SourceItem> {
  const list = await listFolderFiles(root, ignoredFolders);
  const files = new Set(list);
  const kind = detectSiteKind(list);
  const site = { kind, root, files, settings, permalink: await readPermalink(root, files) };
  const articles = list.filter((file) => isCandidate(file, kind));
  if (articles.length === 0) throw new CliError(`There is no article in ${root}.`, exitCodes.notFound);
  const folderReasons = await readFolderReasons(root, list);
  for (const path of articles) yield await readPage(path, site, folderReasons);
  for (const path of list.filter((file) => unsupportedExtension.test(file)))
    yield { kind: 'left out', place: path, title: '', reason: 'this file type is not imported' };
}
