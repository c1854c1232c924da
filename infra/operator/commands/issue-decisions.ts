import type { Command } from 'commander';
import { parseIssueName } from '../arguments.ts';
import { type ConnectOptions, connect } from '../connect.ts';
import type { Io } from '../io.ts';
import { decideHeldIssue } from '../newsletter/decide-held.ts';
import { createNewsletterStores } from '../newsletter/open-ledger.ts';

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
        await decideHeldIssue(createNewsletterStores(await connect(options, io)), name, decision);
        if (options.json) io.out(`${JSON.stringify({ name, state: done })}\n`);
        else io.out(`${name} is ${done}.\n`);
      });
};
