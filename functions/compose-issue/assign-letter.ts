import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import { formatReaderClass, type LetterPlan } from '../core/newsletter/issue/letters.ts';
import type { MissedRange } from '../core/newsletter/subscriber/progress.ts';
import type { ActiveSubscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import { type ReaderOfIssue, toReaderOfIssue } from './plan-letters.ts';
import type { ComposeIssueServices } from './services.ts';

export interface AssignedLetter {
  readonly letter: number;
  /** Of a reader who is not in step. */
  readonly position?: number | undefined;
  readonly missed?: readonly MissedRange[] | undefined;
  readonly isNewInStep?: boolean | undefined;
}

type LetterAssigner = (subscriber: ActiveSubscriber) => Promise<AssignedLetter | undefined>;

/** Finds the letter of each reader of a cadence. Those for whom the issue has nothing are moved past it. */
export const createLetterAssigner = async (
  services: ComposeIssueServices,
  issue: Issue,
  plan: LetterPlan,
): Promise<LetterAssigner> => {
  const { cadenceStates, subscribers } = services;
  const { cadence, after: regularAfter, upTo } = issue;
  const { floor = 0 } = await cadenceStates.get(cadence);
  const findClass = (reader: ReaderOfIssue): LetterPlan['classes'][string] | undefined => {
    const isPlain = reader.after === regularAfter && !reader.topics && !reader.passed && !reader.missed;
    if (isPlain) return { letter: 0 };
    return plan.classes[formatReaderClass(reader, plan.repeated, { cadence, regularAfter })];
  };

  return async (subscriber) => {
    const reader = await toReaderOfIssue(services, issue, subscriber, floor);
    if (!reader || reader.after > upTo) return undefined;
    const { position, missed, isNewInStep } = reader;
    const found = findClass(reader);
    if (found?.letter !== undefined) return { letter: found.letter, position, missed, isNewInStep };
    // Their class was not there when the letters were decided on: the next issue has a letter for them.
    if (!found && position === undefined) await subscribers.apply(subscriber.key, { kind: 'loseStep' });
    if (!found || position === undefined) return undefined;
    const delivery = { issue: formatIssueName(issue), batch: 0 };
    await subscribers.apply(subscriber.key, { kind: 'claim', position, delivery, upTo: found.cutAt ?? upTo });
    return undefined;
  };
};
