import type { Command } from 'commander';
import { decideIssue } from '../../../functions/subscriptions/decide-issue.ts';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { type CliServices, createCliServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import type { Io } from '../output/io.ts';
import { parseIssueName } from './arguments.ts';

const decisions = [
  { decision: 'approve', done: 'approved', what: 'let a held issue go out, as its preview mail does' },
  { decision: 'discard', done: 'discarded', what: 'let a held issue go; its articles wait for the next one' },
] as const;

/** `seedpress issue approve` and `discard`: the buttons of a held issue's preview. */
export const addIssueDecisions = (issue: Command, io: Io): void => {
  for (const { decision, done, what } of decisions)
    issue
      .command(decision)
      .argument('<name>', 'the issue, such as daily-12', parseIssueName)
      .description(what)
      .addHelpText('after', `\nExample:\n  npx seedpress issue ${decision} daily-12`)
      .action(async (name: string, _options: unknown, command: Command) => {
        const options = command.optsWithGlobals<ConnectOptions & { json?: boolean }>();
        await decideHeldIssue(createCliServices(await connect(options, io)), name, decision);
        if (options.json) io.out(`${JSON.stringify({ name, state: done })}\n`);
        else io.out(`${name} is ${done}.\n`);
      });
};

/**
 * Approves or discards an issue that is held, as the button of its preview does.
 * @throws {CliError} where there is none, or it is not held
 */
const decideHeldIssue = async (
  { issues, issuesQueue: calls }: Pick<CliServices, 'issues' | 'issuesQueue'>,
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
