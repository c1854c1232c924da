import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { cleanText } from '../../../../functions/core/article/clean-text.ts';
import { decodeText } from '../../../../functions/core/article/decode-text.ts';
import { exitCodes, OperatorError } from '../../failures.ts';
import type { Found, SourceSettings } from '../found.ts';
import { orLeftOut } from '../or-left-out.ts';
import { articleOfPage, type Site } from './article-of-page.ts';
import { listFolder } from './list-folder.ts';
import { type SiteKind, siteKindOf } from './site-kind.ts';

/** Bytes; a seed cannot be larger. */
const largest = 10 * 1024 * 1024;

const markdown = /\.(?:md|markdown|mdown|mkd)$/i;
const others = /\.(?:mdx|adoc|asciidoc|org|rst|textile)$/i;
const aboutTheFolder = /^(?:readme|license|changelog|contributing|code_of_conduct|security)\.\w+$/i;

/** What stands where articles do. Jekyll's are in `_posts`, Hugo's in `content`. */
const isCandidate = (file: string, kind: SiteKind): boolean => {
  if (kind === 'jekyll')
    return /(?:^|\/)_(?:posts|drafts)\//.test(file) && /\.(?:md|markdown|html?)$/i.test(file);
  if (kind === 'hugo')
    return file.startsWith('content/') && markdown.test(file) && !/(?:^|\/)_index\.[^/]*$/.test(file);
  return markdown.test(file) && !aboutTheFolder.test(file);
};

/** Jekyll's settings say how its addresses are made. */
const readPermalink = async (root: string, files: ReadonlySet<string>): Promise<string | undefined> => {
  const file = ['_config.yml', '_config.yaml'].find((name) => files.has(name));
  if (file === undefined) return undefined;
  const written: unknown = parseDocument(await readFile(join(root, file), 'utf8')).get('permalink');
  return typeof written === 'string' ? written : undefined;
};

const readPage = async (path: string, site: Site): Promise<Found> => {
  const file = join(site.root, path);
  const { size, mtime } = await stat(file);
  const of = { place: path, title: '' };
  if (size > largest) return { kind: 'left out', ...of, reason: 'it is larger than 10 MB' };
  const bytes = await readFile(file);
  return orLeftOut(of, () => {
    const text = cleanText(decodeText(bytes));
    return articleOfPage({ path, text, modified: mtime.toISOString() }, site);
  });
};

/**
 * Reads a folder of Markdown as Hugo, Jekyll and Eleventy have it, or as it is: each article keeps its date, slug,
 * topics and authors, and with `--base` the id that the feeds of those systems give it. Pictures in the folder go along.
 * @throws {OperatorError} where there is no Markdown in it
 */
export async function* readFolder(root: string, settings: SourceSettings): AsyncGenerator<Found> {
  const list = await listFolder(root);
  const files = new Set(list);
  const kind = siteKindOf(list);
  const site = { kind, root, files, settings, permalink: await readPermalink(root, files) };
  const articles = list.filter((file) => isCandidate(file, kind));
  if (articles.length === 0) throw new OperatorError(`There is no article in ${root}.`, exitCodes.notFound);
  for (const path of articles) yield await readPage(path, site);
  for (const path of list.filter((file) => others.test(file)))
    yield { kind: 'left out', place: path, title: '', reason: 'files of its type are not read' };
}
