import { CliError } from '../../output/cli-error.ts';
import { convertOrSkip } from '../source/convert-or-skip.ts';
import type { SourceItem, SourceSettings } from '../source/source-item.ts';
import { convertWordPressItem } from './convert-wordpress-item.ts';
import { readReferences } from './read-references.ts';
import { readWxrParts } from './read-wxr-parts.ts';
import { parseWxrItem } from './wxr-schema.ts';

/**
 * Reads a WordPress export (WXR), an item at a time: each article keeps its id, dates, slug, authors, topics and excerpt.
 * @param open reads the file from its beginning; it is gone through twice, as pictures may stand behind their articles
 * @throws {CliError} where it is no export, or is cut off
 */
export async function* readWordPressExport(
  open: () => AsyncIterable<string>,
  settings: SourceSettings,
): AsyncGenerator<SourceItem> {
  const references = await readReferences(open());
  let items = 0;
  for await (const { kind, xml, line } of readWxrParts(open())) {
    if (kind === 'head') continue;
    items += 1;
    const place = `line ${line}`;
    yield convertOrSkip({ place, title: '' }, () =>
      convertWordPressItem(parseWxrItem(xml), place, { surroundings: references, settings }),
    );
  }
  if (items === 0) throw new CliError('It has no items: it is not a WordPress export.');
}
