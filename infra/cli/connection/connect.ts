import { resolve } from 'node:path';
import { advancedClockSchema, localRunDescriptionSchema } from '../../local/control/control-protocol.ts';
import { NotRunningError, sendControlRequest } from '../../local/control/send-control-request.ts';
import {
  findPublicationFolder,
  NoPublicationError,
  toDataFolder,
} from '../../publication-folder/find-publication-folder.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import type { GlobalOptions, Io } from '../output/io.ts';
import type { Connection } from './connection.ts';

const findConnection = async (options: GlobalOptions, environment: Io['environment']): Promise<Connection> => {
  const { stack, local, data } = options;
  const isLocal = local === true || data !== undefined;
  if (stack !== undefined && isLocal)
    throw new CliError('--stack does not go with --local or --data.', exitCodes.usage);
  const connectDeployed = async () => {
    const { connectStack } = await import('./connect-stack.ts');
    return connectStack(stack ?? (environment.SEEDPRESS_STACK || 'Seedpress'));
  };
  if (stack !== undefined) return connectDeployed();
  try {
    return await connectLocal(data === undefined ? toDataFolder(findPublicationFolder()) : resolve(data));
  } catch (error) {
    const isNotRunning = error instanceof NotRunningError || error instanceof NoPublicationError;
    if (!isLocal && isNotRunning) return connectDeployed();
    throw error;
  }
};

/** The stack that is named, else a local run, else the stack of SEEDPRESS_STACK or `Seedpress`. */
export const connect = async (options: GlobalOptions, io: Io): Promise<Connection> => {
  const connection = await findConnection(options, io.environment);
  io.err(connection.name);
  return connection;
};

export const connectLocal = async (data: string): Promise<Connection> => {
  const run = localRunDescriptionSchema.parse(await sendControlRequest(data, { action: 'describe' }));
  const { environment, queues, inbox, clockOffsetMs, nextFiring } = run;
  return {
    name: `The local run on ${data}`,
    local: {
      inbox,
      clockOffsetMs,
      ...(nextFiring !== undefined && { nextFiring }),
      waitUntilIdle: async () => {
        await sendControlRequest(data, { action: 'waitUntilIdle' });
      },
      advanceClock: async (until) => {
        const request = { action: 'advanceClock', until: until.toISOString() } as const;
        return new Date(advancedClockSchema.parse(await sendControlRequest(data, request)).now);
      },
    },
    environment,
    queues,
    readTemplate: async () => {
      const { readAssembly, toAssemblyFolder } = await import('../../local/template/read-assembly.ts');
      return readAssembly(toAssemblyFolder(data)).template;
    },
    now: () => new Date(Date.now() + clockOffsetMs),
  };
};
