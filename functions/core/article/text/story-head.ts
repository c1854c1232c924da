import { type Byline, parseByline } from './byline.ts';
import { getCalendarNames } from './calendar-names.ts';
import { isRole } from './credits.ts';
import type { AnalyzedLine } from './line-context.ts';
import type { PrintedDay } from './printed-day.ts';
import type { Credits } from './story.ts';

/** Who wrote a story and when, as the lines around its headline say, and which lines these are. */
export interface StoryHead {
  readonly credits: Credits;
  readonly printed?: PrintedDay;
  readonly lineIndexes: ReadonlySet<number>;
}

/** What the head of a story is looked for in. */
export interface StoryHeadSearch {
  readonly inStory: readonly boolean[];
  /** The headline's line. */
  readonly headlineIndex: number | undefined;
  readonly scraped: boolean;
  readonly dayFirst: () => boolean;
}

/** A line of the head that says something; `below` the headline. */
interface BylineEntry extends Byline {
  readonly index: number;
  /** It says it together with the next line: "By", "Anna Berg". */
  readonly rows: number;
  readonly below: boolean;
}

/** Of a page so many lines above its headline may belong to it, and so many below, a standfirst among them. */
const maxLinesAbove = 4;
const maxLinesBelow = 14;
/** In an author's own text they follow the headline and at most one line under it. */
const maxLinesBelowInOwnText = 3;

/** Reads the lines around the headline for authors and the date. */
export const parseStoryHead = (lines: readonly AnalyzedLine[], search: StoryHeadSearch): StoryHead => {
  const entries = [...findBylines(lines, search)].filter(({ isComplete }) => isComplete || search.scraped);
  const byLines = entries.filter(({ authors, editors }) => authors.length + editors.length > 0);
  const lead = byLines.find((entry) => entry.below) ?? byLines[0];
  const named = lead ? byLines.filter(({ index }) => Math.abs(index - lead.index) <= 2) : [];
  const vouched = lead ? undefined : findConfirmedName(entries, lines);
  const days = entries.filter(({ day }) => day !== undefined);
  const likeliest =
    days.find((entry) => entry.below && !entry.updated) ??
    days.find((entry) => entry.below) ??
    days.find((entry) => !entry.updated) ??
    days[0];
  const dated = likeliest && !search.scraped && isDiary(lines, likeliest, search) ? undefined : likeliest;
  const known = [...named, ...(vouched ? [vouched] : []), ...(dated ? [dated] : [])];
  return {
    credits: {
      authors: [...new Set([...named.flatMap(({ authors }) => authors), ...(vouched?.unconfirmedNames ?? [])])],
      editors: [...new Set(named.flatMap(({ editors }) => editors))],
    },
    ...(dated?.day ? { printed: dated.day } : {}),
    lineIndexes: new Set(known.flatMap(({ index, rows }) => (rows === 2 ? [index, index + 1] : [index]))),
  };
};

/** In a diary the first date is a heading as the others are. */
const isDiary = (
  lines: readonly AnalyzedLine[],
  { index, stamp }: BylineEntry,
  { dayFirst }: StoryHeadSearch,
): boolean => {
  const isDay = ({ line }: AnalyzedLine) => {
    const found = line.words <= 8 && /\d/u.test(line.text) ? parseByline(line.text, dayFirst) : undefined;
    return found?.stamp && found.day;
  };
  return stamp && lines.slice(index + 1).some(isDay);
};

const bylineWithoutName = /^(?:(?:written |posted |edited )?by|von|par|por|di|door|av|af|автор)\s*:?$/iu;

function* findBylines(
  lines: readonly AnalyzedLine[],
  { inStory, headlineIndex, scraped, dayFirst }: StoryHeadSearch,
): Generator<BylineEntry> {
  const first = lines.findIndex(({ features }, index) => inStory[index] === true && features.prose);
  const middle = headlineIndex ?? first;
  if (middle === -1) return;
  let prose = 0;
  const end = Math.min(lines.length, middle + (scraped ? maxLinesBelow : maxLinesBelowInOwnText) + 1);
  for (let index = scraped ? Math.max(0, middle - maxLinesAbove) : middle + 1; index < end; index += 1) {
    const item = lines[index];
    if (!item || index === headlineIndex) continue;
    if (item.features.prose && index > middle) prose += 1;
    if (prose > (scraped ? 1 : 0)) return;
    if (item.features.prose || item.features.discussion) continue;
    const rows = bylineWithoutName.test(item.line.text) ? 2 : 1;
    const text = lines
      .slice(index, index + rows)
      .map(({ line }) => line.text)
      .join(' ');
    const found = parseByline(text, dayFirst);
    if (found) yield { ...found, index, rows, below: index > middle };
    if (rows === 2) index += 1;
  }
}

/** A name is the author's where a date or a role stands beside it, and its words are never written small. */
const findConfirmedName = (
  entries: readonly BylineEntry[],
  lines: readonly AnalyzedLine[],
): BylineEntry | undefined => {
  const candidates = entries.filter(
    (entry) => entry.unconfirmedNames.length > 0 && !isChrome(lines[entry.index]) && isConfirmed(entry, entries, lines),
  );
  if (candidates.length === 0) return undefined;
  const small = new Set(lines.flatMap(({ line }) => line.text.match(/(?<![\p{L}\p{N}])\p{Ll}[\p{L}\p{M}]+/gu) ?? []));
  const { weekdays, months } = getCalendarNames();
  const isUsual = (word: string) =>
    small.has(word) || institutionWords.has(word) || weekdays.has(word) || months.has(word);
  return candidates.find(
    ({ unconfirmedNames }) =>
      !unconfirmedNames.some((name) =>
        name
          .toLowerCase()
          .split(/[\s-]+/u)
          .some(isUsual),
      ),
  );
};

const isChrome = (item: AnalyzedLine | undefined): boolean => {
  return item === undefined || item.features.label || item.features.keyword || item.features.opening;
};

const isConfirmed = (entry: BylineEntry, entries: readonly BylineEntry[], lines: readonly AnalyzedLine[]): boolean => {
  if (entry.day) return true;
  if (!entry.below) return false;
  const { line } = lines[entry.index + 1] ?? {};
  const role = line !== undefined && line.words <= 8 && isRole(line.text);
  return role || entries.some((other) => isBeside(entry, other, lines));
};

const institutionWords = new Set(
  'article press agency news staff team editorial editors editor association services service gazette times post daily wire magazine media blog redaktion agence agencia reuters'.split(
    ' ',
  ),
);

/** Next to each other, or parted by lines without words. */
const isBeside = (one: BylineEntry, other: BylineEntry, lines: readonly AnalyzedLine[]): boolean => {
  if (one === other || !other.stamp) return false;
  const [from, to] = [Math.min(one.index, other.index), Math.max(one.index, other.index)];
  return lines.slice(from + 1, to).every(({ line }) => line.words === 0);
};
