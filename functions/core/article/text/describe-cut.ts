import type { AnalyzedLine } from './line-context.ts';

/** Why a line of a page is not in its story, for the author. */
export const describeCut = ({ line, features }: AnalyzedLine): string => {
  if (features.seeAlso) return 'link to another story';
  if (features.discussion || features.contribution) return 'comments of readers';
  const { label, control, menu, opening, ending } = features;
  if (label || control || menu || opening || ending) return 'page navigation';
  if (features.policy || features.machine) return 'notice of the page';
  if (features.picture) return 'picture credit';
  if (features.stamp) return 'date or reading time';
  if (features.bio) return 'note about the author';
  return line.words === 0 ? 'rule' : 'not part of the story';
};
