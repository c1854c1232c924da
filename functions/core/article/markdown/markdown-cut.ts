import type { CutText } from '../../article.ts';

/** What is left out of each text while it is parsed, by the environment that the library hands to its rules. */
const cutByEnvironment = new WeakMap<object, CutText[]>();

export const addMarkdownCut = (environment: object, cut: CutText): void => {
  const known = cutByEnvironment.get(environment);
  if (known) known.push(cut);
  else cutByEnvironment.set(environment, [cut]);
};

export const listMarkdownCut = (environment: object): readonly CutText[] => cutByEnvironment.get(environment) ?? [];
