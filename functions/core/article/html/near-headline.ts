import type { StatedTime } from '../../article.ts';
import { cleanName, splitNames } from './find-authors.ts';
import type { PageBlock } from './page-blocks.ts';
import { parseStatedTime, type TimeContext } from './parse-stated-time.ts';
import { splitWords } from './split-words.ts';

const maxLinesAbove = 3;
const maxLinesBelow = 8;
const maxLineLength = 120;

const bylinePattern =
  /^(?:(?:written|posted|published|reported|story|words)\s+by|by|von|par|por|di|door|author)\b\s*:?\s*(.*)$/i;

/** The short lines around the headline, from three above it to eight below. */
export const selectLinesNearHeadline = (blocks: readonly PageBlock[], headline: number): string[] =>
  headline < 0
    ? []
    : blocks
        .slice(Math.max(0, headline - maxLinesAbove), headline + 1 + maxLinesBelow)
        .map(({ text }) => text)
        .filter((text) => text.length <= maxLineLength);

const particles = /^(?:de|da|di|del|della|der|den|van|von|la|le|el|al|bin|ibn|dos|du|y|ten|ter)$/;

/** Two to five words with capitals, such as a person's name has. */
const isFullName = (name: string): boolean => {
  const words = name.split(/\s+/);
  return (
    words.length > 1 &&
    words.length < 6 &&
    words.every((word) => /^\p{Lu}[\p{L}.'’-]*$/u.test(word) || particles.test(word))
  );
};

const parseNames = (written: string): string[] => splitNames(written).flatMap((name) => cleanName(name) ?? []);

/** A line that is a name alone, of someone whom the page describes further down: "Ann Lee is a reporter …" */
const findDescribedName = (lines: readonly string[], blocks: readonly PageBlock[]): string[] => {
  const name = lines.find((line) => isFullName(line) && blocks.some(({ text }) => text.startsWith(`${line} is `)));
  return name === undefined ? [] : [name];
};

/** The authors named in a line such as "By Ann Lee and Bo Ek", in the line after a lone "By", or alone and described below. */
export const findAuthorsNearHeadline = (lines: readonly string[], blocks: readonly PageBlock[]): string[] => {
  for (const [index, line] of lines.entries()) {
    const opening = bylinePattern.exec(line)?.[1];
    const written = opening?.trim() === '' ? lines[index + 1] : opening;
    const names = parseNames(written ?? '').filter((name) => splitWords(name).length <= 5 && !/[.!?:]\s|\d/.test(name));
    if (names.length > 0) return names;
    const later = parseNames(/[\s·|,][Bb]y (\p{Lu}.*)$/u.exec(line)?.[1] ?? '').filter(isFullName);
    if (later.length > 0) return later;
  }
  return findDescribedName(lines, blocks);
};

/** The first date that stands by itself near the headline. */
export const findDateNearHeadline = (lines: readonly string[], context: TimeContext): StatedTime | undefined => {
  for (const line of lines) {
    const time = parseStatedTime(line, context);
    if (time) return time;
  }
  return undefined;
};
