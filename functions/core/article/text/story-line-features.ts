import { splitLongWords } from './headline-features.ts';
import { type AnalyzedLine, type LineContext, measureLineContexts } from './line-context.ts';
import { quantize } from './quantize.ts';

const powersOfTwo = [1, 2, 4, 8, 16];

/** For each line of a scraped page, what speaks for or against its being the author's. */
export const extractStoryFeatures = (lines: readonly AnalyzedLine[]): string[][] => {
  const contexts = measureLineContexts(lines);
  const proseCounts = countProseLinesByWord(lines);
  return lines.map((item, index) => {
    const { words } = item.line;
    const length = words <= 4 ? 'tiny' : words <= 12 ? 'short' : 'long';
    const context = contexts[index];
    return [
      ...extractShapeFeatures(item, length),
      ...extractPhraseFeatures(item, length),
      ...(context ? extractPositionFeatures(context, item.features.prose) : []),
      ...extractEchoFeatures(item, proseCounts),
      ...neighbourDistances.flatMap((distance) => [...extractNeighbourFeatures(lines[index + distance], distance)]),
    ];
  });
};

type Length = 'tiny' | 'short' | 'long';

function* extractShapeFeatures({ line, features }: AnalyzedLine, length: Length): Generator<string> {
  yield line.words === 0 ? 'no word' : `words ${quantize(line.words, [1, 2, 4, 8, 12, 20, 35, 60])}`;
  yield `${length} gap ${line.gapBefore ? 'before' : ''}${line.gapAfter ? 'after' : ''}`;
  if (features.endsSentence) yield `${length} closed`;
  if (line.text.endsWith('?')) yield 'asks';
  if (line.text.endsWith(':')) yield `${length} colon`;
  if (/(?:\.\.\.|…)$/u.test(line.text)) yield 'trails off';
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

const directFeatures = [
  'discussion',
  'contribution',
  'policy',
  'bio',
  'picture',
  'stamp',
  'item',
  'capitals',
  'seeAlso',
  'code',
] as const;

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

const countProseLinesByWord = (lines: readonly AnalyzedLine[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { line, features } of lines) {
    if (!features.prose) continue;
    for (const word of new Set(splitLongWords(line.text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
};

/** Headings and captions of a story have its words. */
function* extractEchoFeatures(
  { line, features }: AnalyzedLine,
  counts: ReadonlyMap<string, number>,
): Generator<string> {
  const words = splitLongWords(line.text);
  const own = Number(features.prose);
  const countIn = (proseLines: number): number =>
    words.filter((word) => (counts.get(word) ?? 0) - own >= proseLines).length;
  const echoed = countIn(1);
  yield `echo ${quantize(echoed / Math.max(1, words.length), [0, 0.3, 0.5, 0.7, 0.9])}`;
  yield `echoes ${quantize(echoed, [0, 1, 2, 4, 8])}`;
  yield `echoes often ${quantize(countIn(3) / Math.max(1, words.length), [0, 0.2, 0.4, 0.6])}`;
}

const neighbourDistances = [-3, -2, -1, 1, 2, 3];
const neighbourKinds = [
  'prose',
  'endsSentence',
  'label',
  'opening',
  'ending',
  'stamp',
  'menu',
  'keyword',
  'item',
] as const;

function* extractNeighbourFeatures(item: AnalyzedLine | undefined, distance: number): Generator<string> {
  if (!item) return;
  yield `${distance} words ${quantize(item.line.words, [1, 2, 4, 8, 12, 20, 35])}`;
  for (const kind of neighbourKinds) if (item.features[kind]) yield `${distance} ${kind}`;
  if (item.line.text.endsWith(':')) yield `${distance} colon`;
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
