import { SeedRejected } from '../../../../functions/core/article/article.ts';
import { bodyText } from '../../../../functions/core/article/body-text.ts';
import { canonicalLanguage } from '../../../../functions/core/language.ts';
import { exitCodes, OperatorError } from '../../failures.ts';
import type { MovedArticle } from '../../moving/format-seed.ts';
import type { Found, SourceSettings } from '../found.ts';
import { keepId } from '../keep-id.ts';
import { addressFrom, slugIn } from '../old-address.ts';
import { orLeftOut } from '../or-left-out.ts';
import { readTime } from '../read-time.ts';
import { settleHtml } from '../settle-html.ts';
import { type GhostData, type GhostPost, ghostExport, ghostPost } from './export-schema.ts';

/** What Ghost writes for its own address. */
const ownAddress = '__GHOST_URL__';

const states: Readonly<Record<string, string>> = {
  draft: 'it is a draft',
  sent: 'it was mailed, and never published',
};

/** Why a post is not imported; undefined for one that is. */
const whyNot = ({ type, page, status, visibility }: GhostPost): string | undefined => {
  if (page || (type ?? 'post') !== 'post') return 'it is a page, not a post';
  if (status !== 'published' && status !== 'scheduled') return states[status] ?? `its state is ${status}`;
  return visibility === '' || visibility === 'public' ? undefined : 'it is for members alone';
};

const byOrder = (
  a: { readonly sort_order?: number | null | undefined },
  b: { readonly sort_order?: number | null | undefined },
): number => (a.sort_order ?? 0) - (b.sort_order ?? 0);

/** The names that belong to each post, the first one first. */
const namesByPost = <
  Link extends { readonly post_id: string; readonly sort_order?: number | null | undefined },
>(
  links: readonly Link[],
  nameOf: (link: Link) => string | undefined,
): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...Map.groupBy(links, ({ post_id }) => post_id)].map(([post, its]) => [
      post,
      [...its].sort(byOrder).flatMap((link) => nameOf(link) || []),
    ]),
  );

const indexOf = (data: GhostData) => {
  // Ghost keeps tags that readers do not see behind a #.
  const open = data.tags.filter(({ name, visibility }) => visibility !== 'internal' && !name.startsWith('#'));
  const tags = new Map(open.map(({ id, name }) => [id, name]));
  const users = new Map(data.users.map(({ id, name }) => [id, name]));
  return {
    users,
    topics: namesByPost(data.posts_tags, ({ tag_id }) => tags.get(tag_id)),
    authors: namesByPost(data.posts_authors, ({ author_id }) => users.get(author_id)),
    alts: new Map(data.posts_meta.map(({ post_id, feature_image_alt }) => [post_id, feature_image_alt])),
  };
};

type Index = ReturnType<typeof indexOf>;

/** Old exports count milliseconds. */
const timeOf = (written: string | number | null | undefined, timeZone: string) => {
  if (written === null || written === undefined) return undefined;
  if (typeof written === 'string')
    return readTime(/[Zz]$|[+-]\d\d:?\d\d$/.test(written) ? written : `${written} UTC`, timeZone);
  return Math.abs(written) > 8.64e15 ? undefined : { at: new Date(written).toISOString(), dateOnly: false };
};

const factsOf = (
  post: GhostPost,
  index: Index,
  { timeZone, base }: SourceSettings,
): Omit<MovedArticle, 'title' | 'body'> => {
  const date = timeOf(post.published_at, timeZone);
  const updated = timeOf(post.updated_at, timeZone);
  const [slug, id] = [slugIn(post.slug), keepId(post.uuid, base)];
  const image = addressFrom(post.feature_image, base);
  const alt = post.feature_image_alt || (index.alts.get(post.id) ?? '');
  const canonical = addressFrom(post.canonical_url, base);
  const author = index.users.get(post.author_id ?? '');
  return {
    authors: index.authors.get(post.id) ?? (author ? [author] : []),
    topics: index.topics.get(post.id) ?? [],
    ...(date && { date }),
    ...(date && updated && updated.at > date.at && { updated: updated.at }),
    ...(slug !== undefined && { slug }),
    ...(id !== undefined && { id }),
    ...(post.custom_excerpt !== '' && { summary: post.custom_excerpt }),
    ...(image !== undefined && { image: { url: image, alt } }),
    ...(canonical !== undefined && { canonical }),
    ...(canonicalLanguage(post.locale) !== undefined && { language: canonicalLanguage(post.locale) }),
  };
};

const articleOf = (written: unknown, place: string, index: Index, settings: SourceSettings): Found => {
  const read = ghostPost.safeParse(written);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new SeedRejected(`it is not as Ghost writes posts: ${issue?.path.join(' ')}`);
  }
  const post = read.data;
  const { title } = post;
  const reason = whyNot(post);
  if (reason !== undefined) return { kind: 'left out', place, title, reason };
  const path = `/${post.slug}/`;
  const base = settings.base === undefined ? undefined : `${settings.base}${path}`;
  const body = settleHtml(post.html, base);
  if (bodyText(body.html) === '') return { kind: 'left out', place, title, reason: 'it has no text' };
  return {
    ...{ kind: 'article', place, folder: '', pictures: [] },
    oldAddresses: [base ?? path],
    article: { title, ...factsOf(post, index, settings), body: { kind: 'html', html: body.html } },
    remarks: body.remarks,
  };
};

const parse = (text: string): GhostData => {
  try {
    const data = ghostExport.parse(JSON.parse(text));
    if (data) return data;
  } catch (cause) {
    throw new OperatorError('It cannot be read as an export of Ghost.', exitCodes.failed, { cause });
  }
  throw new OperatorError('It cannot be read as an export of Ghost.');
};

/**
 * Reads an export of Ghost: each post keeps its id, dates, slug, tags, authors, excerpt and picture.
 * @throws {OperatorError} where it is none, or writes a sign for the old address and nobody said which that is
 */
export function* readGhost(text: string, settings: SourceSettings): Generator<Found> {
  const { base } = settings;
  if (base === undefined && text.includes(ownAddress))
    throw new OperatorError(
      `The export writes ${ownAddress} where the old site's address stood: say it with --base https://…`,
      exitCodes.usage,
    );
  const data = parse(base === undefined ? text : text.replaceAll(ownAddress, base));
  const index = indexOf(data);
  for (const [number, post] of data.posts.entries()) {
    const place = `post ${number + 1}`;
    yield orLeftOut({ place, title: '' }, () => articleOf(post, place, index, settings));
  }
}
