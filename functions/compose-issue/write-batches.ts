import { maxBulkRecipients } from '../adapters/mailer.ts';
import { findBatches, findEnds } from '../adapters/table/find-batches.ts';
import type { DeliveryBatch } from '../core/newsletter/delivery/delivery-batch-record.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import type { ActiveSubscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import type { Cadence } from '../core/publication.ts';
import { compareStrings } from '../core/text/compare-strings.ts';
import type { metrics } from '../platform/contract.ts';
import { type AssignedLetter, createLetterAssigner } from './assign-letter.ts';
import { readPlannedDraft } from './freeze-issue.ts';
import { createRecipientReader } from './recipient-reader.ts';
import type { ComposeIssueServices } from './services.ts';

/** No batch is started when the function has less time left than this. */
export const minTimeLeftMs = 20_000;

const subscriberMetrics = {
  immediately: 'subscribersImmediately',
  daily: 'subscribersDaily',
  weekly: 'subscribersWeekly',
  monthly: 'subscribersMonthly',
} as const satisfies Readonly<Record<Cadence, keyof typeof metrics>>;

interface WaitingRecipient {
  readonly recipient: Pick<DeliveryBatch['recipients'][number], 'key' | 'email' | 'position' | 'missed'>;
  readonly isNewInStep: boolean;
}

interface Addressing {
  /** By letter, the key of the last recipient that is in a batch. */
  ends: readonly string[];
  /** By letter, who is to be in a batch. */
  readonly waiting: WaitingRecipient[][];
  /** Keys of readers in step behind whom the batches are: they may have been overlooked. */
  readonly passed: string[];
}

/**
 * Writes the recipients to delivery batches, each of one letter. A letter's batches list its recipients in the order of
 * their keys. A batch is written only if there is none with its number: even concurrent calls write one chain of
 * batches, with nobody twice in a letter. An empty batch ends the chain.
 */
export const writeBatches = async (
  services: ComposeIssueServices,
  issue: Issue,
  getTimeLeftMs: () => number,
): Promise<Issue | 'outOfTime' | undefined> => {
  const { batches, subscribers } = services;
  const name = formatIssueName(issue);
  let last = await batches.getLast(name);
  if (last?.recipients.length === 0) return finalizeBatches(services, issue, last);
  const { plan } = await readPlannedDraft(services, issue);
  const assignLetter = await createLetterAssigner(services, issue, plan);
  const letters = plan.letters.length + 1;
  const state: Addressing = {
    ends: last ? findEnds(last) : Array.from({ length: letters }, () => ''),
    waiting: Array.from({ length: letters }, () => []),
    passed: [],
  };
  const recipients = createRecipientReader(subscribers, issue.cadence, findStart(state.ends));
  for (let hasMore = true; ; ) {
    if (last?.recipients.length === 0) return finalizeBatches(services, issue, last);
    await checkPassed(services, name, state);
    const letter = findReadyLetter(state, hasMore ? maxBulkRecipients : 1);
    if (letter < 0 && hasMore) {
      const page = await recipients.readPage();
      hasMore = page !== undefined;
      for (const subscriber of page ?? []) addRecipient(state, subscriber, await assignLetter(subscriber));
      continue;
    }
    if (getTimeLeftMs() < minTimeLeftMs) return 'outOfTime';
    const next = buildNextBatch(name, last, state, { letter, upTo: plan.letters[letter - 1]?.cutAt ?? issue.upTo });
    last = (await batches.add(next, issue.at)) ? next : await batches.get(name, next.batch);
    if (last && last.recipients.length > 0) skipAddressed(state, last);
  }
};

/** Readers from here on may not be in a batch yet. */
const findStart = (ends: readonly string[]): string | undefined => {
  const [first] = ends.toSorted(compareStrings);
  return first || undefined;
};

const findReadyLetter = ({ waiting }: Addressing, count: number): number =>
  waiting.findIndex(({ length }) => length >= count);

const addRecipient = (
  { ends, waiting, passed }: Addressing,
  { key, email }: ActiveSubscriber,
  assigned: AssignedLetter | undefined,
): void => {
  if (!assigned) return;
  const { letter, position, missed, isNewInStep = false } = assigned;
  if (key <= (ends[letter] ?? '')) {
    if (isNewInStep) passed.push(key);
    return;
  }
  const recipient = {
    key,
    email,
    ...(position !== undefined && { position }),
    ...(missed && { missed: [...missed] }),
  };
  waiting[letter]?.push({ recipient, isNewInStep });
};

const skipAddressed = (state: Addressing, last: DeliveryBatch): void => {
  const addressedKeys = new Set(last.recipients.map(({ key }) => key));
  state.ends = findEnds(last);
  for (const [letter, waiting] of state.waiting.entries()) {
    const end = state.ends[letter] ?? '';
    const next = waiting.findIndex(({ recipient: { key } }) => key > end);
    for (const { recipient, isNewInStep } of waiting.splice(0, next < 0 ? waiting.length : next))
      if (isNewInStep && !addressedKeys.has(recipient.key)) state.passed.push(recipient.key);
  }
};

/** A reader whose place in the list was passed when they were not in step yet gets their letter by the next issue. */
const checkPassed = async (
  { batches, subscribers }: ComposeIssueServices,
  issue: string,
  { passed }: Addressing,
): Promise<void> => {
  for (const key of passed.splice(0))
    if ((await findBatches(batches, issue, key)).length === 0) await subscribers.apply(key, { kind: 'loseStep' });
};

/** Only the call whose write succeeds counts the recipients. */
const finalizeBatches = async (
  { issues, log }: ComposeIssueServices,
  issue: Issue,
  { batch, recipientsBefore: planned = 0 }: DeliveryBatch,
): Promise<Issue | undefined> => {
  const advanced = await issues.advance(issue, { state: 'queueing', batches: batch - 1, planned });
  if (advanced) {
    log.count('messagesPlanned', planned);
    log.count(subscriberMetrics[issue.cadence], planned);
  }
  return advanced;
};

/** @param letter -1 for the batch that ends the chain */
const buildNextBatch = (
  issue: string,
  last: DeliveryBatch | undefined,
  { ends, waiting }: Addressing,
  { letter, upTo }: { readonly letter: number; readonly upTo: number },
): DeliveryBatch => {
  const recipients = (waiting[letter] ?? []).slice(0, maxBulkRecipients).map(({ recipient }) => recipient);
  const isSingle = waiting.length === 1;
  const lastKey = recipients.at(-1)?.key ?? '';
  return {
    issue,
    batch: (last?.batch ?? 0) + 1,
    state: recipients.length === 0 ? 'done' : 'queued',
    attempt: 0,
    recipientsBefore: (last?.recipientsBefore ?? 0) + (last?.recipients.length ?? 0),
    ...(letter > 0 && { letter }),
    ...(recipients.length > 0 && { upTo }),
    ...(!isSingle && { ends: ends.map((end, index) => (index === letter ? lastKey : end)) }),
    recipients: recipients.map((recipient) => ({ ...recipient, outcome: 'waiting' })),
  };
};
