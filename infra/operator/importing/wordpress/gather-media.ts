import { SeedRejected } from '../../../../functions/core/article/article.ts';
import { readItems } from './read-items.ts';
import { metaOf, parseHead, parseItem, type WxrHead } from './wxr-schema.ts';

/** Pictures by their number in WordPress: where they stand, and what they show. */
export type Media = ReadonlyMap<string, { readonly url: string; readonly alt: string }>;

/** What articles refer to, wherever in the export it stands. */
export interface Surroundings {
  readonly head: WxrHead;
  readonly media: Media;
}

/** Goes through an export for what its articles refer to. */
export const gatherMedia = async (chunks: AsyncIterable<string>): Promise<Surroundings> => {
  const media = new Map<string, { url: string; alt: string }>();
  let head: WxrHead = {};
  for await (const { kind, xml } of readItems(chunks)) {
    if (kind === 'head') head = parseHead(xml);
    else if (xml.includes('attachment_url')) take(xml, media);
  }
  return { head, media };
};

/** One that cannot be read is told when the articles are. */
const take = (xml: string, media: Map<string, { url: string; alt: string }>): void => {
  try {
    const item = parseItem(xml);
    const url = item['wp:attachment_url'].trim();
    if (url === '') return;
    media.set(item['wp:post_id'].trim(), { url, alt: metaOf(item, '_wp_attachment_image_alt') ?? '' });
  } catch (error) {
    if (!(error instanceof SeedRejected)) throw error;
  }
};
