import { Document, isMap, isScalar, parseDocument } from 'yaml';
import { parseFrontMatter } from '../../../functions/core/article/front-matter.ts';

/**
 * An author's own Markdown with some fields of its front matter set: all else, comments and the body too, stays as it
 * is written. A field that is undefined is left alone.
 * @param text a whole seed that can be read
 */
export const completeFrontMatter = (
  text: string,
  fields: Readonly<Record<string, string | undefined>>,
): string => {
  const { body } = parseFrontMatter(text);
  const above = text.slice(0, text.length - body.length);
  const source = above.split('\n').slice(1, -2).join('\n');
  const parsed = parseDocument(source, { schema: 'failsafe' });
  const document = isMap(parsed.contents) ? parsed : new Document({}, { schema: 'failsafe' });
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const written = isMap(document.contents)
      ? document.contents.items.find(
          ({ key }) => isScalar(key) && String(key.value).trim().toLowerCase() === name,
        )
      : undefined;
    document.set(written && isScalar(written.key) ? written.key.value : name, value);
  }
  return `---\n${document.toString({ lineWidth: 0, flowCollectionPadding: false })}---\n${above === '' ? '\n' : ''}${body}`;
};
