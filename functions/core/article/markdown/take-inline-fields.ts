import { type CutText, type SeedInput, SeedWithheld } from '../../article.ts';
import { openingFence } from './dialect-lines.ts';
import { isKnownFieldName } from './field-table.ts';
import { checkVisibility } from './visibility.ts';

/** A field of Dataview or Logseq in a line of its own, or in an item of a list. */
const lineField =
  /^\s*(?:[-*+][ \t]+)?(?:\*\*|__|\*|_)?([\p{L}_][\p{L}\p{N} _-]{0,60}?)(?:\*\*|__|\*|_)?::(?:[ \t]+(.*))?$/u;
/** One within a line, in brackets. Those in round ones are shown without their name. */
const bracketedField = /[[(]([\p{L}_][\p{L}\p{N} _-]{0,60}):: ?([^[\]()\n]{0,200})[\])]/gu;

const reason = 'property of a note';

/**
 * Takes out fields of Dataview and Logseq that stand within a text and mean something here.
 * @throws {SeedWithheld} for one that says that the text is not public
 */
export const takeInlineFields = (
  text: string,
  { isPreview }: Pick<SeedInput, 'isPreview'>,
): { readonly text: string; readonly cut: readonly CutText[] } => {
  if (!text.includes('::')) return { text, cut: [] };
  const cut: CutText[] = [];
  const take = (name: string, value: string, source: string): boolean => {
    const predicate = isPreview ? undefined : checkVisibility(name, value, true);
    if (predicate !== undefined) throw new SeedWithheld(`This ${predicate}, as its field “${source.trim()}” says.`);
    if (!isKnownFieldName(name)) return false;
    cut.push({ text: source.trim(), reason });
    return true;
  };
  let fence: string | undefined;
  const shown = text.split('\n').flatMap((line) => {
    const [, ticks] = openingFence.exec(line) ?? [];
    if (ticks !== undefined && (fence === undefined || ticks.startsWith(fence)))
      fence = fence === undefined ? ticks : undefined;
    if (fence !== undefined || ticks !== undefined || !line.includes('::')) return line;
    const [, name, value = ''] = lineField.exec(line) ?? [];
    if (name !== undefined) return take(name, value.trim(), line) ? [] : line;
    return line.includes('`')
      ? line
      : line.replace(bracketedField, (source, each: string, of: string) =>
          take(each, of.trim(), source) ? '' : source,
        );
  });
  return { text: shown.join('\n'), cut };
};
