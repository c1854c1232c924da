import { decideIssue } from '../../../functions/composing/decide-issue.ts';
import { CliError, exitCodes } from '../failures.ts';
import type { NewsletterStores } from './open-ledger.ts';

/**
 * Approves or discards an issue that is held, as the button of its preview does.
 * @throws {CliError} where there is none, or it is not held
 */
export const decideHeldIssue = async (
  { issues, issuesQueue: calls }: Pick<NewsletterStores, 'issues' | 'issuesQueue'>,
  name: string,
  decision: 'approve' | 'discard',
): Promise<void> => {
  const issue = await issues.get(name);
  if (!issue) throw new CliError(`There is no issue ${name}.`, exitCodes.notFound);
  const log = { info: () => undefined };
  const decided = await decideIssue({ issues, issuesQueue: calls, log }, issue, decision);
  const wanted = decision === 'approve' ? 'approved' : 'discarded';
  if (decided?.state !== wanted) throw new CliError(`${name} is not held, but ${decided?.state ?? 'gone'}.`);
};
