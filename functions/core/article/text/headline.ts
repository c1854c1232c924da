import type { SignedLine } from './surroundings.ts';

/** A headline stands at most so many lines above the first prose of its story. */
const reach = 40;

/**
 * Finds the headline of a scraped page: the index of its line. It looks like a title, its words come again in the
 * story, it may stand on the page more than once, and the story or a by-line follows it.
 */
export function findHeadline(lines: readonly SignedLine[], story: readonly boolean[]): number | undefined {
  const start = firstProse(lines, story);
  if (start === -1) return undefined;
  const told = storyWords(lines, story, start);
  let best: { index: number; score: number } | undefined;
  for (let index = Math.max(0, start - reach); index < start; index += 1) {
    const score = weigh(lines, index, start, told);
    if (score !== undefined && (best === undefined || score > best.score)) best = { index, score };
  }
  return best && best.score > 0 ? best.index : undefined;
}

function firstProse(lines: readonly SignedLine[], story: readonly boolean[]): number {
  const prose = lines.findIndex(({ signs }, index) => story[index] === true && signs.prose);
  return prose === -1 ? story.indexOf(true) : prose;
}

/** The longer words of the story's beginning. */
function storyWords(lines: readonly SignedLine[], story: readonly boolean[], start: number): Set<string> {
  const kept = lines.filter((_, index) => index >= start && story[index] === true).slice(0, 30);
  return new Set(kept.flatMap(({ line }) => line.text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []));
}

function weigh(
  lines: readonly SignedLine[],
  index: number,
  start: number,
  told: ReadonlySet<string>,
): number | undefined {
  const item = lines[index];
  if (!item || item.line.words === 0 || item.line.words > 40 || item.line.text.length > 300) return undefined;
  const { line, signs } = item;
  const long = line.key.match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  const echo = long.filter((word) => told.has(word)).length / Math.max(3, long.length);
  let score = echo * 3 - (start - index) * 0.08;
  if (line.words >= 4 && line.words <= 20) score += 1;
  if (line.words <= 2) score -= 1.5;
  if (signs.label) score -= 3;
  if (signs.opening || signs.ending) score -= 1;
  if (signs.stamp) score -= 1;
  if (signs.menu || signs.machine) score -= 0.7;
  if (signs.cue) score -= 0.5;
  if (signs.prose) score -= 1;
  if (signs.closed && !line.text.endsWith('?') && !line.text.endsWith('!')) score -= 1;
  if (line.text.endsWith(':')) score -= 1;
  if (lines.slice(index + 1, index + 4).some((next) => next.signs.stamp)) score += 0.8;
  if (index === 0) score += 0.7;
  if (lines.some((other, at) => at !== index && Math.abs(at - index) < 60 && other.line.key === line.key))
    score += 0.3;
  return score;
}
