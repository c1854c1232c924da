const wordSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** A text on one line, cut behind a word, with an ellipsis, where it is longer than `max` UTF-16 units. */
export const truncate = (text: string, max: number): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= max) return line;
  const room = Math.max(0, max - 1);
  const end = wordSegmenter.segment(line).containing(room)?.index ?? 0;
  const head = line.slice(0, end > room / 2 ? end : room).toWellFormed();
  return `${head.replace(/[\s\p{P}\ufffd]+$/u, '')}…`.slice(0, max);
};
