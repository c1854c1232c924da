import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { decodeText } from '../../../../functions/core/article/decode-text.ts';
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

const readPage = async (path: string, site: MarkdownSite): Promise<SourceItem> => {
  const file = join(site.root, path);
  const { size, mtime } = await stat(file);
  const of = { place: path, title: '' };
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
  for (const path of articles) yield await readPage(path, site);
  for (const path of list.filter((file) => unsupportedExtension.test(file)))
    yield { kind: 'left out', place: path, title: '', reason: 'this file type is not imported' };
}
