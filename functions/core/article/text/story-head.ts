import { type ByLine, readByLine } from './by-line.ts';
import { isRole } from './credits.ts';
import { calendarNames } from './months-and-weekdays.ts';
import type { PrintedDay } from './printed-day.ts';
import type { Credits } from './story.ts';
import type { SignedLine } from './surroundings.ts';

/** Who wrote a story and when, as the lines around its headline say, and which lines these are. */
export interface StoryHead {
  readonly credits: Credits;
  readonly printed?: PrintedDay;
  readonly lines: ReadonlySet<number>;
}

/** What the head of a story is looked for in. */
export interface HeadSearch {
  readonly story: readonly boolean[];
  /** The headline's line. */
  readonly top: number | undefined;
  readonly scraped: boolean;
  readonly dayFirst: () => boolean;
}

/** A line of the head that says something; `below` the headline. */
interface Entry extends ByLine {
  readonly index: number;
  /** It says it together with the next line: "By", "Anna Berg". */
  readonly rows: number;
  readonly below: boolean;
}

/** Of a page so many lines above its headline may belong to it, and so many below, a standfirst among them. */
const above = 4;
const below = 14;
/** In an author's own text they follow the headline and at most one line under it. */
const belowOwn = 3;

/** Reads the lines around the headline for authors and the date. */
export function readStoryHead(lines: readonly SignedLine[], search: HeadSearch): StoryHead {
  const entries = [...entriesOf(lines, search)].filter(({ whole }) => whole || search.scraped);
  const byLines = entries.filter(({ authors, editors }) => authors.length + editors.length > 0);
  const lead = byLines.find((entry) => entry.below) ?? byLines[0];
  const named = lead ? byLines.filter(({ index }) => Math.abs(index - lead.index) <= 2) : [];
  const vouched = lead ? undefined : vouchedName(entries, lines);
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
      authors: [...new Set([...named.flatMap(({ authors }) => authors), ...(vouched?.names ?? [])])],
      editors: [...new Set(named.flatMap(({ editors }) => editors))],
    },
    ...(dated?.day ? { printed: dated.day } : {}),
    lines: new Set(known.flatMap(({ index, rows }) => (rows === 2 ? [index, index + 1] : [index]))),
  };
}

/** In a diary the first date is a heading as the others are. */
function isDiary(lines: readonly SignedLine[], { index, stamp }: Entry, { dayFirst }: HeadSearch): boolean {
  const isDay = ({ line }: SignedLine) => {
    const found = line.words <= 8 && /\d/u.test(line.text) ? readByLine(line.text, dayFirst) : undefined;
    return found?.stamp && found.day;
  };
  return stamp && lines.slice(index + 1).some(isDay);
}

const lonelyBy = /^(?:(?:written |posted |edited )?by|von|par|por|di|door|av|af|автор)\s*:?$/iu;

function* entriesOf(
  lines: readonly SignedLine[],
  { story, top, scraped, dayFirst }: HeadSearch,
): Generator<Entry> {
  const first = lines.findIndex(({ signs }, index) => story[index] === true && signs.prose);
  const middle = top ?? first;
  if (middle === -1) return;
  let prose = 0;
  const end = Math.min(lines.length, middle + (scraped ? below : belowOwn) + 1);
  for (let index = scraped ? Math.max(0, middle - above) : middle + 1; index < end; index += 1) {
    const item = lines[index];
    if (!item || index === top) continue;
    if (item.signs.prose && index > middle) prose += 1;
    if (prose > (scraped ? 1 : 0)) return;
    if (item.signs.prose || item.signs.discussion) continue;
    const rows = lonelyBy.test(item.line.text) ? 2 : 1;
    const text = lines
      .slice(index, index + rows)
      .map(({ line }) => line.text)
      .join(' ');
    const found = readByLine(text, dayFirst);
    if (found) yield { ...found, index, rows, below: index > middle };
    if (rows === 2) index += 1;
  }
}

/** A name is the author's where a date or a role stands beside it, and its words are never written small. */
function vouchedName(entries: readonly Entry[], lines: readonly SignedLine[]): Entry | undefined {
  const candidates = entries.filter(
    (entry) => entry.names.length > 0 && !isChrome(lines[entry.index]) && isVouched(entry, entries, lines),
  );
  if (candidates.length === 0) return undefined;
  const small = new Set(
    lines.flatMap(({ line }) => line.text.match(/(?<![\p{L}\p{N}])\p{Ll}[\p{L}\p{M}]+/gu) ?? []),
  );
  const { weekdays, months } = calendarNames();
  const isUsual = (word: string) =>
    small.has(word) || institutions.has(word) || weekdays.has(word) || months.has(word);
  return candidates.find(
    ({ names }) =>
      !names.some((name) =>
        name
          .toLowerCase()
          .split(/[\s-]+/u)
          .some(isUsual),
      ),
  );
}

function isChrome(item: SignedLine | undefined): boolean {
  return item === undefined || item.signs.label || item.signs.cue || item.signs.opening;
}

function isVouched(entry: Entry, entries: readonly Entry[], lines: readonly SignedLine[]): boolean {
  if (entry.day) return true;
  if (!entry.below) return false;
  const { line } = lines[entry.index + 1] ?? {};
  const role = line !== undefined && line.words <= 8 && isRole(line.text);
  return role || entries.some((other) => isBeside(entry, other, lines));
}

const institutions = new Set(
  'article press agency news staff team editorial editors editor association services service gazette times post daily wire magazine media blog redaktion agence agencia reuters'.split(
    ' ',
  ),
);

/** Next to each other, or parted by lines without words. */
function isBeside(one: Entry, other: Entry, lines: readonly SignedLine[]): boolean {
  if (one === other || !other.stamp) return false;
  const [from, to] = [Math.min(one.index, other.index), Math.max(one.index, other.index)];
  return lines.slice(from + 1, to).every(({ line }) => line.words === 0);
}
