import { renderMarkdown } from '../../../../functions/core/article/markdown/render-markdown.ts';
import { findWithholdingField } from '../../../../functions/core/article/markdown/visibility.ts';
import { SeedRejected } from '../../../../functions/core/article.ts';
import { parseLanguageTag } from '../../../../functions/core/text/language.ts';
import { CliError, exitCodes } from '../../output/cli-error.ts';
import type { SeedContent } from '../../seeds/format-seed.ts';
import { cleanSourceHtml, isEmptyBody } from '../source/clean-source-html.ts';
import { parseSlug, resolveWebAddress } from '../source/old-address.ts';
import { parseSourceTime, selectLaterChange } from '../source/parse-source-time.ts';
import { type ArrayUse, type JsonPart, readJsonParts } from '../source/read-json-parts.ts';
import { convertOrSkip, type SourceItem, type SourceSettings } from '../source/source-item.ts';
import { toEntryId } from '../source/to-entry-id.ts';
import { type GhostData, type GhostPost, ghostExportSchema, ghostPostSchema } from './ghost-schema.ts';
import { renderLexical } from './render-lexical.ts';
import { renderMobiledoc } from './render-mobiledoc.ts';

const ghostUrlPlaceholder = '__GHOST_URL__';

const findSkipReason = ({ type, page, status, visibility, published_at }: GhostPost): string | undefined => {
  if (page || (type ?? 'post') !== 'post') return 'it is a page, not a post';
  const withheld = findWithholdingField({ status: status || 'unknown', visibility, date: published_at });
  return withheld && `it ${withheld.predicate}`;
};

const compareSortOrder = (
  a: { readonly sort_order?: number | null | undefined },
  b: { readonly sort_order?: number | null | undefined },
): number => (a.sort_order ?? 0) - (b.sort_order ?? 0);

const groupNamesByPost = <Link extends { readonly post_id: string; readonly sort_order?: number | null | undefined }>(
  links: readonly Link[],
  findName: (link: Link) => string | undefined,
): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...Map.groupBy(links, ({ post_id }) => post_id)].map(([post, its]) => [
      post,
      [...its].sort(compareSortOrder).flatMap((link) => findName(link) || []),
    ]),
  );

const buildGhostIndex = (data: GhostData) => {
  // Ghost keeps tags that readers do not see behind a #.
  const open = data.tags.filter(({ name, visibility }) => visibility !== 'internal' && !name.startsWith('#'));
  const tags = new Map(open.map(({ id, name }) => [id, name]));
  const users = new Map(data.users.map(({ id, name }) => [id, name]));
  return {
    users,
    topics: groupNamesByPost(data.posts_tags, ({ tag_id }) => tags.get(tag_id)),
    authors: groupNamesByPost(data.posts_authors, ({ author_id }) => users.get(author_id)),
    alts: new Map(data.posts_meta.map(({ post_id, feature_image_alt }) => [post_id, feature_image_alt])),
  };
};

type GhostIndex = ReturnType<typeof buildGhostIndex>;

/** Old exports count milliseconds. */
const parseGhostTime = (written: string | number | null | undefined, timeZone: string) => {
  if (written === null || written === undefined) return undefined;
  if (typeof written === 'string')
    return parseSourceTime(/[Zz]$|[+-]\d\d:?\d\d$/.test(written) ? written : `${written} UTC`, timeZone);
  return Math.abs(written) > 8.64e15 ? undefined : { at: new Date(written).toISOString(), dateOnly: false };
};

const convertFields = (
  post: GhostPost,
  index: GhostIndex,
  { timeZone, base }: SourceSettings,
): Omit<SeedContent, 'title' | 'body'> => {
  const date = parseGhostTime(post.published_at, timeZone);
  const updated = parseGhostTime(post.updated_at, timeZone);
  const image = resolveWebAddress(post.feature_image, base);
  const alt = post.feature_image_alt || (index.alts.get(post.id) ?? '');
  const author = index.users.get(post.author_id ?? '');
  return {
    authors: index.authors.get(post.id) ?? (author ? [author] : []),
    topics: index.topics.get(post.id) ?? [],
    date,
    updated: selectLaterChange(date, updated),
    slug: parseSlug(post.slug),
    id: toEntryId(post.uuid, base),
    summary: post.custom_excerpt || undefined,
    image: image === undefined ? undefined : { url: image, alt },
    canonical: resolveWebAddress(post.canonical_url, base),
    language: parseLanguageTag(post.locale),
  };
};

/** @throws {SeedRejected} for a text that cannot be read */
const renderPost = (post: GhostPost): { readonly html: string; readonly remarks: readonly string[] } => {
  if (post.html.trim() !== '') return { html: post.html, remarks: [] };
  const remarks = new Set<string>();
  const renderers = [
    () => (post.lexical === '' ? '' : renderLexical(post.lexical, remarks)),
    () => (post.mobiledoc === '' ? '' : renderMobiledoc(post.mobiledoc, remarks)),
    () => renderMarkdown(post.markdown, { name: 'post', title: '' }).html,
  ];
  try {
    for (const render of renderers) {
      const html = render();
      if (html !== '') return { html, remarks: [...remarks] };
    }
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new SeedRejected('its text cannot be read as JSON', undefined, { cause });
  }
  return { html: '', remarks: [] };
};

const convertGhostPost = (written: unknown, place: string, index: GhostIndex, settings: SourceSettings): SourceItem => {
  const read = ghostPostSchema.safeParse(written);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new SeedRejected(`it is not a valid Ghost post: ${issue?.path.join(' ')}`);
  }
  const post = read.data;
  const { title } = post;
  const reason = findSkipReason(post);
  if (reason !== undefined) return { kind: 'left out', place, title, reason };
  return convertOrSkip({ place, title }, () => buildArticle(post, place, index, settings));
};

const buildArticle = (post: GhostPost, place: string, index: GhostIndex, settings: SourceSettings): SourceItem => {
  const { title } = post;
  const path = `/${post.slug}/`;
  const base = settings.base === undefined ? undefined : `${settings.base}${path}`;
  const rendered = renderPost(post);
  const body = cleanSourceHtml(rendered.html, base);
  if (isEmptyBody(body.html)) return { kind: 'left out', place, title, reason: 'it has no text' };
  return {
    kind: 'article',
    place,
    oldAddresses: [base ?? path],
    article: { title, ...convertFields(post, index, settings), body: { kind: 'html', html: body.html } },
    remarks: [...rendered.remarks, ...body.remarks],
  };
};

const parseGhostData = (text: string): GhostData => {
  try {
    const data = ghostExportSchema.parse(JSON.parse(text));
    if (data) return data;
  } catch (cause) {
    throw new CliError('It is not a valid Ghost export.', exitCodes.failed, { cause });
  }
  throw new CliError('It is not a valid Ghost export.');
};

const referenceTables = new Set(['tags', 'posts_tags', 'users', 'posts_authors', 'posts_meta']);

const selectTableUse = (path: string): ArrayUse => {
  const [, table] = /^(?:db\.0\.)?data\.(\w+)$/.exec(path) ?? [];
  if (table === 'posts') return 'items';
  return table === undefined || referenceTables.has(table) ? 'keep' : 'drop';
};

/** Characters of the tables that posts refer to. */
const maxFrameLength = 64 * 1024 * 1024;

/** Parts of an export with the old site's address in its place. @throws {CliError} where it is not known */
async function* readGhostParts(chunks: AsyncIterable<string>, base: string | undefined): AsyncGenerator<JsonPart> {
  for await (const { kind, json } of readJsonParts(chunks, selectTableUse)) {
    if (base === undefined && json.includes(ghostUrlPlaceholder))
      throw new CliError(
        `The export writes ${ghostUrlPlaceholder} in place of the old site's address: state it with --base https://…`,
        exitCodes.usage,
      );
    yield { kind, json: base === undefined ? json : json.replaceAll(ghostUrlPlaceholder, base) };
  }
}

const readGhostData = async (chunks: AsyncIterable<string>, base: string | undefined): Promise<GhostData> => {
  let frame = '';
  for await (const { kind, json } of readGhostParts(chunks, base)) {
    if (kind === 'frame') frame += json;
    if (frame.length > maxFrameLength) throw new CliError('It has more than 64 MB besides its posts: it is no export.');
  }
  return parseGhostData(frame);
};

const parsePost = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new SeedRejected('it cannot be read as JSON', undefined, { cause });
  }
};

/**
 * A post at a time.
 * @param open reads the file from its beginning: tags and authors stand behind the posts
 */
export async function* readGhostExport(
  open: () => AsyncIterable<string>,
  settings: SourceSettings,
): AsyncGenerator<SourceItem> {
  const index = buildGhostIndex(await readGhostData(open(), settings.base));
  let count = 0;
  for await (const { kind, json } of readGhostParts(open(), settings.base)) {
    if (kind === 'frame') continue;
    count += 1;
    const place = `post ${count}`;
    yield convertOrSkip({ place, title: '' }, () => convertGhostPost(parsePost(json), place, index, settings));
  }
}
