import type { AnalyzedLine } from '../text/line-context.ts';
import { quantize } from '../text/quantize.ts';
import { compareWords, splitWords } from './split-words.ts';

/** What is known of an article before its body is found. */
export interface KnownArticle {
  readonly title: string;
  readonly description: string;
  readonly authors: readonly string[];
  readonly declaredBody: string;
  readonly host: string;
}

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
  if (features.item) yield 'item';
  if (features.capitals) yield 'capitals';
  if (line.text.endsWith('?')) yield 'asks';
  if (/(?:\.\.\.|…)$/.test(line.text)) yield 'trails off';
  if (line.text.endsWith(':')) yield `${length} colon`;
}

/** How a block relates to what is known of the article; `declaredWords` are the words of its declared body. */
export function* extractMetadataFeatures(text: string, known: KnownArticle, declaredWords: string): Generator<string> {
  const likeness = text.length < 400 ? compareWords(text, known.title) : 0;
  if (likeness > 0.5) yield likeness > 0.8 ? 'is title' : 'like title';
  if (known.description && text.length < 600 && compareWords(text, known.description) > 0.7) yield 'is description';
  if (text.length < 120 && known.authors.some((name) => text.toLowerCase().includes(name.toLowerCase())))
    yield 'names author';
  if (text.length >= 120 && known.authors.some((name) => text.slice(0, 60).includes(name))) yield 'opens with author';
  if (declaredWords !== '' && text.length > 20)
    yield declaredWords.includes(splitWords(text).slice(0, 8).join(' ')) ? 'declared' : 'not declared';
}
