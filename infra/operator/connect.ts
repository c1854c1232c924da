import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NotRunning } from '../local/control/send-command.ts';
import { connectLocal } from './connect-local.ts';
import { connectStack } from './connect-stack.ts';
import type { Connection } from './connection.ts';
import { exitCodes, OperatorError } from './failures.ts';
import type { Io } from './io.ts';

/** The flags that every command takes. */
export interface ConnectOptions {
  readonly stack?: string;
  readonly local?: boolean;
  readonly data?: string;
}

const defaultData = fileURLToPath(new URL('../../.seedpress', import.meta.url));

const find = async (options: ConnectOptions, environment: Io['environment']): Promise<Connection> => {
  const { stack, local, data } = options;
  const isLocal = local === true || data !== undefined;
  if (stack !== undefined && isLocal)
    throw new OperatorError('--stack goes with neither --local nor --data.', exitCodes.usage);
  const deployed = () => connectStack(stack ?? (environment.SEEDPRESS_STACK || 'Seedpress'));
  if (stack !== undefined) return deployed();
  try {
    return await connectLocal(data === undefined ? defaultData : resolve(data));
  } catch (error) {
    if (!isLocal && error instanceof NotRunning) return deployed();
    throw error;
  }
};

/**
 * Finds the publication that the flags speak of, and says on `io.err` which it is: a stack that is named, else the
 * local run, else the stack of SEEDPRESS_STACK or `Seedpress`.
 * @throws when there is none
 */
export const connect = async (options: ConnectOptions, io: Io): Promise<Connection> => {
  const connection = await find(options, io.environment);
  io.err(`${connection.name}\n`);
  return connection;
};
