import { decideIssue } from '../../../functions/composing/decide-issue.ts';
import { exitCodes, OperatorError } from '../failures.ts';
import type { Ledger } from './open-ledger.ts';

/**
 * Approves or discards an issue that is held, as the button of its preview does.
 * @throws {OperatorError} where there is none, or it is not held
 */
export const decideHeld = async (
  { issues, calls }: Pick<Ledger, 'issues' | 'calls'>,
  name: string,
  decision: 'approve' | 'discard',
): Promise<void> => {
  const issue = await issues.get(name);
  if (!issue) throw new OperatorError(`There is no issue ${name}.`, exitCodes.notFound);
  const log = { info: () => undefined };
  const decided = await decideIssue({ issues, calls, log }, issue, decision);
  const wanted = decision === 'approve' ? 'approved' : 'discarded';
  if (decided?.state !== wanted)
    throw new OperatorError(`${name} is not held, but ${decided?.state ?? 'gone'}.`);
};
