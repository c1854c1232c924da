import { OperatorError } from '../../failures.ts';
import type { Found, SourceSettings } from '../found.ts';
import { orLeftOut } from '../or-left-out.ts';
import { articleOfItem } from './article-of-item.ts';
import { gatherMedia } from './gather-media.ts';
import { readItems } from './read-items.ts';
import { parseItem } from './wxr-schema.ts';

/**
 * Reads a WordPress export (WXR), an item at a time: each article keeps its id, dates, slug, authors, topics and excerpt.
 * @param open reads the file from its beginning; it is gone through twice, as pictures may stand behind their articles
 * @throws {OperatorError} where it is no export, or is cut off
 */
export async function* readWordPress(
  open: () => AsyncIterable<string>,
  settings: SourceSettings,
): AsyncGenerator<Found> {
  const surroundings = await gatherMedia(open());
  let items = 0;
  for await (const { kind, xml, line } of readItems(open())) {
    if (kind === 'head') continue;
    items += 1;
    const place = `line ${line}`;
    yield orLeftOut({ place, title: '' }, () =>
      articleOfItem(parseItem(xml), place, { surroundings, settings }),
    );
  }
  if (items === 0) throw new OperatorError('It has no items: it is no export of WordPress.');
}
