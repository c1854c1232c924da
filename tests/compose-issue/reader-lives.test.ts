import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SubscriberEvent } from '../../functions/core/newsletter/subscriber/apply-subscriber-event.ts';
import { type Cadence, cadences, findQuieterCadence, selectCadences } from '../../functions/core/publication.ts';
import { createReaderWorld, type ReaderWorld } from './reader-world.ts';

const readersPerWorld = 400;
const worlds = 25;
const stepsPerWorld = 20;
const topics = ['harbour', 'council', 'sport'];
const allCadences = {
  immediately: { afterMinutes: 5 },
  daily: { hour: 7 },
  weekly: { day: 'monday', hour: 7 },
  monthly: { day: 'last', hour: 7 },
};
const dayMs = 24 * 60 * 60 * 1000;

/** Small random numbers, from a seed. */
const createChance = (seed: number) => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    below,
    oneIn: (count: number): boolean => below(count) === 0,
    pick: <T>(values: readonly [T, ...T[]]): T => values[below(values.length)] ?? values[0],
  };
};
type Chance = ReturnType<typeof createChance>;

/** A reader, and the articles that must have reached them in the end. */
interface Life {
  key: string;
  email: string;
  /** Addresses that they had before, and the keys of these. */
  readonly former: { readonly key: string; readonly email: string }[];
  state: 'stranger' | 'active' | 'gone' | 'erased';
  cadence: Cadence;
  topics: readonly string[] | undefined;
  paused: boolean;
  readonly owed: Map<string, readonly string[]>;
}

const wants = ({ topics: chosen }: Life, article: readonly string[]): boolean =>
  !chosen || article.some((topic) => chosen.includes(topic));

/** Another key, in another shard and place of the list. */
const nextKey = (key: string): string => key.slice(3) + key.slice(0, 3);

const liveOn = async (world: ReaderWorld, life: Life, chance: Chance): Promise<void> => {
  const { key, email } = life;
  world.advance(1000);
  const at = world.now().toISOString();
  const [first = 'monthly', ...others] = selectCadences(world.publication);
  const cadence = chance.pick<Cadence>([first, ...others]);
  const apply = (event: SubscriberEvent) => world.apply(key, event);
  const choose = (): Promise<unknown> => {
    const { paused, topics: chosen } = life;
    const pausedUntil =
      paused && chance.oneIn(2) ? new Date(world.now().getTime() + chance.below(20) * dayMs).toISOString() : undefined;
    return apply({ kind: 'changePreferences', cadence: life.cadence, paused, pausedUntil, topics: chosen });
  };
  if (life.state !== 'active') {
    const coverage = await world.readCoverage(cadence);
    if (life.state === 'stranger') {
      await apply({ kind: 'signUp', key, email, cadence, at });
      await apply({ kind: 'confirm', since: at, at, coverage });
    } else await apply({ kind: 'return', key, email, cadence, since: at, at, coverage });
    Object.assign(life, { state: 'active', cadence, paused: false, topics: undefined });
    return;
  }
  switch (chance.below(7)) {
    case 6: {
      const to = { key: nextKey(key), email: `${life.former.length + 1}-${email.replace(/^\d+-/, '')}` };
      life.former.push({ key, email });
      Object.assign(life, to);
      await world.move(key, to);
      return;
    }
    case 0:
      life.state = 'gone';
      life.owed.clear();
      await apply({ kind: chance.oneIn(4) ? 'complain' : 'unsubscribe', at });
      return;
    case 1:
      if (chance.oneIn(3)) {
        life.state = 'erased';
        life.owed.clear();
        await apply({ kind: 'erase', at });
      }
      return;
    case 2:
      life.topics = chance.oneIn(3) ? undefined : topics.filter(() => chance.oneIn(2));
      for (const [id, own] of life.owed) if (!wants(life, own)) life.owed.delete(id);
      break;
    case 3:
      life.paused = !life.paused;
      break;
    default:
      life.cadence = cadence;
  }
  await choose();
};

const publishNext = async (world: ReaderWorld, lives: readonly Life[], chance: Chance, id: string): Promise<void> => {
  const own = topics.filter(() => chance.oneIn(2));
  for (const life of lives) if (life.state === 'active' && wants(life, own)) life.owed.set(id, own);
  await world.publish(id, own);
};

/** The settings lose a cadence, but not the quietest: its readers choose nothing, and must be served all the same. */
const stopOffering = (world: ReaderWorld, lives: readonly Life[], cadence: Cadence): void => {
  const quieter = findQuieterCadence(world.publication, cadence);
  if (!quieter) return;
  world.stopOffering(cadence);
  for (const life of lives) if (life.cadence === cadence) life.cadence = quieter;
};

/** Lets everything that is under way come to its end, and everybody take mail again. */
const endWorld = async (world: ReaderWorld, lives: readonly Life[]): Promise<void> => {
  const offered = selectCadences(world.publication);
  for (const life of lives) {
    if (life.state !== 'active' || !life.paused) continue;
    const { key, cadence, topics: chosen } = life;
    await world.apply(key, { kind: 'changePreferences', cadence, paused: false, topics: chosen });
  }
  await world.tidy();
  for (const cadence of cadences) if (!offered.includes(cadence)) await world.finishIssue(cadence);
  for (let round = 1; round <= 3; round += 1) {
    await world.publish(`last-${round}`, topics);
    for (const cadence of offered) await world.compose(cadence);
    while (world.queue.length > 0) await world.deliver(0);
  }
};

const liveWorld = async (seed: number): Promise<void> => {
  const chance = createChance(seed);
  let isCalm = false;
  const crashes = chance.pick([0, 30, 200, 1000]);
  const world = createReaderWorld({
    settings: {
      ...(chance.oneIn(2) && { newsletter: { minimumArticles: 2 } }),
      ...(!chance.oneIn(4) && { digest: allCadences }),
    },
    planCrash: () => (isCalm || crashes === 0 || !chance.oneIn(crashes) ? undefined : chance.pick(['before', 'after'])),
  });
  const lives = Array.from({ length: readersPerWorld }, (_, index): Life => {
    const key = (index * 2654435761)
      .toString(16)
      .padStart(32, '0')
      .slice(-8)
      .padEnd(32, String(index % 10));
    return {
      key,
      email: `reader-${index}@example.org`,
      former: [],
      state: 'stranger',
      cadence: 'daily',
      topics: undefined,
      paused: false,
      owed: new Map(),
    };
  });
  for (let step = 1; step <= stepsPerWorld; step += 1) {
    for (let turn = chance.below(100); turn > 0; turn -= 1) {
      const life = lives[chance.below(lives.length)];
      if (life) await liveOn(world, life, chance);
    }
    if (chance.oneIn(2)) await publishNext(world, lives, chance, `article-${step}`);
    if (chance.oneIn(20)) stopOffering(world, lives, chance.pick(['immediately', 'daily', 'weekly']));
    if (chance.oneIn(8)) await world.tidy();
    const [first = 'monthly', ...others] = selectCadences(world.publication);
    if (chance.oneIn(3)) await world.compose(chance.pick([first, ...others]));
    for (let turn = chance.below(5); turn > 0 && world.queue.length > 0; turn -= 1)
      await world.deliver(chance.below(Math.min(world.queue.length, 8)));
    world.advance(chance.below(2) * dayMs);
  }
  isCalm = true;
  await endWorld(world, lives);
  const { received, uncertain } = await world.readMailboxes();
  for (const { owed, state, ...address } of lives) {
    const { email } = address;
    const addresses = [address, ...address.former];
    const got = addresses.flatMap((one) => received.get(one.email) ?? []);
    const repeated = got.filter((id, index) => got.indexOf(id) !== index);
    expect({ email, repeated }).toEqual({ email, repeated: [] });
    const perhaps = new Set([...got, ...addresses.flatMap((one) => uncertain.get(one.key) ?? [])]);
    const missing = state === 'active' ? [...owed.keys()].filter((id) => !perhaps.has(id)) : [];
    expect({ email, missing }).toEqual({ email, missing: [] });
  }
};

test('whatever readers go through, each article reaches each of them once at most, and once if they wanted it', async () => {
  await fc.assert(fc.asyncProperty(fc.nat(), liveWorld), { numRuns: worlds });
}, 300_000);
