import { sentencesOf, summarize } from '../summarize.ts';
import { buildBlocks } from './blocks.ts';
import { chromeEvidence, scrapedFrom } from './chrome-evidence.ts';
import { readDateline } from './dateline.ts';
import { canBeHeadline, findHeadline } from './headline.ts';
import { readSigns } from './line-signs.ts';
import { splitLines } from './lines.ts';
import { sortLines } from './sort-lines.ts';
import type { Block, Credits, WrittenDateline } from './story.ts';
import { chooseStoryLines } from './story-lines.ts';
import type { SignedLine } from './surroundings.ts';
import { unwrap } from './unwrap.ts';

/** What a plain text says. Every word of the text is in one of its parts. */
export interface Story {
  readonly headline?: string;
  /** As the lede begins with it; the blocks still have it. */
  readonly dateline?: WrittenDateline;
  readonly credits: Credits;
  /** The lines that the credits were read from. */
  readonly creditLines: readonly string[];
  readonly blocks: readonly Block[];
  readonly cut: readonly string[];
}

/** So many paragraphs without a headline were scraped without it; in a shorter text its author forgot it. */
const longRead = 5;

/** Parts a cleaned text, an author's own or a scraped page, into headline, credits, body and page chrome. */
export function extractStory(text: string): Story {
  const lines = splitLines(unwrap(text)).map((line) => ({ line, signs: readSigns(line) }));
  const evidence = chromeEvidence(lines);
  const scraped = evidence >= scrapedFrom;
  const story = scraped ? chooseStoryLines(lines, evidence) : lines.map(() => true);
  const top = scraped ? findHeadline(lines, story) : firstHeadline(lines);
  const parts = sortLines(lines, story, top);
  const blocks = buildBlocks(parts.body, { verse: !scraped });
  const lede = blocks.find((block) => block.kind === 'paragraph')?.lines[0];
  const dateline = lede === undefined ? undefined : readDateline(lede);
  const lost =
    top === undefined && (evidence > 0 || lines.filter(({ signs }) => signs.prose).length >= longRead);
  const headline = lost ? firstSentence(lede) : lines[top ?? -1]?.line.text;
  return {
    ...(headline === undefined ? {} : { headline }),
    ...(dateline === undefined ? {} : { dateline }),
    credits: parts.credits,
    creditLines: parts.creditLines,
    blocks,
    cut: parts.cut,
  };
}

/** The first line of an author's own text, unless it is a paragraph. */
function firstHeadline(lines: readonly SignedLine[]): number | undefined {
  return lines[0] && canBeHeadline(lines[0]) ? 0 : undefined;
}

/** A page whose headline was not scraped with it goes by the first sentence of its lede, which stays there too. */
function firstSentence(lede: string | undefined): string | undefined {
  const [sentence = ''] = sentencesOf(lede ?? '');
  return sentence === '' ? undefined : summarize(sentence, 160);
}
