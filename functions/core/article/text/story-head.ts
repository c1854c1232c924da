import { type Byline, parseByline } from './byline.ts';
import { getCalendarNames } from './calendar-names.ts';
import { isJobTitle, parseCredits } from './credits.ts';
import type { AnalyzedLine } from './line-context.ts';
import type { PrintedDay } from './printed-day.ts';
import type { StorySelection } from './select-story-lines.ts';
import type { Credits } from './story.ts';

export interface StoryHead {
  readonly credits: Credits;
  readonly printed?: PrintedDay;
  readonly updated?: PrintedDay;
  readonly lineIndexes: ReadonlySet<number>;
  /** Why other lines near the headline are no text either, by their index. */
  readonly cut: ReadonlyMap<number, string>;
}

interface BylineEntry extends Byline {
  readonly index: number;
  /** 2 where the name is on the next line: "By", "Anna Berg". */
  readonly lineCount: number;
  readonly isBelowHeadline: boolean;
}

/** Lines around the headline of a page that may belong to it; a standfirst can be among those below. */
const maxLinesAbove = 4;
const maxLinesBelow = 14;
/** An author's own text has them right below the headline, or below a standfirst. */
const maxLinesBelowInOwnText = 6;

export const parseStoryHead = (
  lines: readonly AnalyzedLine[],
  selection: StorySelection,
  dayFirst: () => boolean,
): StoryHead => {
  const { isScraped } = selection;
  const entries = [...findBylines(lines, selection, dayFirst)].filter(({ isComplete }) => isComplete || isScraped);
  const named = selectNamedEntries(entries);
  const confirmed = named.length > 0 ? undefined : findConfirmedName(entries, lines);
  const likeliest = selectDatedEntry(entries);
  const dated = likeliest && !isScraped && isDiary(lines, likeliest, dayFirst) ? undefined : likeliest;
  const updated = entries.find((entry) => entry !== dated && entry.updated && entry.isComplete && entry.day)?.day;
  const isDated = likeliest === undefined || dated !== undefined;
  const used = [...named, ...(confirmed ? [confirmed] : []), ...(dated ? [dated] : [])];
  return {
    credits: {
      authors: [...new Set([...named.flatMap(({ authors }) => authors), ...(confirmed?.unconfirmedNames ?? [])])],
      editors: [...new Set(named.flatMap(({ editors }) => editors))],
    },
    ...(dated?.day && { printed: dated.day }),
    ...(updated && { updated }),
    cut: new Map([
      ...(isDated ? entries.filter((entry) => !used.includes(entry) && isStamp(entry)) : []).map(
        ({ index }): [number, string] => [index, 'date or reading time'],
      ),
      ...used.flatMap((entry) => findTitleBelow(lines, entry)),
    ]),
    lineIndexes: new Set(used.flatMap(({ index, lineCount }) => (lineCount === 2 ? [index, index + 1] : [index]))),
  };
};

const isStamp = ({ isComplete, stamp }: BylineEntry): boolean => isComplete && stamp;

/** "Staff Writer" on a line of its own. */
const findTitleBelow = (
  lines: readonly AnalyzedLine[],
  { index, lineCount, authors, unconfirmedNames }: BylineEntry,
): [number, string][] => {
  const below = index + lineCount;
  const { line, features } = lines[below] ?? {};
  const isTitle =
    line !== undefined &&
    line.words <= 6 &&
    !features?.endsSentence &&
    isJobTitle(line.text) &&
    !parseCredits(line.text);
  return isTitle && authors.length + unconfirmedNames.length > 0 ? [[below, 'job title']] : [];
};

const selectNamedEntries = (entries: readonly BylineEntry[]): readonly BylineEntry[] => {
  const named = entries.filter(({ authors, editors }) => authors.length + editors.length > 0);
  const lead = named.find(({ isBelowHeadline }) => isBelowHeadline) ?? named[0];
  return lead ? named.filter(({ index }) => Math.abs(index - lead.index) <= 2) : [];
};

const selectDatedEntry = (entries: readonly BylineEntry[]): BylineEntry | undefined => {
  const dated = entries.filter(({ day }) => day !== undefined);
  return (
    dated.find(({ isBelowHeadline, updated }) => isBelowHeadline && !updated) ??
    dated.find(({ isBelowHeadline }) => isBelowHeadline) ??
    dated.find(({ updated }) => !updated) ??
    dated[0]
  );
};

/** In a diary the first date is a heading like the others. */
const isDiary = (lines: readonly AnalyzedLine[], { index, stamp }: BylineEntry, dayFirst: () => boolean): boolean => {
  const isDay = ({ line }: AnalyzedLine) => {
    const found = line.words <= 8 && /\d/u.test(line.text) ? parseByline(line.text, dayFirst) : undefined;
    return found?.stamp && found.day;
  };
  const below = lines.slice(index + 1);
  return (
    stamp &&
    below
      .slice(
        Math.max(
          0,
          below.findIndex(({ features }) => features.prose),
        ),
      )
      .some(isDay)
  );
};

const bylineWithoutName = /^(?:(?:written |posted |edited )?by|von|par|por|di|door|av|af|автор)\s*:?$/iu;

function* findBylines(
  lines: readonly AnalyzedLine[],
  { inStory, headlineIndex, isScraped }: StorySelection,
  dayFirst: () => boolean,
): Generator<BylineEntry> {
  const firstProse = lines.findIndex(({ features }, index) => inStory[index] === true && features.prose);
  const middle = headlineIndex ?? firstProse;
  if (middle === -1) return;
  let prose = 0;
  const end = Math.min(lines.length, middle + (isScraped ? maxLinesBelow : maxLinesBelowInOwnText) + 1);
  for (let index = isScraped ? Math.max(0, middle - maxLinesAbove) : middle + 1; index < end; index += 1) {
    const item = lines[index];
    if (!item || index === headlineIndex) continue;
    if (item.features.prose && index > middle) prose += 1;
    if (prose > (isScraped ? 1 : 0)) return;
    if (item.features.prose || item.features.discussion) continue;
    const lineCount = bylineWithoutName.test(item.line.text) ? 2 : 1;
    const texts = lines.slice(index, index + lineCount).map(({ line }) => line.text);
    const found = parseByline(texts.join(' '), dayFirst);
    if (found) yield { ...found, index, lineCount, isBelowHeadline: index > middle };
    if (lineCount === 2) index += 1;
  }
}

const institutionWords = new Set(
  'article press agency news staff team editorial editors editor association services service gazette times post daily wire magazine media blog redaktion agence agencia reuters'.split(
    ' ',
  ),
);

/** A name is the author's where a date or a job title is next to it, and its words are lower-case nowhere. */
const findConfirmedName = (
  entries: readonly BylineEntry[],
  lines: readonly AnalyzedLine[],
): BylineEntry | undefined => {
  const candidates = entries.filter(
    (entry) => entry.unconfirmedNames.length > 0 && !isChrome(lines[entry.index]) && isConfirmed(entry, entries, lines),
  );
  if (candidates.length === 0) return undefined;
  const lowercaseWords = new Set(
    lines.flatMap(({ line }) => line.text.match(/(?<![\p{L}\p{N}])\p{Ll}[\p{L}\p{M}]+/gu) ?? []),
  );
  const { weekdays, months } = getCalendarNames();
  const isCommonWord = (word: string) =>
    lowercaseWords.has(word) || institutionWords.has(word) || weekdays.has(word) || months.has(word);
  const hasCommonWord = (name: string) =>
    name
      .toLowerCase()
      .split(/[\s-]+/u)
      .some(isCommonWord);
  return candidates.find(({ unconfirmedNames }) => !unconfirmedNames.some(hasCommonWord));
};

const isChrome = (item: AnalyzedLine | undefined): boolean =>
  item === undefined || item.features.label || item.features.keyword || item.features.opening;

const isConfirmed = (entry: BylineEntry, entries: readonly BylineEntry[], lines: readonly AnalyzedLine[]): boolean => {
  if (entry.day) return true;
  if (!entry.isBelowHeadline) return false;
  const { line } = lines[entry.index + 1] ?? {};
  const isTitleBelow = line !== undefined && line.words <= 8 && isJobTitle(line.text);
  return isTitleBelow || entries.some((other) => isStampNextTo(other, entry, lines));
};

/** Lines without words may be between the two. */
const isStampNextTo = (stamp: BylineEntry, entry: BylineEntry, lines: readonly AnalyzedLine[]): boolean => {
  if (entry === stamp || !stamp.stamp) return false;
  const [from, to] = [Math.min(entry.index, stamp.index), Math.max(entry.index, stamp.index)];
  return lines.slice(from + 1, to).every(({ line }) => line.words === 0);
};
