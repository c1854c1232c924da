import { connectionSchema } from '../local/control/describe-connection.ts';
import { sendCommand } from '../local/control/send-command.ts';
import type { Connection } from './connection.ts';
import { OperatorError } from './failures.ts';

/** The local run on a data folder. @throws {NotRunning} */
export const connectLocal = async (data: string): Promise<Connection> => {
  const said: string[] = [];
  const exitCode = await sendCommand(data, { do: 'connection' }, (text) => said.push(text));
  if (exitCode !== 0) throw new OperatorError(said.join(' '));
  const { environment, queues, ahead } = connectionSchema.parse(JSON.parse(said.join('')));
  const now = (): Date => new Date(Date.now() + ahead);
  return { name: `The local run on ${data}`, isLocal: true, environment, queues, now };
};
