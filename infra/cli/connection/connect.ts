import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { localConnectionSchema } from '../../local/control/local-connection.ts';
import { NotRunningError, sendLocalCommand } from '../../local/control/send-local-command.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import type { Io } from '../output/io.ts';
import { connectStack } from './connect-stack.ts';
import type { Connection } from './connection.ts';

/** The flags that every command takes. */
export interface ConnectOptions {
  readonly stack?: string;
  readonly local?: boolean;
  readonly data?: string;
}

const defaultDataFolder = fileURLToPath(new URL('../../../.seedpress', import.meta.url));

const findConnection = async (
  options: ConnectOptions,
  environment: Io['environment'],
): Promise<Connection> => {
  const { stack, local, data } = options;
  const isLocal = local === true || data !== undefined;
  if (stack !== undefined && isLocal)
    throw new CliError('--stack goes with neither --local nor --data.', exitCodes.usage);
  const connectDeployed = () => connectStack(stack ?? (environment.SEEDPRESS_STACK || 'Seedpress'));
  if (stack !== undefined) return connectDeployed();
  try {
    return await connectLocal(data === undefined ? defaultDataFolder : resolve(data));
  } catch (error) {
    if (!isLocal && error instanceof NotRunningError) return connectDeployed();
    throw error;
  }
};

/**
 * Finds the publication that the flags speak of, and says on `io.err` which it is: a stack that is named, else the
 * local run, else the stack of SEEDPRESS_STACK or `Seedpress`.
 * @throws when there is none
 */
export const connect = async (options: ConnectOptions, io: Io): Promise<Connection> => {
  const connection = await findConnection(options, io.environment);
  io.err(`${connection.name}\n`);
  return connection;
};

/** The local run on a data folder. @throws {NotRunning} */
export const connectLocal = async (data: string): Promise<Connection> => {
  const output: string[] = [];
  const exitCode = await sendLocalCommand(data, { do: 'connection' }, (text) => output.push(text));
  if (exitCode !== 0) throw new CliError(output.join(' '));
  const {
    environment,
    queues,
    clockOffsetMs: ahead,
  } = localConnectionSchema.parse(JSON.parse(output.join('')));
  const now = (): Date => new Date(Date.now() + ahead);
  return { name: `The local run on ${data}`, isLocal: true, environment, queues, now };
};
