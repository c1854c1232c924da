import { collapseWhitespace } from './collapse-whitespace.ts';
import { truncate } from './truncate.ts';

const sentenceSegmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** A sentence does not end in an initial (J., U.S.) or in a title or number sign that waits for its name. */
const endsInAbbreviation =
  /(?:^|[\s("“‘«])(?:\p{Lu}\.|(?:\p{Lu}\.){2,}|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|St|No|Nr|Fr|Sr|Sra|Jan|Feb|Aug|Sept|Oct|Nov|Dec|vs|bzw|ca)\.)\s*$/u;

const maxAbbreviationLength = 100;

export const splitSentences = (text: string): string[] => {
  const parts: string[] = [];
  for (const { segment } of sentenceSegmenter.segment(text)) {
    const last = parts.at(-1);
    if (last !== undefined && endsInAbbreviation.test(last.slice(-maxAbbreviationLength)))
      parts[parts.length - 1] = last + segment;
    else parts.push(segment);
  }
  return parts;
};

/**
 * The opening of a plain text on one line, at most `max` UTF-16 units: as many whole sentences of its first paragraph
 * as fit. A first sentence that is too long is cut at a word. Empty only for a text without any words.
 */
export const summarize = (text: string, max = 300): string => {
  const paragraph = text
    .split(/\n\s*\n/)
    .map((lines) => collapseWhitespace(lines.slice(0, max * 20)))
    .find((lines) => lines !== '');
  if (paragraph === undefined) return '';
  if (paragraph.length <= max) return paragraph;
  let summary = '';
  for (const sentence of splitSentences(paragraph)) {
    if ((summary + sentence).trimEnd().length > max) break;
    summary += sentence;
  }
  return summary.trimEnd() || truncate(paragraph, max);
};
