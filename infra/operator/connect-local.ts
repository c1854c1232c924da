import { localConnectionSchema } from '../local/control/describe-connection.ts';
import { sendLocalCommand } from '../local/control/send-command.ts';
import type { Connection } from './connection.ts';
import { CliError } from './failures.ts';

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
