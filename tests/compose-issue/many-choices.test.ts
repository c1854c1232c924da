import { expect, test } from 'vitest';
import { createReaderWorld } from './reader-world.ts';

const topics = ['harbour', 'council', 'sport', 'books', 'music', 'schools', 'weather', 'shipping'];
/** Every way to choose some of eight topics, but for five. */
const choices = Array.from({ length: 250 }, (_, index) => topics.filter((_topic, place) => (index + 1) & (1 << place)));
const readersOfLargest = 120;

test('readers of a renamed topic get it under both names; where none of theirs is offered, the operator is told', async () => {
  const offered = ['Sport', { name: 'Waterfront', topics: ['Waterfront', 'Harbour'] }];
  const world = createReaderWorld({ settings: { newsletter: { topics: offered } }, planCrash: () => undefined });
  const at = world.now().toISOString();
  for (const [index, topics] of [['harbour'], ['books'], ['books', 'sport']].entries()) {
    const [key, email] = [String(index).repeat(32), `${topics.join('-')}@example.org`];
    await world.apply(key, { kind: 'signUp', key, email, cadence: 'daily', topics, at });
    await world.apply(key, { kind: 'confirm', since: at, at });
  }
  for (const topic of ['harbour', 'waterfront', 'books', 'sport']) await world.publish(topic, [topic]);
  await world.compose('daily');
  while (world.queue.length > 0) await world.deliver(0);
  const { received } = await world.readMailboxes();
  expect(received.get('harbour@example.org')?.toSorted()).toEqual(['harbour', 'waterfront']);
  expect(received.get('books@example.org')).toEqual(['books']);
  expect(received.get('books-sport@example.org')?.toSorted()).toEqual(['books', 'sport']);
  expect(world.warnings).toEqual([
    'readers chose only topics that are not offered any more {"issue":"daily-1","readers":1}',
  ]);
});

test('two hundred and fifty different choices get a letter each, of all that they chose, the largest group first', async () => {
  const world = createReaderWorld({ planCrash: () => undefined });
  const subscribe = async (index: number, chosen: readonly string[] | undefined): Promise<string> => {
    const key = (index * 2654435761).toString(16).padStart(16, '0').slice(-16).padEnd(32, '0');
    const [email, at] = [`reader-${index}@example.org`, world.now().toISOString()];
    await world.apply(key, { kind: 'signUp', key, email, cadence: 'daily', topics: chosen, at });
    await world.apply(key, { kind: 'confirm', since: at, at });
    return email;
  };
  const readers = new Map<string, readonly string[] | undefined>();
  for (const [index, chosen] of choices.entries()) readers.set(await subscribe(index + 1, chosen), chosen);
  for (let more = 1; more <= readersOfLargest; more += 1)
    readers.set(await subscribe(1000 + more, choices.at(-1)), choices.at(-1));
  for (let more = 1; more <= 60; more += 1) readers.set(await subscribe(2000 + more, undefined), undefined);

  for (const topic of topics) await world.publish(topic, [topic]);
  await world.compose('daily');
  const plain = await world.stores.batches.listRange('daily-1', 1, 10_000);
  const letters = plain.flatMap(({ letter, recipients }) => (recipients.length > 0 ? [letter ?? 0] : []));
  // Three batches of the largest group, two of those who chose nothing, and one of each other choice.
  expect(letters).toHaveLength(249 + 3 + 2);
  expect(letters.filter((letter) => letter === 1)).toHaveLength(3);
  while (world.queue.length > 0) await world.deliver(0);
  const { received } = await world.readMailboxes();
  for (const [email, chosen = topics] of readers) expect(received.get(email)?.toSorted()).toEqual([...chosen].sort());
  const [issue] = [await world.stores.issues.get('daily-1')];
  expect(issue?.planned).toBe(readers.size);
}, 60_000);
