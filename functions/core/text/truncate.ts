import { collapseWhitespace } from './collapse-whitespace.ts';

const wordSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
const graphemeSegmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * A text on one line of at most `max` UTF-16 units. A longer one ends behind a word with an ellipsis, or within a word
 * that takes more than half the space.
 */
export const truncate = (text: string, max: number): string => {
  const line = collapseWhitespace(text);
  if (line.length <= max) return line;
  const available = Math.max(0, max - 1);
  const [wordEnd = 0, graphemeEnd = 0] = [wordSegmenter, graphemeSegmenter].map(
    (segmenter) => segmenter.segment(line).containing(available)?.index,
  );
  const head = line.slice(0, wordEnd > available / 2 ? wordEnd : graphemeEnd || available).toWellFormed();
  return `${head.replace(/[\s\p{P}\ufffd]+$/u, '')}…`.slice(0, max);
};
