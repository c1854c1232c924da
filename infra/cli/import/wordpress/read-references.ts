import { SeedRejected } from '../../../../functions/core/article.ts';
import { readWxrParts } from './read-wxr-parts.ts';
import { findMeta, parseWxrHead, parseWxrItem, type WxrHead, type WxrReferences } from './wxr-schema.ts';

export const readReferences = async (chunks: AsyncIterable<string>): Promise<WxrReferences> => {
  const media = new Map<string, { url: string; alt: string }>();
  let head: WxrHead = {};
  for await (const { kind, xml } of readWxrParts(chunks)) {
    if (kind === 'head') head = parseWxrHead(xml);
    else if (xml.includes('attachment_url')) addMedia(xml, media);
  }
  return { head, media };
};

/** One that cannot be read is told when the articles are. */
const addMedia = (xml: string, media: Map<string, { url: string; alt: string }>): void => {
  try {
    const item = parseWxrItem(xml);
    const url = item['wp:attachment_url'].trim();
    if (url === '') return;
    media.set(item['wp:post_id'].trim(), { url, alt: findMeta(item, '_wp_attachment_image_alt') ?? '' });
  } catch (error) {
    if (!(error instanceof SeedRejected)) throw error;
  }
};
