import { readCredits } from './credits.ts';
import type { Credits } from './story.ts';
import type { StoryHead } from './story-head.ts';
import type { SignedLine } from './surroundings.ts';

/** The lines of a text, each in one place: body, credits or chrome. The headline's line is in none. */
export interface SortedLines {
  readonly body: readonly SignedLine[];
  readonly cut: readonly string[];
  readonly credits: Credits;
  readonly creditLines: readonly string[];
}

/** Further from its story on a page, credits are those of another. */
const tail = 4;

/** Sorts lines, given which of them are the story's, which is its headline and what the lines around that say. */
export function sortLines(
  lines: readonly SignedLine[],
  story: readonly boolean[],
  top: number | undefined,
  { head, scraped }: { head: StoryHead; scraped: boolean },
): SortedLines {
  const isStory = ({ signs }: SignedLine, index: number) =>
    story[index] === true && (top === undefined || index > top || signs.prose);
  const isProse = (item: SignedLine, index: number) => isStory(item, index) && item.signs.prose;
  const first = lines.findIndex(isProse);
  const last = lines.findLastIndex(isProse);
  const from = scraped && top !== undefined ? top - tail : -1;
  const until = scraped ? last + tail : lines.length;
  const [body, cut, creditLines]: [SignedLine[], string[], string[]] = [[], [], []];
  let { credits } = head;
  for (const [index, item] of lines.entries()) {
    if (index === top) continue;
    if (head.lines.has(index)) {
      creditLines.push(item.line.text);
      continue;
    }
    const outside = (index < first && index > from) || (index >= last && index <= until);
    const found = outside ? readCredits(item.line.text) : undefined;
    if (found) {
      credits = join(credits, found);
      creditLines.push(item.line.text);
    } else if (isStory(item, index)) body.push(item);
    else cut.push(item.line.text);
  }
  return { body, cut, credits, creditLines };
}

function join(one: Credits, other: Credits): Credits {
  const source = one.source ?? other.source;
  return {
    authors: [...new Set([...one.authors, ...other.authors])],
    editors: [...new Set([...one.editors, ...other.editors])],
    ...(source === undefined ? {} : { source }),
  };
}
