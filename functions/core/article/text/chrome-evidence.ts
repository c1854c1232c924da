import type { AnalyzedLine } from './line-context.ts';
import type { LineFeatures } from './line-features.ts';

/** From this much evidence on a text counts as a scraped page; below it nothing of it is cut. */
export const minScrapedEvidence = 1.5;

/**
 * How much in a text can only come from a web page: one for every request or heading of the page, less for the labels
 * of one word and for what authors write too, such as dates and addresses.
 */
export const countChromeEvidence = (lines: readonly AnalyzedLine[]): number => {
  let [sure, words, usual] = [0, 0, 0];
  for (const { line, features } of lines) {
    if (features.prose) continue;
    if (features.label && line.words === 1) words += 1;
    else if (isStrongEvidence(features)) sure += 1;
    else if (isWeakEvidence(features)) usual += 1;
  }
  return sure + words * 0.3 + Math.min(usual / 2, maxWeakEvidence);
};

/** However many dates and addresses there are, a diary or a list of links is no page for that. */
const maxWeakEvidence = 1;

const isStrongEvidence = (signs: LineFeatures): boolean => {
  return signs.label || signs.opening || signs.ending || signs.discussion || signs.seeAlso;
};

const isWeakEvidence = (signs: LineFeatures): boolean => {
  const { contribution, menu, keyword, stamp, machine, policy, picture } = signs;
  return contribution || menu || keyword || stamp || machine || policy || picture;
};
