import { detectLanguage } from '../../text/detect-language.ts';
import { splitSentences, summarize } from '../../text/summarize.ts';
import { countChromeEvidence, minScrapedEvidence } from './chrome-evidence.ts';
import { classifyLines } from './classify-lines.ts';
import { parseDateline } from './dateline.ts';
import { canBeHeadline, findStoryHeadline } from './find-story-headline.ts';
import type { AnalyzedLine } from './line-context.ts';
import { extractLineFeatures } from './line-features.ts';
import { splitLines } from './lines.ts';
import type { PrintedDay } from './printed-day.ts';
import { selectStoryLines } from './select-story-lines.ts';
import type { Credits, StoryBlock, WrittenDateline } from './story.ts';
import { buildStoryBlocks } from './story-blocks.ts';
import { parseStoryHead } from './story-head.ts';
import { unwrapLines } from './unwrap-lines.ts';

/** What a plain text says. Every word of the text is in one of its parts. */
export interface ExtractedStory {
  readonly headline?: string;
  /** As the lede begins with it; the blocks still have it. */
  readonly dateline?: WrittenDateline;
  /** The date that stands near the headline. */
  readonly printed?: PrintedDay;
  readonly credits: Credits;
  /** The lines that the credits were read from. */
  readonly creditLines: readonly string[];
  readonly blocks: readonly StoryBlock[];
  readonly cut: readonly string[];
}

/** So many paragraphs without a headline were scraped without it; in a shorter text its author forgot it. */
const minLongTextLines = 5;

/** Parts a cleaned text, an author's own or a scraped page, into headline, credits, body and page chrome. */
export const extractStory = (text: string): ExtractedStory => {
  const lines = splitLines(unwrapLines(text)).map((line) => ({ line, features: extractLineFeatures(line) }));
  const evidence = countChromeEvidence(lines);
  const scraped = evidence >= minScrapedEvidence;
  const story = scraped ? selectStoryLines(lines, evidence) : lines.map(() => true);
  const top = scraped ? findStoryHeadline(lines, story) : findFirstHeadline(lines);
  const head = parseStoryHead(lines, {
    inStory: story,
    headlineIndex: top,
    scraped,
    dayFirst: () => isDayFirst(text),
  });
  const parts = classifyLines(lines, story, top, { head, scraped });
  const blocks = buildStoryBlocks(parts.body, { verse: !scraped });
  const lede = blocks.find((block) => block.kind === 'paragraph')?.lines[0];
  const dateline = lede === undefined ? undefined : parseDateline(lede);
  const lost =
    top === undefined && (evidence > 0 || lines.filter(({ features }) => features.prose).length >= minLongTextLines);
  const headline = lost ? findFirstSentence(lede) : lines[top ?? -1]?.line.text;
  return {
    ...(headline === undefined ? {} : { headline }),
    ...(dateline === undefined ? {} : { dateline }),
    ...(head.printed === undefined ? {} : { printed: head.printed }),
    credits: parts.credits,
    creditLines: parts.creditLines,
    blocks,
    cut: parts.cut,
  };
};

/** The first line of an author's own text, unless it is a paragraph. */
const findFirstHeadline = (lines: readonly AnalyzedLine[]): number | undefined => {
  return lines[0] && canBeHeadline(lines[0]) ? 0 : undefined;
};

/** A page whose headline was not scraped with it goes by the first sentence of its lede, which stays there too. */
const findFirstSentence = (lede: string | undefined): string | undefined => {
  const [sentence = ''] = splitSentences(lede ?? '');
  return sentence === '' ? undefined : summarize(sentence, 160);
};

/** Dates in numbers begin with the day in every language but English, where it depends on the country. */
const isDayFirst = (text: string): boolean => {
  const language = detectLanguage(text);
  return language !== undefined && language !== 'en';
};
