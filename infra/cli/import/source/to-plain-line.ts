import { parseFragment } from 'parse5';
import { getTextLine } from '../../../../functions/core/article/body/tree.ts';

/** A line that some systems write as HTML and others as text, as text. */
export const toPlainLine = (written: string): string =>
  /&(?:#\w+|\w+);|<\/?[a-z!]/i.test(written) ? getTextLine(parseFragment(written)) : written.trim();
