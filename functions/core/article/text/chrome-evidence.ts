import type { LineSigns } from './line-signs.ts';
import type { SignedLine } from './surroundings.ts';

/** From this much evidence on a text counts as a scraped page; below it nothing of it is cut. */
export const scrapedFrom = 1.5;

/**
 * How much in a text can only come from a web page: one for every line that is a control, a request or a heading of
 * the page, one half for what authors write too, such as dates and addresses.
 */
export function chromeEvidence(lines: readonly SignedLine[]): number {
  return lines.reduce((sum, { signs }) => sum + (signs.prose ? 0 : weigh(signs)), 0);
}

function weigh(signs: LineSigns): number {
  if (signs.label || signs.opening || signs.ending || signs.discussion || signs.pointer) return 1;
  const half = signs.contribution || signs.menu || signs.cue || signs.stamp || signs.machine || signs.policy;
  return half || signs.picture ? 0.5 : 0;
}
