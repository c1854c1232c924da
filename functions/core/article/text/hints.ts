import type { SignedLine, Surroundings } from './surroundings.ts';

/** What speaks for or against a line being the author's: its own signs, and where it stands. */
export function* hintsOf(item: SignedLine, around: Surroundings): Generator<string> {
  const { words } = item.line;
  const length = words <= 4 ? 'tiny' : words <= 12 ? 'short' : 'long';
  yield* shapeHints(item, length);
  yield* signHints(item, length);
  yield* placeHints(around, item.signs.prose);
}

type Length = 'tiny' | 'short' | 'long';

function* shapeHints({ line, signs }: SignedLine, length: Length): Generator<string> {
  yield size(line.words);
  yield `${length} gap ${line.gapBefore ? 'before' : ''}${line.gapAfter ? 'after' : ''}`;
  if (signs.closed) yield `${length} closed`;
  if (line.text.endsWith('?')) yield 'asks';
  if (line.text.endsWith(':')) yield `${length} colon`;
  if (signs.prose) yield 'prose';
  else yield `${length} small ${smallLetters(line.smallShare)}`;
}

function* signHints({ signs }: SignedLine, length: Length): Generator<string> {
  const shortOrLong = length === 'long' ? 'long' : 'short';
  if (signs.control) yield 'control';
  else if (signs.label) yield 'label';
  if (signs.opening) yield `${shortOrLong} opening`;
  if (signs.ending) yield `${shortOrLong} ending`;
  if (signs.cue) yield `${shortOrLong} cue`;
  if (signs.machine) yield `${length} machine`;
  if (signs.menu) yield 'menu';
  else if (signs.bar) yield 'bar';
  for (const sign of plainSigns) if (signs[sign]) yield sign;
}

const plainSigns = [
  'discussion',
  'contribution',
  'policy',
  'bio',
  'picture',
  'stamp',
  'item',
  'capitals',
] as const;

function* placeHints(around: Surroundings, prose: boolean): Generator<string> {
  yield `since ${far(around.sinceProse)}`;
  yield `until ${far(around.untilProse)}`;
  if (!prose && around.sinceProse === 1 && around.untilProse === 1) yield 'between prose';
  yield `before ${share(around.proseBefore)}`;
  yield `after ${share(around.proseAfter)}`;
  yield `prose near ${runSize(around.proseNear)}`;
  if (around.run > 0) {
    yield `run ${runSize(around.run)}`;
    yield `run of chrome ${level(around.runChrome)}`;
    yield `run of small letters ${level(around.runSmall)}`;
    if (around.runItems > 0.25) yield 'run of items';
  }
  yield `chrome near ${around.chromeNear > 3 ? 'many' : around.chromeNear > 1 ? 'some' : around.chromeNear}`;
  if (around.endingsBefore > 0) yield `ended ${around.endingsBefore > 2 ? 'often' : around.endingsBefore}`;
  if (around.discussions > 0) yield `discussed ${around.discussions > 1 ? 'often' : 'once'}`;
  if (around.contributionsNear > 1) yield `contributions ${around.contributionsNear > 3 ? 'many' : 'some'}`;
  if (around.repeated) yield 'repeated';
  if (around.repeatedNear > 1) yield 'repeated near';
}

function smallLetters(share: number): string {
  if (share >= 0.6) return 'most';
  return share >= 0.3 ? 'half' : share > 0 ? 'few' : 'none';
}

function size(words: number): string {
  if (words === 0) return 'no word';
  const step = [1, 2, 4, 8, 12, 20, 35, 60].find((limit) => words <= limit);
  return `words ${step ?? 'more'}`;
}

function far(distance: number): string {
  if (distance === Number.POSITIVE_INFINITY) return 'never';
  const step = [1, 2, 4, 8, 16].find((limit) => distance <= limit);
  return `${step ?? 'more'}`;
}

function runSize(run: number): string {
  return `${[1, 2, 4, 8, 16].find((limit) => run <= limit) ?? 'more'}`;
}

function share(value: number): string {
  if (value <= 0.001) return 'none';
  const step = [0.02, 0.1, 0.3, 0.7, 0.95].find((limit) => value <= limit);
  return `${step ?? 'all'}`;
}

function level(value: number): string {
  return `${[0.05, 0.15, 0.3, 0.5, 0.75].find((limit) => value <= limit) ?? 'most'}`;
}
