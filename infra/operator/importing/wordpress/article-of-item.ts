import { bodyText } from '../../../../functions/core/article/body-text.ts';
import type { MovedArticle } from '../../moving/format-seed.ts';
import { firstWords } from '../first-words.ts';
import type { Found, SourceSettings } from '../found.ts';
import { keepId } from '../keep-id.ts';
import { addressFrom, siteOf, slugIn } from '../old-address.ts';
import { plainText } from '../plain-text.ts';
import { readTime } from '../read-time.ts';
import { settleHtml } from '../settle-html.ts';
import type { Surroundings } from './gather-media.ts';
import { withParagraphs } from './paragraphs.ts';
import { replaceShortcodes } from './shortcodes.ts';
import { metaOf, type WxrItem } from './wxr-schema.ts';

const states: Readonly<Record<string, string>> = {
  draft: 'it is a draft',
  'auto-draft': 'it is a draft',
  pending: 'it waits for a review',
  private: 'it is private',
  trash: 'it is in the trash',
};
const types: Readonly<Record<string, string>> = {
  page: 'it is a page, not a post',
  attachment: 'it is a media file: pictures stay at their old addresses',
  nav_menu_item: 'it is a part of a menu',
};

/** Why an item is not imported; undefined for one that is. */
const whyNot = (item: WxrItem): string | undefined => {
  const [type, status] = [item['wp:post_type'], item['wp:status']];
  if (type !== 'post') return types[type] ?? `it is of the type ${type || 'unknown'}`;
  if (item['wp:post_password'] !== '') return 'it is protected by a password';
  if (status === 'publish' || status === 'future') return undefined;
  return states[status] ?? `its state is ${status || 'unknown'}`;
};

const never = /^0000/;

const datesOf = (item: WxrItem, timeZone: string): Pick<MovedArticle, 'date' | 'updated'> => {
  const utc = (written: string) =>
    written === '' || never.test(written) ? undefined : readTime(`${written.trim()} UTC`, timeZone);
  const local = item['wp:post_date'];
  const date = utc(item['wp:post_date_gmt']) ?? (never.test(local) ? undefined : readTime(local, timeZone));
  const updated = utc(item['wp:post_modified_gmt']);
  return {
    ...(date && { date }),
    ...(date && updated && updated.at > date.at && { updated: updated.at }),
  };
};

/** Categories and tags. What WordPress files everything under that has no category says nothing. */
const topicsOf = ({ category }: WxrItem): string[] =>
  category.flatMap((each) => {
    if (!each || !['category', 'post_tag'].includes(each.domain) || each.nicename === 'uncategorized')
      return [];
    return [plainText(each.text)];
  });

const authorOf = (item: WxrItem, { head }: Surroundings): string[] => {
  const login = item['dc:creator'].trim();
  const author = head['wp:author']?.find((each) => each['wp:author_login'] === login);
  const name = author?.['wp:author_display_name'].trim() || login;
  return name === '' || name.includes('@') ? [] : [name];
};

const bodyOf = (item: WxrItem, { media }: Surroundings, base: string | undefined) => {
  const { html, remarks } = replaceShortcodes(item['content:encoded'], media);
  const settled = settleHtml(withParagraphs(html), base);
  return { html: settled.html, remarks: [...new Set([...remarks, ...settled.remarks])] };
};

const factsOf = (
  item: WxrItem,
  surroundings: Surroundings,
  site: string | undefined,
): Partial<MovedArticle> => {
  const slug = slugIn(item['wp:post_name']);
  const id = keepId(item.guid, site);
  const picture = surroundings.media.get(metaOf(item, '_thumbnail_id')?.trim() ?? '');
  const image = picture && addressFrom(picture.url, site);
  const summary = bodyText(item['excerpt:encoded']).replace(/\s+/g, ' ').trim();
  return {
    ...(slug !== undefined && { slug }),
    ...(id !== undefined && { id }),
    ...(summary !== '' && { summary }),
    ...(image !== undefined && { image: { url: image, alt: picture?.alt ?? '' } }),
  };
};

/** An article of WordPress, or why it is none. Published posts are, and those that wait for their time. */
export const articleOfItem = (
  item: WxrItem,
  place: string,
  { surroundings, settings }: { readonly surroundings: Surroundings; readonly settings: SourceSettings },
): Found => {
  const { head } = surroundings;
  const site = settings.base ?? siteOf(head['wp:base_blog_url']?.trim()) ?? siteOf(head.link?.trim());
  const title = plainText(item.title);
  const reason = whyNot(item);
  if (reason !== undefined) return { kind: 'left out', place, title, reason };
  const body = bodyOf(item, surroundings, site);
  const text = bodyText(body.html);
  if (text === '') return { kind: 'left out', place, title, reason: 'it has no text' };
  const link = addressFrom(item.link, site);
  const comments = item['wp:comment'].length;
  return {
    ...{ kind: 'article', place, folder: '', pictures: [], oldAddresses: link === undefined ? [] : [link] },
    article: {
      title: title || firstWords(text),
      ...datesOf(item, settings.timeZone),
      authors: authorOf(item, surroundings),
      topics: topicsOf(item),
      ...factsOf(item, surroundings, site),
      body: { kind: 'html', html: body.html },
    },
    remarks: [
      ...(title === '' ? ['it has no title: its first words are one'] : []),
      ...body.remarks,
      ...(comments > 0 ? ['its comments are not imported'] : []),
    ],
  };
};
