import { parseCredits } from './credits.ts';
import type { AnalyzedLine } from './line-context.ts';
import type { Credits } from './story.ts';
import type { StoryHead } from './story-head.ts';

/** The lines of a text, each in one place: body, credits or chrome. The headline's line is in none. */
export interface ClassifiedLines {
  readonly body: readonly AnalyzedLine[];
  readonly cut: readonly string[];
  readonly credits: Credits;
  readonly creditLines: readonly string[];
}

/** Further from its story on a page, credits are those of another. */
const maxCreditDistance = 4;

/** Sorts lines, given which of them are the story's, which is its headline and what the lines around that say. */
export const classifyLines = (
  lines: readonly AnalyzedLine[],
  story: readonly boolean[],
  headlineIndex: number | undefined,
  { head, scraped }: { head: StoryHead; scraped: boolean },
): ClassifiedLines => {
  const isStory = ({ features }: AnalyzedLine, index: number) =>
    story[index] === true && (headlineIndex === undefined || index > headlineIndex || features.prose);
  const isProse = (item: AnalyzedLine, index: number) => isStory(item, index) && item.features.prose;
  const first = lines.findIndex(isProse);
  const last = lines.findLastIndex(isProse);
  const from = scraped && headlineIndex !== undefined ? headlineIndex - maxCreditDistance : -1;
  const until = scraped ? last + maxCreditDistance : lines.length;
  const [body, cut, creditLines]: [AnalyzedLine[], string[], string[]] = [[], [], []];
  let { credits } = head;
  for (const [index, item] of lines.entries()) {
    if (index === headlineIndex) continue;
    if (head.lineIndexes.has(index)) {
      creditLines.push(item.line.text);
      continue;
    }
    const outside = (index < first && index > from) || (index >= last && index <= until);
    const found = outside ? parseCredits(item.line.text) : undefined;
    if (found) {
      credits = mergeCredits(credits, found);
      creditLines.push(item.line.text);
    } else if (isStory(item, index)) body.push(item);
    else cut.push(item.line.text);
  }
  return { body, cut, credits, creditLines };
};

const mergeCredits = (one: Credits, other: Credits): Credits => {
  const source = one.source ?? other.source;
  return {
    authors: [...new Set([...one.authors, ...other.authors])],
    editors: [...new Set([...one.editors, ...other.editors])],
    ...(source === undefined ? {} : { source }),
  };
};
