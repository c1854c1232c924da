import { cutClosingMarks } from './closing-marks.ts';
import { parseCredits } from './credits.ts';
import { describeCut } from './describe-cut.ts';
import type { AnalyzedLine } from './line-context.ts';
import type { StorySelection } from './select-story-lines.ts';
import type { Credits, CutLine } from './story.ts';
import type { StoryHead } from './story-head.ts';

/** Each line of a text is in one of these, except for the headline. */
export interface ClassifiedLines {
  readonly body: readonly AnalyzedLine[];
  readonly cut: readonly CutLine[];
  /** Named at the end of the story. */
  readonly agency?: string;
  readonly credits: Credits;
  readonly creditLines: readonly string[];
}

/** Farther from the story on a page, credits belong to another story. */
const maxCreditDistance = 4;

export const classifyLines = (
  lines: readonly AnalyzedLine[],
  { inStory, headlineIndex, isScraped, hasKicker }: StorySelection,
  head: StoryHead,
): ClassifiedLines => {
  const isStory = ({ features }: AnalyzedLine, index: number) =>
    inStory[index] === true && (headlineIndex === undefined || index > headlineIndex || features.prose);
  const isProse = (item: AnalyzedLine, index: number) => isStory(item, index) && item.features.prose;
  const first = lines.findIndex(isProse);
  const last = lines.findLastIndex(isProse);
  const from = isScraped && headlineIndex !== undefined ? headlineIndex - maxCreditDistance : -1;
  const until = isScraped ? last + maxCreditDistance : lines.length;
  const mayBeCredits = (index: number) => (index < first && index > from) || (index >= last && index <= until);
  const [body, cut, creditLines]: [AnalyzedLine[], CutLine[], string[]] = [[], [], []];
  let { credits } = head;
  for (const [index, item] of lines.entries()) {
    if (index === headlineIndex) continue;
    const { text } = item.line;
    const reason = hasKicker && index === 0 ? 'kicker' : head.cut.get(index);
    if (reason !== undefined) {
      cut.push({ text, reason, number: item.line.number });
      continue;
    }
    const isHead = head.lineIndexes.has(index);
    const found = !isHead && mayBeCredits(index) ? parseCredits(text) : undefined;
    if (found) credits = mergeCredits(credits, found);
    if (isHead || found) creditLines.push(text);
    else if (isStory(item, index)) body.push(item);
    else cut.push({ text, reason: describeCut(item), number: item.line.number });
  }
  const { marks, agency, ...closed } = cutClosingMarks(body);
  return {
    ...closed,
    cut: [...cut, ...marks].sort((a, b) => a.number - b.number),
    credits,
    creditLines,
    ...(agency && { agency }),
  };
};

const mergeCredits = (one: Credits, other: Credits): Credits => {
  const source = one.source ?? other.source;
  return {
    authors: [...new Set([...one.authors, ...other.authors])],
    editors: [...new Set([...one.editors, ...other.editors])],
    ...(source !== undefined && { source }),
  };
};
