import { functionWords } from '../../text/function-words.ts';
import { parseByline } from './byline.ts';
import { parseDateline } from './dateline.ts';
import { canBeHeadline } from './find-story-headline.ts';
import type { AnalyzedLine } from './line-context.ts';
import { joinRows } from './unwrap-lines.ts';

/** The lines of an author's own text, with its headline as one of them. */
export interface OwnHeadline {
  readonly lines: readonly AnalyzedLine[];
  readonly headlineIndex: number | undefined;
  /** A word or two above the headline, such as "EXCLUSIVE". */
  readonly hasKicker: boolean;
}

const kickers = new Set(
  `exclusive|breaking|breaking news|just in|opinion|analysis|comment|editorial|interview|feature|review|update|news|sport|sports|politics|business|culture|world|local news|special report|in brief|
exklusiv|eilmeldung|meinung|kommentar|analyse|wirtschaft|politik|kultur|lokales|porträt|exclusif|tribune|entretien|reportage|économie|politique|exclusiva|opinión|análisis|entrevista|reportaje|economía|política|cultura|deportes|exclusivo|opinião|análise|reportagem|economia|desporto|esportes|esclusiva|opinione|cronaca|intervista|politica|эксклюзив|мнение|срочно|интервью|экономика|политика|独家|评论|快讯|社説|特集|速報|칼럼|사설|속보|단독`
    .split('|')
    .map((word) => word.trim()),
);

/** The headline is the first line, unless that is a paragraph; the second below a kicker; both where it is broken. */
export const findOwnHeadline = (lines: readonly AnalyzedLine[]): OwnHeadline => {
  const hasKicker = isKicker(lines);
  const index = hasKicker ? 1 : 0;
  const first = lines[index];
  if (!first || !canBeHeadline(first)) return { lines, headlineIndex: undefined, hasKicker: false };
  const count = countHeadlineLines(lines.slice(index, index + maxHeadlineLines + 1));
  const merged = count === 1 ? lines : lines.toSpliced(index, count, mergeLines(lines.slice(index, index + count)));
  return { lines: merged, headlineIndex: index, hasKicker };
};

const maxHeadlineLines = 3;

const isKicker = ([first, second, ...below]: readonly AnalyzedLine[]): boolean => {
  if (!first || !second || first.line.words > 3 || second.features.prose || second.line.words < 3) return false;
  if (second.features.endsSentence || isHeadLine(second)) return false;
  const { text } = first.line;
  const bare = text.replace(/^[\s[(/|*]+|[\s\])/|:*]+$/gu, '').toLowerCase();
  const isShouted = first.features.capitals && !second.features.capitals && /\p{L}{3}/u.test(text);
  return (kickers.has(bare) || isShouted) && below.slice(0, 3).some(({ features }) => features.prose);
};

/** A by-line or a dateline. */
const isHeadLine = ({ line }: AnalyzedLine): boolean => {
  const { authors = [], editors = [], day, stamp } = parseByline(line.text, () => false) ?? {};
  return (
    authors.length + editors.length > 0 || day !== undefined || stamp === true || parseDateline(line.text) !== undefined
  );
};

/** A headline of several lines has an empty one below. */
const countHeadlineLines = (lines: readonly AnalyzedLine[]): number => {
  for (const [index, { line }] of lines.slice(0, maxHeadlineLines).entries()) {
    const next = lines[index + 1];
    if (line.gapAfter) return index + 1;
    if (!next || !isContinuedBy(lines[index], next)) return 1;
  }
  return 1;
};

const maxLineLength = 100;

const isContinuedBy = (one: AnalyzedLine | undefined, next: AnalyzedLine): boolean => {
  if (!one || one.features.endsSentence || next.features.prose || next.line.text.length > maxLineLength) return false;
  if (isHeadLine(one) || isHeadLine(next) || next.features.item) return false;
  const [text, below] = [one.line.text, next.line.text];
  if (/^\p{Ll}/u.test(below) || /[,–—-]$/u.test(text) || isFunctionWord(/\p{L}+$/u.exec(text)?.[0] ?? '')) return true;
  if (one.features.capitals && next.features.capitals) return true;
  return text.length >= minTitleCaseLength && isTitleCase(one) && isTitleCase(next);
};

const minTitleCaseLength = 25;

const isTitleCase = ({ line }: AnalyzedLine): boolean => line.words >= 2 && line.lowercaseShare <= 0.34;

const prepositions = new Set('after before over under against amid about without until despite between'.split(' '));

const isFunctionWord = (word: string): boolean =>
  prepositions.has(word) ||
  (word.length > 1 && [...functionWords.values()].some((words) => words.has(word.toLowerCase())));

const mergeLines = (lines: readonly AnalyzedLine[]): AnalyzedLine => {
  const [first, ...rest] = lines;
  if (!first) throw new TypeError('a headline has a line');
  const text = rest.reduce((joined, { line }) => joinRows(joined, line.text), first.line.text);
  const words = lines.reduce((sum, { line }) => sum + line.words, 0);
  return { ...first, line: { ...first.line, text, words, gapAfter: true } };
};
