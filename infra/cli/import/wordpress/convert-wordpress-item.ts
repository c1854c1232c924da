import { toPlainText } from '../../../../functions/core/article/body/plain-text.ts';
import { findWithholdingField } from '../../../../functions/core/article/markdown/visibility.ts';
import { collapseWhitespace } from '../../../../functions/core/text/collapse-whitespace.ts';
import { escapeAttribute } from '../../../../functions/core/text/escape-markup.ts';
import type { SeedContent } from '../../seeds/format-seed.ts';
import { cleanSourceHtml, isEmptyBody } from '../source/clean-source-html.ts';
import { parseSiteAddress, parseSlug, resolveWebAddress } from '../source/old-address.ts';
import { parseSourceTime, selectLaterChange } from '../source/parse-source-time.ts';
import type { SourceItem, SourceSettings } from '../source/source-item.ts';
import { toEntryId } from '../source/to-entry-id.ts';
import { toPlainLine, toTitle } from '../source/to-plain-line.ts';
import { addParagraphs } from './add-paragraphs.ts';
import { replaceShortcodes } from './replace-shortcodes.ts';
import { findMeta, listMeta, type WxrItem, type WxrPicture, type WxrReferences } from './wxr-schema.ts';

const typeSkipReasons: Readonly<Record<string, string>> = {
  page: 'it is a page, not a post',
  attachment: 'it is a media file: pictures are imported with --media alone',
  nav_menu_item: 'it is a part of a menu',
};

const findSkipReason = (item: WxrItem): string | undefined => {
  const [type, status] = [item['wp:post_type'], item['wp:status']];
  if (type !== 'post') return typeSkipReasons[type] ?? `it is of the type ${type || 'unknown'}`;
  const date = item['wp:post_date'];
  const withheld = findWithholdingField({ password: item['wp:post_password'], status: status || 'unknown', date });
  return withheld && `it ${withheld.predicate}`;
};

const zeroDate = /^0000/;

const parseDates = (item: WxrItem, timeZone: string): Pick<SeedContent, 'date' | 'updated'> => {
  const utc = (written: string) =>
    written === '' || zeroDate.test(written) ? undefined : parseSourceTime(`${written.trim()} UTC`, timeZone);
  const local = item['wp:post_date'];
  const date = utc(item['wp:post_date_gmt']) ?? (zeroDate.test(local) ? undefined : parseSourceTime(local, timeZone));
  const updated = utc(item['wp:post_modified_gmt']);
  return { date, updated: selectLaterChange(date, updated) };
};

/** Categories and tags. What WordPress files everything under that has no category says nothing. */
const selectTopics = ({ category }: WxrItem): string[] =>
  category.flatMap((each) => {
    if (!each || !['category', 'post_tag'].includes(each.domain) || each.nicename === 'uncategorized') return [];
    return [toPlainLine(each.text)];
  });

const selectAuthors = (item: WxrItem, { head }: WxrReferences): string[] => {
  const login = item['dc:creator'].trim();
  const author = head['wp:author']?.find((each) => each['wp:author_login'] === login);
  const name = author?.['wp:author_display_name'].trim() || login;
  return name === '' || name.includes('@') ? [] : [name];
};

const renderPictures = (pictures: readonly WxrPicture[]): string =>
  pictures
    .map(({ url, alt }) => `<figure><img src="${escapeAttribute(url)}" alt="${escapeAttribute(alt)}"></figure>`)
    .join('\n');

const convertBody = (item: WxrItem, { media, attached: all }: WxrReferences, base: string | undefined) => {
  const attached = all.get(item['wp:post_id'].trim()) ?? [];
  const { html, remarks } = replaceShortcodes(item['content:encoded'], media, attached);
  const cleaned = cleanSourceHtml(addParagraphs(html), base);
  if (!isEmptyBody(cleaned.html))
    return { html: cleaned.html, remarks: [...new Set([...remarks, ...cleaned.remarks])] };
  const featured = media.get(findMeta(item, '_thumbnail_id')?.trim() ?? '');
  return { html: cleanSourceHtml(renderPictures(featured ? [featured] : attached), base).html, remarks };
};

const convertFields = (item: WxrItem, references: WxrReferences, site: string | undefined): Partial<SeedContent> => {
  const picture = references.media.get(findMeta(item, '_thumbnail_id')?.trim() ?? '');
  const image = picture && resolveWebAddress(picture.url, site);
  return {
    slug: parseSlug(item['wp:post_name']),
    id: toEntryId(item.guid, site),
    summary: collapseWhitespace(toPlainText(item['excerpt:encoded'])) || undefined,
    image: image === undefined ? undefined : { url: image, alt: picture?.alt ?? '' },
  };
};

/** WordPress redirects from the slugs that a post had before. */
const listOldAddresses = (item: WxrItem, link: string): string[] => {
  const name = item['wp:post_name'].trim();
  const at = name === '' ? -1 : link.lastIndexOf(name);
  return at < 0
    ? []
    : listMeta(item, '_wp_old_slug').map((old) => link.slice(0, at) + old.trim() + link.slice(at + name.length));
};

/** A picture without any words. */
const toPictureTitle = (item: WxrItem, { media }: WxrReferences): string =>
  media.get(findMeta(item, '_thumbnail_id')?.trim() ?? '')?.alt || item['wp:post_name'].replaceAll('-', ' ');

export const convertWordPressItem = (
  item: WxrItem,
  place: string,
  { surroundings: references, settings }: { readonly surroundings: WxrReferences; readonly settings: SourceSettings },
): SourceItem => {
  const { head } = references;
  const site =
    settings.base ?? parseSiteAddress(head['wp:base_blog_url']?.trim()) ?? parseSiteAddress(head.link?.trim());
  const title = toPlainLine(item.title);
  const reason = findSkipReason(item);
  if (reason !== undefined) return { kind: 'left out', place, title, reason };
  const body = convertBody(item, references, site);
  if (isEmptyBody(body.html)) return { kind: 'left out', place, title, reason: 'it has no text and no picture' };
  const link = resolveWebAddress(item.link, site);
  const comments = item['wp:comment'].length;
  return {
    kind: 'article',
    place,
    oldAddresses: link === undefined ? [] : [link, ...listOldAddresses(item, link)],
    article: {
      title: title || toTitle(toPlainText(body.html)) || toPictureTitle(item, references),
      ...parseDates(item, settings.timeZone),
      authors: selectAuthors(item, references),
      topics: selectTopics(item),
      ...convertFields(item, references, site),
      body: { kind: 'html', html: body.html },
    },
    remarks: [
      ...(title === '' ? ['it has no title: its first words are used'] : []),
      ...body.remarks,
      ...(comments > 0 ? ['its comments are not imported'] : []),
    ],
  };
};
