import type { LineSigns } from './line-signs.ts';
import type { SignedLine } from './surroundings.ts';

/** From this much evidence on a text counts as a scraped page; below it nothing of it is cut. */
export const scrapedFrom = 1.5;

/**
 * How much in a text can only come from a web page: one for every request or heading of the page, less for the labels
 * of one word and for what authors write too, such as dates and addresses.
 */
export function chromeEvidence(lines: readonly SignedLine[]): number {
  let [sure, words, usual] = [0, 0, 0];
  for (const { line, signs } of lines) {
    if (signs.prose) continue;
    if (signs.label && line.words === 1) words += 1;
    else if (isSure(signs)) sure += 1;
    else if (isUsual(signs)) usual += 1;
  }
  return sure + words * 0.3 + Math.min(usual / 2, mostUsual);
}

/** However many dates and addresses there are, a diary or a list of links is no page for that. */
const mostUsual = 1;

function isSure(signs: LineSigns): boolean {
  return signs.label || signs.opening || signs.ending || signs.discussion || signs.pointer;
}

function isUsual(signs: LineSigns): boolean {
  const { contribution, menu, cue, stamp, machine, policy, picture } = signs;
  return contribution || menu || cue || stamp || machine || policy || picture;
}
