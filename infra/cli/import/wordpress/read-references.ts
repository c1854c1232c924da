import { SeedRejected } from '../../../../functions/core/article.ts';
import { findImageType } from '../../../../functions/core/seed-kind.ts';
import { copyString } from '../source/copy-string.ts';
import { readXmlParts } from '../source/read-xml-parts.ts';
import {
  findMeta,
  parseWxrHead,
  parseWxrItem,
  type WxrHead,
  type WxrPicture,
  type WxrReferences,
} from './wxr-schema.ts';

export const readReferences = async (chunks: AsyncIterable<string>): Promise<WxrReferences> => {
  const media = new Map<string, WxrPicture>();
  const attached = new Map<string, WxrPicture[]>();
  let head: WxrHead | undefined;
  for await (const { kind, xml } of readXmlParts(chunks, 'item')) {
    if (kind === 'frame') head ??= parseWxrHead(xml);
    else if (xml.includes('attachment_url')) addMedia(xml, media, attached);
  }
  return { head: head ?? {}, media, attached };
};

/** One that cannot be read is told when the articles are. */
const addMedia = (xml: string, media: Map<string, WxrPicture>, attached: Map<string, WxrPicture[]>): void => {
  try {
    const item = parseWxrItem(xml);
    const url = item['wp:attachment_url'].trim();
    if (url === '') return;
    const alt = findMeta(item, '_wp_attachment_image_alt') ?? '';
    const picture = { url: copyString(url), alt: copyString(alt) };
    media.set(copyString(item['wp:post_id'].trim()), picture);
    const parent = item['wp:post_parent'].trim();
    if (!/^[1-9]/.test(parent) || findImageType(url) === undefined) return;
    const others = attached.get(parent);
    if (others) others.push(picture);
    else attached.set(copyString(parent), [picture]);
  } catch (error) {
    if (!(error instanceof SeedRejected)) throw error;
  }
};
