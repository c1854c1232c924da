import { SeedRejected } from '../../../../functions/core/article.ts';
import { copyString } from '../source/copy-string.ts';
import { readXmlParts } from '../source/read-xml-parts.ts';
import { findMeta, parseWxrHead, parseWxrItem, type WxrHead, type WxrReferences } from './wxr-schema.ts';

export const readReferences = async (chunks: AsyncIterable<string>): Promise<WxrReferences> => {
  const media = new Map<string, { url: string; alt: string }>();
  let head: WxrHead | undefined;
  for await (const { kind, xml } of readXmlParts(chunks, 'item')) {
    if (kind === 'frame') head ??= parseWxrHead(xml);
    else if (xml.includes('attachment_url')) addMedia(xml, media);
  }
  return { head: head ?? {}, media };
};

/** One that cannot be read is told when the articles are. */
const addMedia = (xml: string, media: Map<string, { url: string; alt: string }>): void => {
  try {
    const item = parseWxrItem(xml);
    const url = item['wp:attachment_url'].trim();
    if (url === '') return;
    const alt = findMeta(item, '_wp_attachment_image_alt') ?? '';
    media.set(copyString(item['wp:post_id'].trim()), { url: copyString(url), alt: copyString(alt) });
  } catch (error) {
    if (!(error instanceof SeedRejected)) throw error;
  }
};
