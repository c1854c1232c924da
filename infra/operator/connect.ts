import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NotRunningError } from '../local/control/send-command.ts';
import { connectLocal } from './connect-local.ts';
import { connectStack } from './connect-stack.ts';
import type { Connection } from './connection.ts';
import { CliError, exitCodes } from './failures.ts';
import type { Io } from './io.ts';

/** The flags that every command takes. */
export interface ConnectOptions {
  readonly stack?: string;
  readonly local?: boolean;
  readonly data?: string;
}

const defaultDataFolder = fileURLToPath(new URL('../../.seedpress', import.meta.url));

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
