import type { CutText } from '../../article.ts';
import { detectLanguage } from '../../text/detect-language.ts';
import { splitSentences, summarize } from '../../text/summarize.ts';
import { countChromeEvidence, minScrapedEvidence } from './chrome-evidence.ts';
import { classifyLines } from './classify-lines.ts';
import { parseDateline } from './dateline.ts';
import { findStoryHeadline } from './find-story-headline.ts';
import type { AnalyzedLine } from './line-context.ts';
import { extractLineFeatures } from './line-features.ts';
import { splitLines } from './lines.ts';
import { findOwnHeadline } from './own-headline.ts';
import type { PrintedDay } from './printed-day.ts';
import { type StorySelection, selectStoryLines } from './select-story-lines.ts';
import type { Credits, StoryBlock, WrittenDateline } from './story.ts';
import { buildStoryBlocks, type OwnShape } from './story-blocks.ts';
import { parseStoryHead } from './story-head.ts';
import { type UnwrappedText, unwrapLines } from './unwrap-lines.ts';

/** Every word of a plain text is in one of these. */
export interface ExtractedStory {
  readonly headline?: string;
  /** The beginning of the lede, which the blocks keep. */
  readonly dateline?: WrittenDateline;
  /** The date near the headline. */
  readonly printed?: PrintedDay;
  readonly updated?: PrintedDay;
  readonly credits: Credits;
  readonly creditLines: readonly string[];
  readonly blocks: readonly StoryBlock[];
  readonly cut: readonly CutText[];
  readonly agency?: string;
}

/** A text of so many paragraphs was scraped without its headline; the author of a shorter one forgot it. */
const minLongTextLines = 5;
const maxHeadlineLength = 160;

/**
 * Splits a cleaned text, an author's own or a scraped page, into headline, credits, body and page chrome.
 * @param hasTitle the first line is known to be the headline
 */
export const extractStory = (text: string, { hasTitle = false } = {}): ExtractedStory => {
  const unwrapped = unwrapLines(text);
  const typed = splitLines(unwrapped.text).map((line) => ({ line, features: extractLineFeatures(line) }));
  const evidence = countChromeEvidence(typed);
  const { lines, ...selection } = selectStory(typed, evidence, hasTitle);
  const { headlineIndex, isScraped } = selection;
  const head = parseStoryHead(lines, selection, () => isDayFirst(text));
  const { body, credits, creditLines, cut, agency } = classifyLines(lines, selection, head);
  const blocks = buildStoryBlocks(body, isScraped ? undefined : createShape(unwrapped));
  const lede = blocks.find((block) => block.kind === 'paragraph')?.lines[0];
  const dateline = lede === undefined ? undefined : parseDateline(lede);
  const isLong = lines.filter(({ features }) => features.prose).length >= minLongTextLines;
  const isHeadlineLost = headlineIndex === undefined && (evidence > 0 || isLong);
  const headline = isHeadlineLost ? findFirstSentence(lede) : lines[headlineIndex ?? -1]?.line.text;
  return {
    ...(headline !== undefined && { headline }),
    ...(dateline && { dateline }),
    ...(head.printed && { printed: head.printed }),
    ...(head.updated && { updated: head.updated }),
    credits: addAuthors(credits, dateline?.reporters),
    creditLines,
    blocks,
    cut: cut.map(({ text: line, reason }) => ({ text: line, reason })),
    ...(agency && { agency }),
  };
};

/** An author's own text keeps columns and verse as they were typed. */
const createShape = ({ text, fixedLines }: UnwrappedText): OwnShape => {
  const rows = text.split('\n');
  return { fixedLines, findRow: (number) => rows[number - 1] ?? '' };
};

const addAuthors = (credits: Credits, names: readonly string[] = []): Credits => ({
  ...credits,
  authors: [...new Set([...credits.authors, ...names])],
});

const selectStory = (
  lines: readonly AnalyzedLine[],
  evidence: number,
  hasTitle: boolean,
): StorySelection & { lines: readonly AnalyzedLine[] } => {
  if (evidence >= minScrapedEvidence) {
    const inStory = selectStoryLines(lines, evidence);
    const headlineIndex = hasTitle ? 0 : findStoryHeadline(lines, inStory);
    return { lines, inStory, headlineIndex, isScraped: true, hasKicker: false };
  }
  const own = hasTitle ? { lines, headlineIndex: 0, hasKicker: false } : findOwnHeadline(lines);
  return { ...own, inStory: own.lines.map(() => true), isScraped: false };
};

/** The headline of a page that was scraped without it; the lede keeps the sentence. */
const findFirstSentence = (lede: string | undefined): string | undefined => {
  const [sentence = ''] = splitSentences((lede ?? '').slice(0, maxHeadlineLength * 20));
  return sentence === '' ? undefined : summarize(sentence, maxHeadlineLength);
};

/** Numeric dates begin with the day in every language but English, where it depends on the country. */
const isDayFirst = (text: string): boolean => {
  const language = detectLanguage(text);
  return language !== undefined && language !== 'en';
};
