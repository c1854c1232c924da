import { posix } from 'node:path';
import { parseSeed } from '../../../../functions/core/article/parse-seed.ts';
import { parseSlugFromAddress } from '../source/old-address.ts';
import { convertOrSkip, type SourceItem, type SourceSettings } from '../source/source-item.ts';
import { mediumPost } from './detect-archive-kind.ts';
import type { SourceFiles } from './source-files.ts';

const site = 'https://medium.com';
/** What Medium adds to the title in an address, to tell two apart. */
const addressHash = /-+[0-9a-f]{8,12}$/;

const toFileTitle = (name: string): string =>
  posix
    .basename(name, '.html')
    .replace(/^(?:draft|[\d-]{10})_/, '')
    .replace(addressHash, '')
    .replaceAll(/-+/g, ' ');

const convertMediumPost = (name: string, bytes: Buffer, uploadedAt: string, timeZone: string): SourceItem => {
  const article = parseSeed({ key: posix.basename(name), bytes, timeZone, uploadedAt, site });
  const address = /<a href="(https?:[^"]{1,2000})" class="p-canonical"/.exec(bytes.toString('utf8'))?.[1];
  const { title, published, authors, topics, language, image } = article;
  return {
    kind: 'article',
    place: name,
    oldAddresses: address === undefined ? [] : [address],
    article: {
      title,
      date: published,
      authors,
      topics,
      language,
      image,
      summary: article.summary,
      slug: address === undefined ? undefined : parseSlugFromAddress(address)?.replace(addressHash, ''),
      // Sections and columns of Medium's page.
      body: { kind: 'html', html: article.html.replace(/<\/?div>/g, '') },
    },
    remarks: [],
  };
};

/**
 * Each post is an HTML page, which the reader of pages knows. What Medium has besides posts is no HTML of that name.
 */
export async function* readMediumExport(
  files: SourceFiles,
  { timeZone }: SourceSettings,
  modified: string,
): AsyncGenerator<SourceItem> {
  for (const name of files.names.filter((each) => mediumPost.test(each))) {
    const of = { place: name, title: toFileTitle(name) };
    if (posix.basename(name).startsWith('draft_')) {
      yield { kind: 'left out', ...of, reason: 'it is a draft' };
      continue;
    }
    const bytes = await files.read(name);
    if (bytes === undefined) yield { kind: 'left out', ...of, reason: 'it is larger than 10 MB' };
    else yield convertOrSkip(of, () => convertMediumPost(name, bytes, modified, timeZone));
  }
}
