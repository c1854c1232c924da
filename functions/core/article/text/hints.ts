import type { SignedLine, Surroundings } from './surroundings.ts';

/** What speaks for or against a line being the author's. */
export function* hintsOf({ line, signs }: SignedLine, around: Surroundings): Generator<string> {
  yield size(line.words);
  const short = line.words <= 12;
  const length = line.words <= 4 ? 'tiny' : short ? 'short' : 'long';
  if (signs.prose) yield 'prose';
  if (signs.closed) yield `${length} closed`;
  if (signs.control) yield 'control';
  else if (signs.label) yield 'label';
  if (signs.opening) yield short ? 'short opening' : 'long opening';
  if (signs.ending) yield short ? 'short ending' : 'long ending';
  if (signs.cue) yield short ? 'short cue' : 'long cue';
  if (signs.discussion) yield 'discussion';
  if (signs.contribution) yield 'contribution';
  if (signs.policy) yield 'policy';
  if (signs.bio) yield 'bio';
  if (signs.picture) yield 'picture';
  if (signs.code && around.proseBefore === 0) yield 'code';
  if (around.discussions > 0) yield `discussed ${around.discussions > 1 ? 'often' : 'once'}`;
  if (around.contributionsNear > 1) yield `contributions ${around.contributionsNear > 3 ? 'many' : 'some'}`;
  if (signs.stamp) yield 'stamp';
  if (signs.menu) yield 'menu';
  else if (signs.bar) yield 'bar';
  if (signs.machine) yield `${length} machine`;
  if (signs.item) yield 'item';
  if (signs.capitals) yield 'capitals';
  if (!signs.prose)
    yield `${length} small ${line.smallShare >= 0.6 ? 'most' : line.smallShare >= 0.3 ? 'half' : line.smallShare > 0 ? 'few' : 'none'}`;
  if (line.text.endsWith('?')) yield 'asks';
  if (line.text.endsWith(':')) yield `${length} colon`;
  yield `${length} gap ${line.gapBefore ? 'before' : ''}${line.gapAfter ? 'after' : ''}`;
  yield `since ${far(around.sinceProse)}`;
  yield `until ${far(around.untilProse)}`;
  if (!signs.prose && around.sinceProse === 1 && around.untilProse === 1) yield 'between prose';
  yield `before ${share(around.proseBefore)}`;
  yield `after ${share(around.proseAfter)}`;
  if (around.run > 0) {
    yield `run ${runSize(around.run)}`;
    yield `run of chrome ${level(around.runChrome)}`;
    yield `run of small letters ${level(around.runSmall)}`;
    if (around.runItems > 0.25) yield 'run of items';
  }
  yield `prose near ${runSize(around.proseNear)}`;
  yield `chrome near ${around.chromeNear > 3 ? 'many' : around.chromeNear > 1 ? 'some' : around.chromeNear}`;
  if (around.endingsBefore > 0) yield `ended ${around.endingsBefore > 2 ? 'often' : around.endingsBefore}`;
  if (around.repeated) yield 'repeated';
  if (around.repeatedNear > 1) yield 'repeated near';
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
