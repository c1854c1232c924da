import { expect } from 'vitest';
import { z } from 'zod';
import {
  deliveryBatchSchema,
  type Issue,
  issueName,
  subscriberSchema,
} from '../../functions/core/newsletter/records.ts';
import type { ComposingRoom } from './composing-room.ts';

const draftSchema = z.object({ subject: z.string(), html: z.string(), text: z.string() });

/** Keys of the active readers of a cadence, in their order. */
export const readersOf = async ({ press }: ComposingRoom, cadence: string): Promise<string[]> =>
  [...(await press.items())]
    .filter(([key]) => key.startsWith('SUBSCRIBER#'))
    .map(([, item]) => subscriberSchema.parse(item))
    .flatMap((reader) => (reader.state === 'active' && reader.cadence === cadence ? [reader.key] : []))
    .sort();

/**
 * What must hold of an issue that went out: it has all its documents, its batches hold every reader of then once, and
 * each is queued.
 */
export const expectSent = async (
  room: ComposingRoom,
  issue: Issue,
  readers: readonly string[],
): Promise<void> => {
  const name = issueName(issue);
  const { press } = room;
  expect(issue.state, name).toBe('sending');
  const letter = draftSchema.parse(JSON.parse((await press.read('desk', `issues/${name}.json`)) ?? '{}'));
  expect(letter.subject).toBe(issue.subject);
  for (const ending of ['', '.txt', '.json'])
    expect(await press.read('site', `issues/${name}${ending}`), `${name}${ending}`).toBeDefined();
  const titles = await room.titles(name);
  expect(titles, name).toHaveLength(issue.articles);
  expect(titles.length, name).toBeGreaterThan(0);

  const batches = [...(await press.items())]
    .filter(([key]) => key.startsWith(`BATCHES#${name} |`))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => deliveryBatchSchema.parse(item));
  expect(
    batches.map(({ batch }) => batch),
    name,
  ).toEqual(batches.map((_, index) => index + 1));
  expect(batches.at(-1)?.recipients, name).toEqual([]);
  expect(batches.length - 1, name).toBe(issue.batches);
  const recipients = batches.flatMap((batch) => batch.recipients.map(({ key }) => key));
  expect(recipients, name).toEqual(readers);
  expect(issue.planned, name).toBe(readers.length);
  for (const { recipients } of batches) expect(recipients.length).toBeLessThanOrEqual(50);

  const queued = room.queued.filter((message) => message.issue === name).map(({ batch }) => batch);
  expect(
    [...new Set(queued)].sort((a, b) => a - b),
    name,
  ).toEqual(Array.from({ length: issue.batches }, (_, index) => index + 1));
};
