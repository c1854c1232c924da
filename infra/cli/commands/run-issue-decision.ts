import { decideIssue } from '../../../functions/subscriptions/decide-issue.ts';
import { connectServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';

const createIssueDecision =
  (decision: 'approve' | 'discard', state: 'approved' | 'discarded') =>
  async (name: string, options: GlobalOptions, io: Io): Promise<void> => {
    const { issues, issuesQueue } = await connectServices(options, io);
    const issue = await issues.get(name);
    if (!issue) throw new CliError(`There is no issue ${name}.`, exitCodes.notFound);
    const log = { info: () => undefined };
    const decided = await decideIssue({ issues, issuesQueue, log }, issue, decision);
    if (decided?.state !== state)
      throw new CliError(`${name} does not wait for approval: it is ${decided?.state ?? 'gone'}.`);
    printResult(io, options, { name, state }, [`${name} is ${state}.`]);
  };

export const runIssueApprove = createIssueDecision('approve', 'approved');
export const runIssueDiscard = createIssueDecision('discard', 'discarded');
