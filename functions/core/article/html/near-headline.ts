import type { StatedTime } from '../article.ts';
import type { Block } from './blocks.ts';
import { cleanName, splitNames } from './read-authors.ts';
import { readStatedTime, type TimeContext } from './stated-time.ts';
import { wordsOf } from './words.ts';

const linesAbove = 3;
const linesBelow = 8;
const longest = 120;

const byLine =
  /^(?:(?:written|posted|published|reported|story|words)\s+by|by|von|par|por|di|door|author)\b\s*:?\s*(.*)$/i;

/** The short lines around the headline, from three above it to eight below. */
export const linesNear = (blocks: readonly Block[], headline: number): string[] =>
  headline < 0
    ? []
    : blocks
        .slice(Math.max(0, headline - linesAbove), headline + 1 + linesBelow)
        .map(({ text }) => text)
        .filter((text) => text.length <= longest);

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

const namesIn = (written: string): string[] => splitNames(written).flatMap((name) => cleanName(name) ?? []);

/** A line that is a name alone, of someone whom the page describes further down: "Ann Lee is a reporter …" */
const describedName = (lines: readonly string[], blocks: readonly Block[]): string[] => {
  const name = lines.find(
    (line) => isFullName(line) && blocks.some(({ text }) => text.startsWith(`${line} is `)),
  );
  return name === undefined ? [] : [name];
};

/** The authors named in a line such as "By Ann Lee and Bo Ek", in the line after a lone "By", or alone and described below. */
export const authorsNear = (lines: readonly string[], blocks: readonly Block[]): string[] => {
  for (const [index, line] of lines.entries()) {
    const opening = byLine.exec(line)?.[1];
    const written = opening?.trim() === '' ? lines[index + 1] : opening;
    const names = namesIn(written ?? '').filter(
      (name) => wordsOf(name).length <= 5 && !/[.!?:]\s|\d/.test(name),
    );
    if (names.length > 0) return names;
    const later = namesIn(/[\s·|,][Bb]y (\p{Lu}.*)$/u.exec(line)?.[1] ?? '').filter(isFullName);
    if (later.length > 0) return later;
  }
  return describedName(lines, blocks);
};

/** The first date that stands by itself near the headline. */
export const dateNear = (lines: readonly string[], context: TimeContext): StatedTime | undefined => {
  for (const line of lines) {
    const time = readStatedTime(line, context);
    if (time) return time;
  }
  return undefined;
};
