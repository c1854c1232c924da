import type { Block } from './story.ts';
import type { SignedLine } from './surroundings.ts';

const bullet = /^(?:[-*•‣▪●○·]|–(?= \p{L}))\s+(?=\S)/u;
const numbered = /^\(?(\d{1,3})[.)]\s+(?=\S)/u;
const quoted = /^>\s?/u;
const marked = /^#{1,6}\s+(?=\S)/u;
const verseLength = 70;

/** Joins the lines of a story into paragraphs, headings, lists and quotations. */
export function buildBlocks(lines: readonly SignedLine[], { verse }: { verse: boolean }): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const taken =
      takeQuote(lines, at) ??
      takeList(lines, at) ??
      takeHeading(lines, at) ??
      (verse ? takeVerse(lines, at) : undefined);
    const text = lines[at]?.line.text ?? '';
    const [block, count]: [Block, number] = taken ?? [{ kind: 'paragraph', lines: [text] }, 1];
    blocks.push(block);
    at += count;
  }
  return blocks;
}

type Taken = [block: Block, count: number] | undefined;

/** The lines from one on that all pass a test. */
function runFrom(
  lines: readonly SignedLine[],
  at: number,
  test: (item: SignedLine, index: number) => boolean,
): SignedLine[] {
  let end = at;
  for (let item = lines[end]; item && test(item, end - at); item = lines[end]) end += 1;
  return lines.slice(at, end);
}

function takeQuote(lines: readonly SignedLine[], at: number): Taken {
  const run = runFrom(lines, at, ({ line }) => quoted.test(line.text));
  return run.length === 0
    ? undefined
    : [{ kind: 'quote', lines: run.map(({ line }) => line.text.replace(quoted, '')) }, run.length];
}

function takeList(lines: readonly SignedLine[], at: number): Taken {
  const bullets = runFrom(lines, at, ({ line }) => bullet.test(line.text));
  if (bullets.length > 1)
    return [
      { kind: 'list', items: bullets.map(({ line }) => line.text.replace(bullet, '')) },
      bullets.length,
    ];
  const first = Number(numbered.exec(lines[at]?.line.text ?? '')?.[1]);
  const numbers = runFrom(
    lines,
    at,
    ({ line }, index) => Number(numbered.exec(line.text)?.[1]) === first + index,
  );
  if (numbers.length < 2) return undefined;
  return [
    { kind: 'list', items: numbers.map(({ line }) => line.text.replace(numbered, '')), from: first },
    numbers.length,
  ];
}

/** A short line on its own, without the end of a sentence, over prose. */
function takeHeading(lines: readonly SignedLine[], at: number): Taken {
  const [item, next] = [lines[at], lines[at + 1]];
  if (!item || !next) return undefined;
  const { line, signs } = item;
  if (marked.test(line.text)) return [{ kind: 'heading', text: line.text.replace(marked, '') }, 1];
  const alone = line.gapBefore && line.gapAfter;
  const heading =
    alone && line.words > 0 && line.words <= 12 && !/[\p{P}]$/u.test(line.text.replace(/[?!)\]"”’»]$/u, ''));
  return heading && !signs.closed && next.signs.prose ? [{ kind: 'heading', text: line.text }, 1] : undefined;
}

/** Short lines with no empty line between them keep their breaks. */
function takeVerse(lines: readonly SignedLine[], at: number): Taken {
  const run = runFrom(
    lines,
    at,
    ({ line }, index) => line.text.length <= verseLength && (index === 0 || !line.gapBefore),
  );
  return run.length < 2
    ? undefined
    : [{ kind: 'paragraph', lines: run.map(({ line }) => line.text) }, run.length];
}
