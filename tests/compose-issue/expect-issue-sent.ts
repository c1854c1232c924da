import { expect } from 'vitest';
import { z } from 'zod';
import { deliveryBatchSchema } from '../../functions/core/newsletter/delivery/delivery-batch-record.ts';
import { formatIssueName, type Issue } from '../../functions/core/newsletter/issue/issue-record.ts';
import { subscriberSchema } from '../../functions/core/newsletter/subscriber/subscriber-record.ts';
import type { ComposeIssueFixture } from './compose-issue-fixture.ts';

const issueEmailSchema = z.object({ subject: z.string(), html: z.string(), text: z.string() });

/** Keys of the active readers of a cadence, in their order. */
export const listActiveReaderKeys = async (
  { publishFixture }: ComposeIssueFixture,
  cadence: string,
): Promise<string[]> =>
  [...(await publishFixture.listItems())]
    .filter(([key]) => key.startsWith('SUBSCRIBER#'))
    .map(([, item]) => subscriberSchema.parse(item))
    .flatMap((reader) => (reader.state === 'active' && reader.cadence === cadence ? [reader.key] : []))
    .sort();

/**
 * What must hold of an issue that went out: it has all its documents, its batches hold every reader of then once, and
 * each is queued.
 */
export const expectIssueSent = async (
  fixture: ComposeIssueFixture,
  issue: Issue,
  readers: readonly string[],
): Promise<void> => {
  const name = formatIssueName(issue);
  const { publishFixture } = fixture;
  expect(issue.state, name).toBe('sending');
  const email = issueEmailSchema.parse(
    JSON.parse((await publishFixture.read('internal', `issues/${name}.json`)) ?? '{}'),
  );
  expect(email.subject).toBe(issue.subject);
  for (const ending of ['', '.txt', '.json'])
    expect(await publishFixture.read('site', `issues/${name}${ending}`), `${name}${ending}`).toBeDefined();
  const titles = await fixture.readTitles(name);
  expect(titles, name).toHaveLength(issue.articles);
  expect(titles.length, name).toBeGreaterThan(0);

  const batches = [...(await publishFixture.listItems())]
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

  const queued = fixture.queuedBatches.filter((message) => message.issue === name).map(({ batch }) => batch);
  expect(
    [...new Set(queued)].sort((a, b) => a - b),
    name,
  ).toEqual(Array.from({ length: issue.batches }, (_, index) => index + 1));
};
