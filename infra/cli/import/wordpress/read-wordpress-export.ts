import { CliError } from '../../output/cli-error.ts';
import { readXmlParts } from '../source/read-xml-parts.ts';
import { convertOrSkip, type SourceItem, type SourceSettings } from '../source/source-item.ts';
import { convertWordPressItem } from './convert-wordpress-item.ts';
import { readReferences } from './read-references.ts';
import { parseWxrItem } from './wxr-schema.ts';

/** Read twice, as pictures may stand behind their articles. */
export async function* readWordPressExport(
  open: () => AsyncIterable<string>,
  settings: SourceSettings,
): AsyncGenerator<SourceItem> {
  const references = await readReferences(open());
  let items = 0;
  for await (const { kind, xml, line } of readXmlParts(open(), 'item')) {
    if (kind === 'frame') continue;
    items += 1;
    const place = `line ${line}`;
    yield convertOrSkip({ place, title: '' }, () =>
      convertWordPressItem(parseWxrItem(xml), place, { surroundings: references, settings }),
    );
  }
  if (items === 0) throw new CliError('It has no items: it is not a WordPress export.');
}
