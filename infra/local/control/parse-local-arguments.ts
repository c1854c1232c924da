import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cadences } from '../../../functions/core/publication.ts';
import { UsageError } from '../base/usage-error.ts';
import type { LocalCommand } from './local-command.ts';

const help = `Tells the local run that npm start began what to do.

  npm run local -- [--data DIR] COMMAND

  issue daily|weekly [--at TIME]  composes and delivers what waits; the issue is dated now, or by TIME,
                                  such as 2026-12-01T07:00
  weeks NUMBER                    lets weeks pass in seconds: every schedule in them is due, in order;
                                  the local run's clock stays ahead, until its data is deleted
  status                          the clock, what is being done, the issues and what became of them

  --data DIR                      the run's data, where that is not .seedpress
`;

const flags = {
  data: { type: 'string' },
  at: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const parseFlags = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${message}\n\n${help}`, { cause: error });
  }
};

const parseCommand = ([name, argument, ...more]: readonly string[], at: string | undefined): LocalCommand => {
  const createUsageError = (message: string) => new UsageError(`${message}\n\n${help}`);
  if (name === undefined) throw createUsageError('Say what is to be done.');
  if (more.length > 0)
    throw createUsageError(`One thing at a time, please: "${more.join(' ')}" is too much.`);
  if (at !== undefined && name !== 'issue') throw createUsageError('--at goes with issue alone.');
  if (name === 'status' && argument === undefined) return { do: 'status' };
  if (name === 'issue') {
    const cadence = cadences.find((each) => each === argument);
    if (cadence === undefined) throw createUsageError('Say which issue: daily or weekly.');
    return { do: 'issue', cadence, ...(at !== undefined && { at }) };
  }
  if (name === 'weeks') {
    const weeks = Number(argument);
    if (Number.isInteger(weeks) && weeks >= 1 && weeks <= 52) return { do: 'weeks', weeks };
    throw createUsageError('Say how many weeks: a whole number from 1 to 52.');
  }
  throw createUsageError(`There is no command "${[name, argument].filter(Boolean).join(' ')}".`);
};

/**
 * Reads the command line of `npm run local`.
 * @param root the project's folder, which the default data folder is in
 * @throws {UsageError}
 */
export const parseLocalArguments = (
  args: readonly string[],
  root: string,
): { readonly help: string } | { readonly data: string; readonly command: LocalCommand } => {
  const { values, positionals } = parseFlags(args);
  if (values.help) return { help };
  const data = values.data === undefined ? resolve(root, '.seedpress') : resolve(values.data);
  return { data, command: parseCommand(positionals, values.at) };
};
