import type { AnalyzedLine, LineContext } from './line-context.ts';
import { quantize } from './quantize.ts';

const powersOfTwo = [1, 2, 4, 8, 16];

/** What speaks for or against a line's being the author's. Its weights are in line-weights.json. */
export function* extractStoryLineFeatures(item: AnalyzedLine, context: LineContext): Generator<string> {
  const { words } = item.line;
  const length = words <= 4 ? 'tiny' : words <= 12 ? 'short' : 'long';
  yield* extractShapeFeatures(item, length);
  yield* extractPhraseFeatures(item, length);
  yield* extractPositionFeatures(context, item.features.prose);
}

type Length = 'tiny' | 'short' | 'long';

function* extractShapeFeatures({ line, features }: AnalyzedLine, length: Length): Generator<string> {
  yield line.words === 0 ? 'no word' : `words ${quantize(line.words, [1, 2, 4, 8, 12, 20, 35, 60])}`;
  yield `${length} gap ${line.gapBefore ? 'before' : ''}${line.gapAfter ? 'after' : ''}`;
  if (features.endsSentence) yield `${length} closed`;
  if (line.text.endsWith('?')) yield 'asks';
  if (line.text.endsWith(':')) yield `${length} colon`;
  if (features.prose) yield 'prose';
  else yield `${length} small ${formatLowercaseShare(line.lowercaseShare)}`;
}

function* extractPhraseFeatures({ features }: AnalyzedLine, length: Length): Generator<string> {
  const shortOrLong = length === 'long' ? 'long' : 'short';
  if (features.control) yield 'control';
  else if (features.label) yield 'label';
  if (features.opening) yield `${shortOrLong} opening`;
  if (features.ending) yield `${shortOrLong} ending`;
  if (features.keyword) yield `${shortOrLong} keyword`;
  if (features.machine) yield `${length} machine`;
  if (features.menu) yield 'menu';
  else if (features.separator) yield 'separator';
  for (const feature of directFeatures) if (features[feature]) yield feature;
}

const directFeatures = ['discussion', 'contribution', 'policy', 'bio', 'picture', 'stamp', 'item', 'capitals'] as const;

function* extractPositionFeatures(context: LineContext, prose: boolean): Generator<string> {
  yield `since ${formatDistance(context.sinceProse)}`;
  yield `until ${formatDistance(context.untilProse)}`;
  if (!prose && context.sinceProse === 1 && context.untilProse === 1) yield 'between prose';
  yield `before ${formatShare(context.proseBefore)}`;
  yield `after ${formatShare(context.proseAfter)}`;
  yield `prose near ${quantize(context.proseNear, powersOfTwo)}`;
  if (context.run > 0) {
    yield `run ${quantize(context.run, powersOfTwo)}`;
    yield `run of chrome ${formatLevel(context.runChrome)}`;
    yield `run of small letters ${formatLevel(context.runLowercase)}`;
    if (context.runItems > 0.25) yield 'run of items';
  }
  yield `chrome near ${context.chromeNear > 3 ? 'many' : context.chromeNear > 1 ? 'some' : context.chromeNear}`;
  if (context.endingsBefore > 0) yield `ended ${context.endingsBefore > 2 ? 'often' : context.endingsBefore}`;
  if (context.discussions > 0) yield `discussed ${context.discussions > 1 ? 'often' : 'once'}`;
  if (context.contributionsNear > 1) yield `contributions ${context.contributionsNear > 3 ? 'many' : 'some'}`;
  if (context.repeated) yield 'repeated';
  if (context.repeatedNear > 1) yield 'repeated near';
}

const formatLowercaseShare = (share: number): string => {
  if (share >= 0.6) return 'most';
  return share >= 0.3 ? 'half' : share > 0 ? 'few' : 'none';
};

const formatDistance = (distance: number): string =>
  distance === Number.POSITIVE_INFINITY ? 'never' : quantize(distance, powersOfTwo);

const formatShare = (share: number): string =>
  share <= 0.001 ? 'none' : quantize(share, [0.02, 0.1, 0.3, 0.7, 0.95], 'all');

const formatLevel = (share: number): string => quantize(share, [0.05, 0.15, 0.3, 0.5, 0.75], 'most');
