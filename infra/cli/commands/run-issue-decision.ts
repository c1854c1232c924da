import { decideIssue } from '../../../functions/subscriptions/decide-issue.ts';
import { connect, type GlobalOptions } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import type { Io } from '../output/io.ts';
import { printResult } from '../output/print-result.ts';

const decidedStates = { approve: 'approved', discard: 'discarded' } as const;

interface NamedDecision {
  readonly name: string;
  readonly decision: keyof typeof decidedStates;
}

export const runIssueDecision = async (
  { name, decision }: NamedDecision,
  options: GlobalOptions,
  io: Io,
): Promise<void> => {
  const { issues, issuesQueue } = createCliServices(await connect(options, io));
  const issue = await issues.get(name);
  if (!issue) throw new CliError(`There is no issue ${name}.`, exitCodes.notFound);
  const log = { info: () => undefined };
  const decided = await decideIssue({ issues, issuesQueue, log }, issue, decision);
  const state = decidedStates[decision];
  if (decided?.state !== state)
    throw new CliError(`${name} does not wait for approval: it is ${decided?.state ?? 'gone'}.`);
  printResult(io, options, { name, state }, `${name} is ${state}.\n`);
};
