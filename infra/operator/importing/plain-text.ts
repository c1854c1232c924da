import { parseFragment } from 'parse5';
import { lineOf } from '../../../functions/core/article/html/tree.ts';

/** A line that some systems write as HTML and others as text, as text. */
export const plainText = (written: string): string =>
  /&(?:#\w+|\w+);|<\/?[a-z!]/i.test(written) ? lineOf(parseFragment(written)) : written.trim();
