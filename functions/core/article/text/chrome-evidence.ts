import type { AnalyzedLine } from './line-context.ts';
import type { LineFeatures } from './line-features.ts';

/** With this much evidence a text counts as a scraped page; nothing is cut from a text with less. */
export const minScrapedEvidence = 1.5;

/** However many dates and addresses it has, a diary or a list of links is not a scraped page for that. */
const maxWeakEvidence = 1;

const isStrongEvidence = ({ label, opening, ending, discussion, seeAlso }: LineFeatures): boolean =>
  label || opening || ending || discussion || seeAlso;

const isWeakEvidence = ({ contribution, menu, keyword, stamp, machine, policy, picture }: LineFeatures): boolean =>
  contribution || menu || keyword || stamp || machine || policy || picture;

/**
 * Evidence that a text is a scraped page: one for each line that only a page has, less for one-word labels and for what
 * authors write too, such as dates and addresses.
 */
export const countChromeEvidence = (lines: readonly AnalyzedLine[]): number => {
  let [strong, oneWordLabels, weak] = [0, 0, 0];
  for (const { line, features } of lines) {
    if (features.prose) continue;
    if (features.label && line.words === 1) oneWordLabels += 1;
    else if (isStrongEvidence(features)) strong += 1;
    else if (isWeakEvidence(features)) weak += 1;
  }
  return strong + oneWordLabels * 0.3 + Math.min(weak / 2, maxWeakEvidence);
};
