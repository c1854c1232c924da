import { parseFragment } from 'parse5';
import { getTextLine } from '../../../../functions/core/article/body/tree.ts';
import { truncate } from '../../../../functions/core/text/truncate.ts';

/** A line that some systems write as HTML and others as text, as text. */
export const toPlainLine = (written: string): string =>
  /&(?:#\w+|\w+);|<\/?[a-z!]/i.test(written) ? getTextLine(parseFragment(written)) : written.trim();

const maxTitleLength = 70;

export const toTitle = (text: string): string => truncate(text, maxTitleLength);
