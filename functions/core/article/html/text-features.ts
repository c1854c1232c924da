import type { AnalyzedLine } from '../text/line-context.ts';
import { quantize } from '../text/quantize.ts';
import { compareWordSets, splitWords } from './split-words.ts';

/** What is known of an article before its body is found. */
export interface KnownArticle {
  readonly title: string;
  readonly description: string;
  readonly authors: readonly string[];
  readonly declaredBody: string;
  readonly host: string;
}

const lineKinds = [
  'discussion',
  'contribution',
  'policy',
  'bio',
  'picture',
  'seeAlso',
  'control',
  'code',
  'separator',
] as const;

export function* extractTextFeatures({ line, features }: AnalyzedLine): Generator<string> {
  const short = line.words <= 12;
  const length = line.words <= 4 ? 'tiny' : short ? 'short' : 'long';
  yield `words ${quantize(line.words, [0, 1, 2, 4, 8, 12, 20, 35, 60])}`;
  if (features.prose) yield 'prose';
  if (features.endsSentence) yield `${length} closed`;
  if (features.label) yield 'label';
  if (features.opening) yield `${length} opening`;
  if (features.ending) yield `${length} ending`;
  if (features.keyword) yield `${length} keyword`;
  if (features.stamp) yield `${length} stamp`;
  if (features.menu) yield `${length} menu`;
  if (features.machine) yield `${length} machine`;
  for (const name of lineKinds) if (features[name]) yield `${length} ${name}`;
  if (features.item) yield 'item';
  if (features.capitals) yield 'capitals';
  if (line.text.endsWith('?')) yield 'asks';
  if (/(?:\.\.\.|…)$/.test(line.text)) yield 'trails off';
  if (line.text.endsWith(':')) yield `${length} colon`;
}

const maxDeclaredLength = 100_000;
const minDeclaredLength = 400;
const openingWords = 8;

/** Creates a test of whether the declared body has a run of words; undefined where it is too short to say. */
const createDeclaredTest = (declaredBody: string): ((words: readonly string[]) => boolean) | undefined => {
  if (declaredBody.length <= minDeclaredLength) return undefined;
  const all = splitWords(declaredBody.slice(0, maxDeclaredLength));
  const runsByLength = new Map<number, ReadonlySet<string>>();
  return (words) => {
    const runs =
      runsByLength.get(words.length) ??
      new Set(all.map((_, index) => all.slice(index, index + words.length).join(' ')));
    runsByLength.set(words.length, runs);
    return runs.has(words.join(' '));
  };
};

/** Creates a function that compares the text of a block with what is known of the article. */
export const createMetadataFeatureExtractor = (known: KnownArticle): ((text: string) => Generator<string>) => {
  const titleWords = new Set(splitWords(known.title));
  const descriptionWords = new Set(splitWords(known.description));
  const isDeclared = createDeclaredTest(known.declaredBody);
  return function* extractMetadataFeatures(text) {
    const words = text.length < 600 ? new Set(splitWords(text)) : new Set<string>();
    const likeness = text.length < 400 ? compareWordSets(words, titleWords) : 0;
    if (likeness > 0.5) yield likeness > 0.8 ? 'is title' : 'like title';
    if (known.description && compareWordSets(words, descriptionWords) > 0.7) yield 'is description';
    if (text.length < 120 && known.authors.some((name) => text.toLowerCase().includes(name.toLowerCase())))
      yield 'names author';
    if (text.length >= 120 && known.authors.some((name) => text.slice(0, 60).includes(name))) yield 'opens with author';
    if (isDeclared && text.length > 20)
      yield isDeclared(splitWords(text).slice(0, openingWords)) ? 'declared' : 'not declared';
  };
};
