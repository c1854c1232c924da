import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { formatTable } from '../output/format-table.ts';
import type { Io } from '../output/io.ts';
import { type PublicationStatus, readStatus } from '../status/read-status.ts';

/** `seedpress status`: what a publication is at. */
export const addStatus = (program: Command, io: Io): void => {
  program
    .command('status')
    .description('tell what was published, what waits and what failed')
    .addHelpText('after', '\nExample:\n  npx seedpress status --json')
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<ConnectOptions & { json?: boolean }>();
      const status = await readStatus(await connect(options, io));
      io.out(options.json ? `${JSON.stringify(status)}\n` : formatStatus(status));
    });
};

/** A publication's status for people. */
const formatStatus = (status: PublicationStatus): string => {
  const { publication, site, time, announced, builds, queues, paused, issues } = status;
  const waiting = builds.requested - builds.built;
  const facts = formatTable([
    ['Publication', publication],
    ['Site', `${site}/`],
    ['Time', time],
    ['Announced', String(announced)],
    ['Builds', waiting > 0 ? `${waiting} requests wait` : 'all done'],
    ['Sending', paused ? `stands still since ${paused.at}: ${paused.reason}` : 'goes on'],
  ]);
  const messages = formatTable([
    ['Queue', 'waiting', 'in flight', 'dead'],
    ...queues.map((queue) => [queue.name, `${queue.waiting}`, `${queue.inFlight}`, `${queue.dead}`]),
  ]);
  const list = issues.map(({ name, at, articles, subject }) => [name, at, `${articles} articles`, subject]);
  return [facts, messages, list.length > 0 ? formatTable(list) : 'No issue yet.\n'].join('\n');
};
