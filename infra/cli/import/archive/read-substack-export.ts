import { parse } from 'csv-parse/sync';
import { serialize } from 'parse5';
import * as z from 'zod';
import { parseHtml } from '../../../../functions/core/article/body/parse-html.ts';
import { findElement } from '../../../../functions/core/article/body/tree.ts';
import { cutSubscriptionBoxes } from '../../../../functions/core/article/html/cut-subscription-boxes.ts';
import { findWithholdingField } from '../../../../functions/core/article/markdown/visibility.ts';
import { escapeText } from '../../../../functions/core/text/escape-markup.ts';
import { CliError } from '../../output/cli-error.ts';
import { cleanSourceHtml, isEmptyBody } from '../source/clean-source-html.ts';
import { parseSlug, resolveWebAddress } from '../source/old-address.ts';
import { parseSourceTime } from '../source/parse-source-time.ts';
import { convertOrSkip, type SourceItem, type SourceSettings } from '../source/source-item.ts';
import { substackList } from './detect-archive-kind.ts';
import type { SourceFiles } from './source-files.ts';

const rowSchema = z.looseObject({
  post_id: z.string().min(1),
  post_date: z.string().default(''),
  is_published: z.string().default(''),
  type: z.string().default(''),
  audience: z.string().default(''),
  title: z.string().default(''),
  subtitle: z.string().default(''),
  podcast_url: z.string().default(''),
});
type PostRow = z.infer<typeof rowSchema>;

const parseList = (bytes: Buffer, name: string): PostRow[] => {
  try {
    return z
      .array(rowSchema)
      .parse(parse(bytes, { columns: true, bom: true, skip_empty_lines: true, relax_column_count: true }));
  } catch (cause) {
    throw new CliError(`${name} cannot be read as the list of posts of Substack.`, undefined, { cause });
  }
};

const findSkipReason = ({ is_published, audience, type, post_date }: PostRow): string | undefined => {
  if (type === 'adhoc_email') return 'it was mailed, and never published';
  const published = is_published.trim() || 'false';
  const withheld = findWithholdingField({ published, visibility: audience, date: post_date });
  return withheld && `it ${withheld.predicate}`;
};

const convertPost = (
  row: PostRow,
  bytes: Buffer,
  of: { place: string; title: string },
  settings: SourceSettings,
): SourceItem => {
  const { title } = of;
  const { timeZone, base } = settings;
  const page = findElement(parseHtml(bytes.toString('utf8')), ({ tagName }) => tagName === 'body');
  if (page) cutSubscriptionBoxes(page);
  const sound = row.podcast_url === '' ? '' : `<p>${escapeText(row.podcast_url)}</p>`;
  const written = row.post_id.replace(/^\d+\./, '');
  const path = `/p/${written}`;
  const address = resolveWebAddress(path, base);
  const { html, remarks } = cleanSourceHtml((page ? serialize(page) : '') + sound, address);
  if (isEmptyBody(html)) return { kind: 'left out', ...of, reason: 'it has no text' };
  return {
    kind: 'article',
    place: of.place,
    oldAddresses: [address ?? path],
    article: {
      title,
      date: parseSourceTime(row.post_date, timeZone),
      authors: [],
      topics: [],
      summary: row.subtitle.trim() || undefined,
      slug: parseSlug(written),
      body: { kind: 'html', html },
    },
    remarks,
  };
};

/** `posts.csv` says what is published and for whom; each post's text is a file. */
export async function* readSubstackExport(files: SourceFiles, settings: SourceSettings): AsyncGenerator<SourceItem> {
  const list = files.names.find((name) => substackList.test(name)) ?? '';
  const bytes = await files.read(list);
  if (bytes === undefined) throw new CliError(`${list} is larger than 10 MB.`);
  const pages = new Map(
    files.names.filter((name) => name.endsWith('.html')).map((name) => [name.split('/').at(-1) ?? '', name]),
  );
  const rows = parseList(bytes, list);
  for (const row of rows) {
    const page = pages.get(`${row.post_id}.html`);
    pages.delete(`${row.post_id}.html`);
    const of = { place: page ?? row.post_id, title: row.title.trim() };
    const reason = findSkipReason(row) ?? (of.title === '' ? 'it has no title' : undefined);
    const text = reason === undefined && page !== undefined ? await files.read(page) : undefined;
    if (reason !== undefined) yield { kind: 'left out', ...of, reason };
    else if (page === undefined) yield { kind: 'left out', ...of, reason: 'its text is not in the export' };
    else if (text === undefined) yield { kind: 'left out', ...of, reason: 'it is larger than 10 MB' };
    else yield convertOrSkip(of, () => convertPost(row, text, of, settings));
  }
  for (const name of pages.values()) yield { kind: 'left out', place: name, title: '', reason: `it is not in ${list}` };
}
